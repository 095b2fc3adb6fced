"""When, where and for what: dates, places, events, courses, editions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.metadata.dates import date_in, days_in, is_date_line
from ingest.metadata.front import RUNNING, Fact, Front, Line
from ingest.metadata.masthead import PLACE_DATE, PROPER, is_official
from ingest.metadata.words import HOUSE, is_institution, keyed

#: `..., Vienna, Austria on 18 October 2018`
_PLACE_ON = re.compile(rf",\s+(?:in\s+)?(?P<place>{PROPER}(?:,\s{PROPER})?),?\s+(?:on\s+)?(?=\d)")
_HELD = re.compile(
    rf"\b(?:held|met|meeting|convened|took place)\b[^.]{{0,120}}?\b(?:in|at)\s+"
    rf"(?P<place>{PROPER}(?:,\s{PROPER})?)(?=\s+(?:from|on|between)\b|,)"
)
#: `Done at Budapest, this 23rd day of November 2001`, `opened for signature at Rome on ...`
_DONE = re.compile(
    rf"\b(?i:done|adopted|signed|concluded|opened for signature),?\s+(?:at|in)\s+"
    rf"(?P<place>{PROPER})(?P<rest>[^.]{{0,80}})"
)
#: `Done in English and in French` names no place.
_LANGUAGES = frozenset(
    {"English", "French", "Arabic", "Chinese", "Russian", "Spanish", "German", "Portuguese", "Italian"}
)
#: A treaty's last sentence; other texts end with anything.
_TESTIMONIUM = re.compile(r"(?:^|\n|\. )(?=(?:DONE|Done|SIGNED|Signed) (?:at|in) )")
#: `Adopted by ... on`, `Resolution adopted ... on`, `55 (1948). Resolution of`: only where a line begins so, since a
#: report's title may name the day of any act.
_ADOPTED = re.compile(
    r"\W*(?:\d{1,4} \(\d{4}\)\.?\s+)?(?:resolution|adopted|approved|done|signed|concluded|enacted)\b"
    r".*?\b(?:on|of|at)\b",
    re.IGNORECASE | re.DOTALL,
)
#: `..., at the opening of the Legal Clinic`, `at the Side Event on “...”`
_EVENT = re.compile(
    r"\bat (?:the |an? )?(?P<event>[A-Za-z0-9][^\n]*?)"
    r"(?=,?\s*(?:to be held|held|on \d|\d{1,2} [A-Z])|,\s[A-Z]\w+(?:, [A-Z]\w+)?(?: on)? \d|$)"
)
_DURING = re.compile(r"\b(?:held )?(?:during|in the margins of|on the occasion of) (?:the )?(?P<event>[^\n,]+)")
_SAYING = re.compile(r"\b(?:speech|statement|remarks|address|keynote|talk|message|intervention)\b", re.IGNORECASE)
_EDITION = re.compile(
    r"\b(?P<edition>\d+(?:st|nd|rd|th)|[Rr]evised|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth)\.?\s+edition\b"
)
_NUMBER = re.compile(r"(?P<unit>lecture|lesson|module|unit)[\s-]*(?:no\.?\s*)?(?P<number>\d{1,3})\W*", re.IGNORECASE)
_HOUSE_IN_HOUSE = re.compile(
    r"(?P<house>.*\buniversity\b.*?)\s+(?P<part>(?:faculty|school|department|college)\b.*)", re.IGNORECASE
)


def date_of(front: Front) -> Iterator[tuple[str, Fact]]:
    """The fact `date`, the surest first: the act's own day, then date lines, then the testimonium, then any other."""
    for line in front.lines:
        if match := _ADOPTED.match(line.text):
            yield "date", Fact(date_in(line.text[match.end() :]), line.where)
    for line in front.lines:
        key = keyed(line.text)
        if key and re.search(r"\bdate\b|\bpublished\b|\bdelivered\b", key[0]):
            yield "date", Fact(date_in(key[1]), line.where)
    for alone in (True, False):
        for line in front.lines:
            if is_date_line(line.text) == alone and not _spans(line.text):
                yield "date", Fact(_in_line(line, alone=alone), line.where)
    yield from _done(front)
    if not is_official(front):
        others = (line for line in front.lines if not (line.is_title or line.is_heading or _spans(line.text)))
        yield from (("date", Fact(date_in(line.text), line.where)) for line in others)


def _in_line(line: Line, *, alone: bool) -> str:
    """A date line's date; of another line a full date that follows "on" or "of", since a title may speak of any day."""
    if alone:
        return date_in(line.text)
    if (match := PLACE_DATE.fullmatch(line.text)) and is_date_line(match["date"]):
        return date_in(match["date"])
    days = [(start, day) for start, _, day in days_in(line.text)]
    return next((day for start, day in days if re.search(r"\b(?:on|of|dated)\s*$", line.text[:start])), "")


def _spans(text: str) -> bool:
    """Whether a line speaks of a period (`from 1 July 2024 to 30 June 2025`)."""
    return bool(re.search(r"\b(?:from|between)\b.*\d{4}.*\b(?:to|and|until)\b", text))


def _done(front: Front) -> Iterator[tuple[str, Fact]]:
    """The place and date of a treaty's last words or of its title page."""
    places = [(line.text, line.where) for line in front.lines]
    places += [(text[m.end() :], "closing words") for text in front.close if (m := _TESTIMONIUM.search(text))]
    for text, where in places:
        if (match := _DONE.search(text)) and match["place"] not in _LANGUAGES:
            yield "place", Fact(match["place"], where)
            yield "date", Fact(date_in(match["rest"]), where)


def occasion_of(front: Front) -> Iterator[tuple[str, Fact]]:
    """The facts `event` and `place`."""
    for line in front.lines:
        if (key := keyed(line.text)) and key[0] in {"venue", "place", "location", "event", "occasion"}:
            yield ("event" if key[0] in {"event", "occasion"} else "place"), Fact(key[1], line.where)
    yield from _announced(front)
    for line in front.lines:
        if (match := PLACE_DATE.fullmatch(line.text)) and is_date_line(match["date"]):
            yield "place", Fact(match["place"].rstrip(","), line.where)
    yield from ((name, fact) for name, fact in _done(front) if name == "place")
    if is_official(front) and "/RES/" not in front.text:
        yield from (("place", Fact(m["place"], RUNNING)) for text in front.opening[:1] if (m := _HELD.search(text)))


def _announced(front: Front) -> Iterator[tuple[str, Fact]]:
    """The event and place that a speech's announcement names; it may run over several lines."""
    start = next((i for i, line in enumerate(front.lines) if _SAYING.search(line.text)), None)
    if start is None:
        return
    line = front.lines[start]
    rest = [line.text] if re.search(r"\d{4}", line.text) else [each.text for each in front.lines[start : start + 4]]
    text = " ".join(rest)
    if match := _EVENT.search(text):
        event = re.sub(r"[“”\"]", "", match["event"]).strip(" ,")
        during = _DURING.search(text, match.end("event"))
        event += f", {during['event']}" if during else ""
        yield "event", Fact(event[:1].upper() + event[1:], line.where)
    if match := _PLACE_ON.search(text):
        yield "place", Fact(match["place"], line.where)


def course_of(front: Front) -> Iterator[tuple[str, Fact]]:
    """The facts `course`, `number`, `publisher` and `edition` of lectures and books."""
    keys = {key[0]: (key[1], line.where) for line in front.lines if (key := keyed(line.text))}
    subject = keys.get("subject") or keys.get("course title") or keys.get("course name") or keys.get("course")
    if subject:
        yield "course", Fact(_course({name: value for name, (value, _) in keys.items()}, subject[0]), subject[1])
    taught = bool(subject) or any(_NUMBER.match(line.text) for line in front.lines)
    for line in front.lines:
        if match := _NUMBER.fullmatch(line.text):
            yield "number", Fact(f"{match['unit'].capitalize()} {match['number']}", line.where)
        if match := _EDITION.search(re.sub(r"(\d(?:st|nd|rd|th))\.", r"\1", line.text)):
            yield "edition", Fact(match["edition"], line.where)
    houses = [line for line in front.lines if taught and HOUSE.search(line.text) and is_institution(line.text)]
    if houses:
        yield "publisher", Fact(_house(" ".join(line.text for line in houses[:2])), houses[0].where)


def _course(keys: dict[str, str], subject: str) -> str:
    """`Cyber Law (BAL-805), BA.LL.B, Semester VIII` from the lines of a lecture's head."""
    code = keys.get("subject code") or keys.get("course code") or keys.get("code") or ""
    programme = keys.get("course", "") if "subject" in keys else keys.get("programme", "")
    semester = re.sub(r"\s+(?:st|nd|rd|th)$", "", keys.get("semester", ""))
    parts = (f"{subject} ({code})" if code else subject, programme, f"Semester {semester}" if semester else "")
    return ", ".join(part for part in parts if part)


def _house(text: str) -> str:
    """`Faculty of Law, University of X` from `UNIVERSITY OF X FACULTY OF LAW`; capitals become title case."""
    small = {"of", "and", "the", "for", "de", "in"}
    if text.isupper():
        text = " ".join(word if word in small else word.capitalize() for word in text.casefold().split())
    match = _HOUSE_IN_HOUSE.fullmatch(text)
    return f"{match['part']}, {match['house'].rstrip(',')}" if match else text

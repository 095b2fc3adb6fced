"""Mastheads of official documents: symbol, issuing body, distribution, session, agenda item, original language.

The forms are those of the United Nations' editorial manual (masthead and title page), which regional bodies follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.authority import organisations
from corpus.authority.sessions import council_year
from corpus.authority.symbols import read_symbol
from ingest.metadata.dates import is_date_line
from ingest.metadata.front import FILE, RUNNING, Fact, Front, Line
from ingest.metadata.words import ISSUER, is_institution

#: A document symbol that fills its line: capitals or digits between slashes, at least one digit, a session or section
#: in parentheses, marks of a note. `A/RES/74/190`, `S/RES/1316 (2000)`, `MCTC/WG.2/2025/4`; not `AND/OR`, not `24/7`.
_PART = r"[A-Z0-9][\w.\-]*(?:\s?\((?:[A-Z][a-z]+\.?\s?)?[\w.]+\))?"
_SYMBOL = re.compile(rf"(?P<symbol>[A-Z]{{1,8}}(?:/(?:Part [A-Z]|{_PART}))+)\s*\**", re.IGNORECASE)
_DISTRIBUTION = re.compile(r"Distr(?:ibution|\.)?\s*[.:]\s*(?P<value>\w+)\b.*", re.IGNORECASE | re.DOTALL)
_ORIGINAL = re.compile(r"Original\s*:\s*(?P<value>[A-Z][a-z]+(?:(?:/|,| and )[A-Z][a-z]+)*)\b.*", re.IGNORECASE)
_ORDINAL = r"(?:\d+(?:st|nd|rd|th)|[A-Z][a-z]+(?:[- ][a-z]+)*)"
#: `Seventy-fourth session`, `79th session`, `Twelfth session, agenda item 4`
_SESSION = re.compile(
    rf"(?P<value>{_ORDINAL}(?:\s+(?:special|emergency|regular|resumed|substantive|organizational))*)\s+session\b.{{0,40}}"
)
#: `Agenda item 82`, `Items 138 and 139 of the preliminary list`, `Provisional agenda item 5 (b)`
_ITEMS = r"(?P<value>\d+(?:\s?\([a-z]\))*(?:(?:,| and| to)\s+\d+(?:\s?\([a-z]\))*)*)"
AGENDA = re.compile(rf"(?:provisional\s+)?(?:agenda\s+)?items?\s+{_ITEMS}(?:\s+of the .{{1,40}}|[*]+)?", re.IGNORECASE)
_AGENDA_IN = re.compile(rf"\bagenda\s+items?\s+{_ITEMS}", re.IGNORECASE)
PROPER = r"[A-ZÀ-Þ][\w.'’-]*(?:\s(?:of|de|da|do|la|the)?\s?[A-ZÀ-Þ][\w.'’-]*)*"
#: `Salvador, Brazil, 12-19 April 2010`, `Geneva, 3 May 2010`, `Nairobi (Kenya), ...`
PLACE_DATE = re.compile(rf"\(?(?P<place>{PROPER}(?:(?:,\s|\s\(){PROPER}\)?)?),?\s+(?P<date>(?:on\s)?\d.*\d{{4}})\W*")
_MEETING = re.compile(r"\bat its (?P<value>\d+(?:st|nd|rd|th)(?: \(\w+\))?) (?:plenary )?meeting\b")
#: The first words of a resolution: the organ that speaks.
_SPEAKS = re.compile(r"The (?P<body>(?:[A-Z][\w-]+|of|on|the|and|for)(?:\s+(?:[A-Z][\w-]+|of|on|the|and|for)){0,10}),?")
_ADOPTED_BY = re.compile(r"\badopted by (?:the )?(?P<body>[A-Z].+?)(?=\s+(?:at its|on|at|in)\s|[,;]|$)", re.IGNORECASE)
#: `Resolution 301 (1971) of 20 October 1971`, `1 (1946) Resolution of ...`, `55 (1948). Resolution ... [S/933]`
_COUNCIL_NUMBER = re.compile(
    r"(?:Resolution\s+)?(?P<number>\d{1,4})\s?\((?P<year>\d{4})\)[.*]*(?:\s+(?:Resolution|of)\b.*|\s*\[.*)?\s*",
    re.IGNORECASE | re.DOTALL,
)
#: `74/190. Report of ...`, `Resolution 2625 (XXV). Declaration ...`: number and title of the Assembly's resolutions.
_ASSEMBLY_NUMBER = re.compile(
    r"(?:Resolution\s+)?(?P<number>\d{1,3}/\d{1,3}\s?[A-Z]?|\d{1,4}(?:\s[A-Z])?\s\([XVIL]+\))[.:]\s+\S.*",
    re.IGNORECASE | re.DOTALL,
)
ASSEMBLY, COUNCIL = "United Nations General Assembly", "United Nations Security Council"


def is_masthead_line(text: str) -> bool:
    """Whether a line tells of the document's place in its series and can be no title."""
    forms = (_SYMBOL, _DISTRIBUTION, _ORIGINAL, _SESSION, AGENDA)
    named = text.strip() == "United Nations" or _SESSION.fullmatch(text)
    return bool(named) or (any(form.fullmatch(text.strip()) for form in forms) and not text.isalpha())


def opens_with_place(text: str) -> bool:
    """Whether a line is a place and a date or a range of days: `Salvador, Brazil, 12-19 April 2010`."""
    match = PLACE_DATE.fullmatch(text)
    return match is not None and is_date_line(match["date"])


def masthead_of(front: Front, stated_authors: str) -> Iterator[tuple[str, Fact]]:
    """Symbol, body, session and the other facts of a masthead, each as often as it is found, the surest first."""
    yield from _symbols(front)
    for line in front.lines:
        for name, form in (("distribution", _DISTRIBUTION), ("original_language", _ORIGINAL), ("session", _SESSION)):
            if match := form.fullmatch(line.text.strip()):
                yield name, Fact(match["value"], line.where)
        if match := AGENDA.fullmatch(line.text) or _AGENDA_IN.search(line.text):
            yield "agenda_item", Fact(match["value"], line.where)
        if match := _MEETING.search(line.text):
            yield "meeting", Fact(match["value"], line.where)
    yield from _bodies(front, stated_authors)


def _symbols(front: Front) -> Iterator[tuple[str, Fact]]:
    for line in (*front.lines, *front.headers):
        if symbol := symbol_in(line.text):
            yield "symbol", Fact(symbol, line.where)
    if found := council_resolution(front):
        yield "symbol", Fact(f"S/RES/{found[0]} ({found[1]})", found[2].where)
    if next((fact.value for _, fact in _bodies(front, "")), "") == ASSEMBLY:
        for line in front.lines:
            if match := _ASSEMBLY_NUMBER.fullmatch(line.text):
                yield "symbol", Fact(f"A/RES/{match['number']}", line.where)


def council_resolution(front: Front) -> tuple[str, str, Line] | None:
    """Number, year and line of a Security Council resolution; other bodies' numbers rarely fall into the same years."""
    spoken = any(re.match(r"The Security Council\b", text) for text in front.opening[:2])
    for line in front.lines:
        match = _COUNCIL_NUMBER.fullmatch(line.text)
        if match and (spoken or council_year(int(match["number"])) == int(match["year"])):
            others = re.search(r"Parliamentary Assembly|Council of Europe", front.text) or any(
                re.match(r"The (?:\w+ )*Assembly\b", text) for text in front.opening[:2]
            )
            return None if others else (match["number"], match["year"], line)
    return None


def symbol_in(text: str) -> str:
    """The symbol that the text as a whole is, as its body prints it, or ""."""
    match = _SYMBOL.fullmatch(text.strip())
    if (
        not match
        or not re.search(r"\d", match["symbol"])
        or (match["symbol"].upper() != match["symbol"] and "(" not in text)
    ):
        return _mixed(text) if match else ""
    read = read_symbol(match["symbol"])
    return read.id if read else match["symbol"]


def _mixed(text: str) -> str:
    """Symbols with small letters: `A/80/604/Add.1`, `A/CONF.213/L.3/Rev.1`."""
    symbol = text.strip(" *")
    small = re.sub(r"(?:Add|Rev|Corr|Amend|Sect|Part|Summary|Res|Dec|Doc|rev|add)\b\.?|(?<=/)[A-Z][a-z]+", "", symbol)
    return symbol if re.search(r"\d", symbol) and not re.search(r"[a-z]{2}", small) and symbol[:2] != "24" else ""


def _bodies(front: Front, stated_authors: str) -> Iterator[tuple[str, Fact]]:
    found = council_resolution(front)
    for line in front.lines:
        known = organisation(line.text) if ISSUER.search(line.text) else ""
        if known == COUNCIL or (not found and known not in {"", "United Nations"}):
            yield "body", Fact(known, line.where)
    for line in front.lines:
        if match := _ADOPTED_BY.search(line.text):
            yield "body", Fact(organisation(match["body"]) or match["body"], line.where)
    if stated_authors and ISSUER.search(stated_authors) and ";" not in stated_authors:
        yield "body", Fact(stated_authors, FILE)
    if is_official(front):
        yield from (("body", Fact(line.text, line.where)) for line in front.lines if _issues(line))
    for text in front.opening[:4]:
        if (match := _SPEAKS.fullmatch(text)) and ISSUER.search(match["body"]):
            yield "body", Fact(organisation(match["body"]) or match["body"], RUNNING)
    if found:
        yield "body", Fact(COUNCIL, found[2].where)
    yield from (("body", Fact(line.text, line.where)) for line in front.lines if line.text == "United Nations")


def is_official(front: Front) -> bool:
    """Whether the front has the marks of an official document's masthead."""
    forms = (_DISTRIBUTION, _SESSION, AGENDA, _ORIGINAL)
    return any(form.fullmatch(line.text.strip()) for line in front.lines for form in forms) or any(
        symbol_in(line.text) for line in front.lines
    )


def _issues(line: Line) -> bool:
    return is_institution(line.text) and bool(ISSUER.search(line.text)) and not is_date_line(line.text)


def organisation(name: str) -> str:
    """The gazetteer's name of the body that the text as a whole names, "" if it names none."""
    plain = " ".join(name.split()).strip(" *")
    found = organisations.load().by_name(plain.title() if plain.isupper() and " " in plain else plain)
    return found.name if found else ""

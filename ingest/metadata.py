"""Bibliographic facts that a document states of itself: title, kind, date, symbol, authors, issuing body.

Only what stands in its front (titles, mastheads, bylines) or what its structure proves; the catalogue overrules it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.model import DocumentKind, Passage, PassageKind
from corpus.months import MONTHS

_MONTH = "|".join(MONTHS)
_DAY_MONTH = re.compile(rf"(?<![\d-])(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH}),?\s+((?:19|20)\d{{2}})")
_MONTH_DAY = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})")
_MONTH_YEAR = re.compile(rf"\b({_MONTH}),?\s+((?:19|20)\d{{2}})")
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")

#: A UN document symbol that stands alone on a masthead line: `A/RES/74/190`, `S/RES/1316 (2000)`, `A/CONF.213/L.3`.
_SYMBOL = re.compile(r"(?:[AES]|ST|CAC|CRC|CCPR|CERD|CEDAW|TD|FCCC)/[A-Z0-9][\w.\-/]*(?: ?\((?:\d{4}|[IVXLC]+)\))?")
_BYLINE = re.compile(
    r"(?:by|author|authors?|name of (?:the )?faculty|lecturer|speaker|rapporteur)\s*:?\s+(.{4,80})", re.IGNORECASE
)
_DELIVERED = re.compile(
    r"(?:speech|statement|remarks|address|lecture|keynote)\b.{0,40}?\bby\s+(?:H\.?E\.?\s+)?"
    r"((?:(?:Prof|Dr|Mr|Ms|Mrs|Judge|Ambassador)\.?\s+)*[A-Z][\w.'-]+(?:\s+[A-Z][\w.'-]+){1,3})"
)
_TITLES = re.compile(r"^(?:(?:Prof|Dr|Mr|Ms|Mrs|Judge|Ambassador|H\.E)\.?\s*)+")
_BODIES = re.compile(
    r"(?:United Nations )?(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|"
    r"International Law Commission|Secretariat)|Council of Europe|European Union|African Union|"
    r"Organization of American States",
)
#: Masthead lines name the issuing body in its short form.
_FULL_BODY = {
    "General Assembly": "United Nations General Assembly",
    "Security Council": "United Nations Security Council",
    "Economic and Social Council": "United Nations Economic and Social Council",
    "Human Rights Council": "United Nations Human Rights Council",
    "Secretariat": "United Nations Secretariat",
}
#: Articles that make a text a treaty or law, numbered paragraphs that make it a report.
MANY_ARTICLES, MANY_PARAGRAPHS = 4, 5


def facts_of(passages: Sequence[Passage], stated: Mapping[str, str]) -> dict[str, str]:
    """Facts under the names of a catalogue entry; `stated` are those of the file's own metadata, which win."""
    front = [passage.text for passage in passages if passage.kind in {PassageKind.TITLE, PassageKind.METADATA}]
    found = {
        "title": _title(passages),
        "kind": _kind(passages, front).value,
        "date": _date(front),
        "symbol": _symbol(front),
        "authors": _authors(front),
        "body": _body(front),
    }
    return {**{name: value for name, value in found.items() if value}, **{n: v for n, v in stated.items() if v}}


def _title(passages: Sequence[Passage]) -> str:
    lines = [passage.text for passage in passages if passage.kind == PassageKind.TITLE]
    text = " – ".join(lines[:2]) if lines else ""
    return _sentence_case(re.sub(r"^\d+/\d+[A-Z]?\.\s+", "", text.strip("“”\"' ")))


def _sentence_case(text: str) -> str:
    """Titles set in capitals come back in title case, small words small."""
    if not text.isupper():
        return text
    small = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
    words = [word if word in small else word.capitalize() for word in text.casefold().split()]
    return " ".join(words[:1]).capitalize() + "".join(f" {word}" for word in words[1:])


def _kind(passages: Sequence[Passage], front: Sequence[str]) -> DocumentKind:
    head = " ".join(front).casefold()
    for test, kind in _KIND_TESTS:
        if test(head, passages):
            return kind
    return DocumentKind.OTHER


def _says(*patterns: str) -> Callable[[str, Sequence[Passage]], bool]:
    joined = re.compile("|".join(patterns))
    return lambda head, _passages: bool(joined.search(head))


def _counts(unit: str, least: int) -> Callable[[str, Sequence[Passage]], bool]:
    def test(_head: str, passages: Sequence[Passage]) -> bool:
        labels = {passage.label.split("(")[0] for passage in passages if passage.label}
        return sum(label.startswith(f"{unit} ") and "comment" not in label for label in labels) >= least

    return test


def _addresses(_head: str, passages: Sequence[Passage]) -> bool:
    texts = [passage.text for passage in passages if passage.is_body][:6]
    greeting = re.compile(
        r"excellenc|ladies and gentlemen|distinguished|(?:mr|madam)\.? (?:president|chair)|congratulat", re.IGNORECASE
    )
    return any(greeting.search(text[:300]) for text in texts)


def _academic(head: str, passages: Sequence[Passage]) -> bool:
    kinds = [passage.kind for passage in passages]
    return PassageKind.REFERENCE in kinds or kinds.count(PassageKind.FOOTNOTE) >= MANY_PARAGRAPHS or "abstract" in head


#: In this order: what the front says outright, then what the structure shows.
_KIND_TESTS: tuple[tuple[Callable[[str, Sequence[Passage]], bool], DocumentKind], ...] = (
    (_says(r"\b[aes]/res/", r"resolution adopted by", r"^(?:\w+ )?resolution \d"), DocumentKind.RESOLUTION),
    (_says(r"\blecture\b"), DocumentKind.LECTURE),
    (_says(r"\bspeech\b", r"\bstatement by\b", r"\bremarks\b", r"\baddress by\b", r"\bkeynote\b"), DocumentKind.SPEECH),
    (_says(r"\b(?:convention|treaty|protocol|covenant|agreement|model law)\b(?!.*\breport\b)"), DocumentKind.TREATY),
    (_says(r"\b(?:directive|regulation|act|code|statute)\b(?!.*\breport\b)"), DocumentKind.LEGISLATION),
    (_says(r"\breport\b", r"note by the secret"), DocumentKind.REPORT),
    (_counts("art", MANY_ARTICLES), DocumentKind.TREATY),
    (_academic, DocumentKind.ARTICLE),
    (_counts("para", MANY_PARAGRAPHS), DocumentKind.REPORT),
    (_addresses, DocumentKind.SPEECH),
)


def _date(front: Sequence[str]) -> str:
    """The first date of the front, the most precise form first; a range of days gives no date."""
    for pattern, read in _DATE_FORMS:
        for line in front:
            if match := pattern.search(line):
                return read(match)
    return ""


def _iso(year: str, month: str, day: str = "") -> str:
    number = f"{MONTHS.index(month) + 1:02d}"
    return f"{year}-{number}-{int(day):02d}" if day else f"{year}-{number}"


_DATE_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_ISO, lambda match: match[0]),
    (_DAY_MONTH, lambda match: _iso(match[3], match[2], match[1])),
    (_MONTH_DAY, lambda match: _iso(match[3], match[1], match[2])),
    (_MONTH_YEAR, lambda match: _iso(match[2], match[1])),
)


def _symbol(front: Sequence[str]) -> str:
    return next((line.strip() for line in front if _SYMBOL.fullmatch(line.strip())), "")


def _authors(front: Sequence[str]) -> str:
    for line in front:
        if match := _BYLINE.fullmatch(line) or _DELIVERED.search(line):
            return _TITLES.sub("", match[1].strip()).strip(" .")
    return ""


def _body(front: Sequence[str]) -> str:
    for line in front:
        if match := _BODIES.fullmatch(line.strip()):
            return _FULL_BODY.get(match[0], match[0])
    return ""

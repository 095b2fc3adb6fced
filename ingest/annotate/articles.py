"""The grammar of pinpoints in texts: `Articles 2-9`, `arts 14, 15 and 21`, `Article 6.1`, `paragraph 2 of Article 5`.

What is read is printed in one form: `2-9`, `14,15,21`, `6(1)`, `5(2)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.months import MONTHS


class Unit(StrEnum):
    """What is numbered; it tells which instruments can be meant."""

    ARTICLE = "article"  # of treaties, Union acts, declarations, laws
    SECTION = "section"  # of national laws
    PARAGRAPH = "paragraph"  # of resolutions, declarations, agendas; only where the instrument stands beside it
    PRINCIPLE = "principle"  # principles, rules and guidelines; only where the instrument stands beside them
    RECITAL = "recital"  # of Union acts
    CHAPTER = "chapter"  # chapters, parts and titles: whole ranges of articles


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A pinpoint in a text: half-open span, unit, and the numbers in printed form."""

    start: int
    end: int
    unit: Unit
    articles: str


_LETTER = r"(?:[0-9]{1,2}|[a-z]{1,2}|[A-Z]|[ivx]{1,5})"
# "(2)(a)", and in other people's ways "32 b)", "32 b of": a bare letter only where nothing can be read on from it.
_SUB = rf"(?:\s?\({_LETTER}\))*(?:\s[a-z](?:\)|(?=\s+of\b|[,;.](?:\s|$)|$)))?"
_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
# 16, 16(2)(a), 6.1, 6.1.a, 3-1, 1028A, 5bis, VI; not the year of a date.
_NUMBER = (
    r"(?:\d{1,4}(?:\s?(?:bis|ter|quater|quinquies|sexies)\b|(?!st|nd|rd|th)[A-Za-z]{1,2}(?![\w]))?(?:\.\d{1,2}(?!\d))*(?:\.[a-z]\b)?"
    rf"{_SUB}|{_ROMAN}(?![\w]))"
)
# Behind an article: ", paragraph 1", ", sub-paragraph (b)", ", point (f)", " § 1".
_PARAGRAPHS = (
    r"(?:,?\s(?:[Pp]aragraphs?|paras?\.?|[Ss]ub-?paragraphs?|[Pp]oints?|[Ll]it\.|[Ll]etters?|[Cc]lauses?)\s|\s§§?\s?)"
    r"(?P<{0}>(?:\d{{1,2}}|\([a-z]\)|[a-z](?=[\s,;.)]))(?:\s?\([a-z]\))*"
    r"(?:(?:,\s|\s?(?:and|to|or|[-–])\s?)(?:\d{{1,2}}|\([a-z]\))(?!\w))*)"
)
_RANGE = rf"(?:\s?[-–]\s?|\s(?:to|through)\s){_NUMBER}"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_MORE = (
    rf"(?:{_RANGE}|(?:,\s?(?:and\s|or\s)?|\s(?:and|or|&)\s)(?:[Aa]rticles?\s|[Aa]rts?\.?\s)?"
    rf"(?>{_NUMBER})(?!\s{_MONTH}))"
)
# "Articles", "arts.", "Sections", "ss", "§§"; must not match the s of "Jordan's 3 laws".
_PLURAL = re.compile(
    r"(?<![\w'’])(?P<word>(?:[Aa]rticles|ARTICLES|[Aa]rts\.?|[Ss]ections|ss\.?(?=\s?\d)|§§))"
    rf"\s?(?P<list>{_NUMBER}(?:{_MORE})*)"
)
# In front of an article: "paragraph 2 of", "point (f) of", "the first subparagraph of" (of which nothing is kept).
_FRONT = (
    r"(?:(?:(?:[Ss]ub-?)?[Pp]aragraphs?|paras?\.?|[Pp]oints?|[Cc]lauses?)\s(?P<front>(?:\d{1,2}|\([a-z]{1,3}\))"
    r"(?:\s?\([a-z]\))?)(?:\s(?:and|or)\s(?:\d{1,2}|\([a-z]\)))?\sof\s)?"
)
# A hyphen after a single article parts it from its paragraph: "Article 3-1".
_SINGULAR = re.compile(
    rf"{_FRONT}(?P<word>\b(?:[Aa]rticle|ARTICLE|[Aa]rt\.?|[Ss]ection)\s|(?<![\w'’])s\.?\s?(?=\d)|§\s?)"
    rf"(?P<list>{_NUMBER}(?:-\d{{1,2}}(?![\d-]))?)"
    rf"(?:(?P<more>(?:,\s{_NUMBER})*,?\s(?:and|or)\s(?>{_NUMBER})(?!\s?[A-Za-z]*\s?(?:19|20)\d\d))"
    rf"|(?:{_PARAGRAPHS.format('back')})?)"
)
_NUMBERED = r"(?P<list>\d{1,3}(?:\s?\([a-z]\))*(?:(?:,\s|,?\s(?:and|to|or)\s|\s?[-–]\s?)\d{1,3}(?:\s?\([a-z]\))*)*)"
_OTHERS = (
    (Unit.PARAGRAPH, re.compile(rf"\b(?:[Oo]perative\s)?(?:[Pp]aragraphs?|[Pp]aras?\.?)\s{_NUMBERED}")),
    (Unit.PRINCIPLE, re.compile(rf"\b(?:[Pp]rinciples?|[Rr]ules?|[Gg]uidelines?)\s{_NUMBERED}")),
    (Unit.RECITAL, re.compile(r"\b[Rr]ecitals?\s(?P<list>\(?\d{1,3}\)?)")),
    (
        Unit.CHAPTER,
        re.compile(
            rf"\b(?P<list>(?:Chapter|CHAPTER|Part|Title)\s(?:{_ROMAN}|\d{{1,2}}))(?![\w.])(?:,\s[Ss]ection\s\w+)?"
        ),
    ),
)
# "Article 29 Data Protection Working Party", "Article 5 Committee": an article in a body's name cites nothing.
_NAMED_AFTER = re.compile(
    r"\s(?:[A-Z][\w-]+\s){0,3}(?:Working\s(?:Party|Group)|Committee|Party|Group|Procedure|Investigations?|Notice)\b"
)
_ITEM = re.compile(rf"(?P<first>{_NUMBER})(?:(?:\s?[-–]\s?|\s(?:to|through)\s)(?P<last>{_NUMBER}))?")
_PART = re.compile(r"\d+|\b[a-z]\b")
_QUICK = re.compile(
    r"\b(?:[Aa]rt|ART|[Ss]ections?\b|ss?\b|[Pp]ara|[Pp]rinciples?\b|[Rr]ules?\b|[Gg]uidelines?\b|[Rr]ecital|Chapter|"
    r"CHAPTER|Part\b|Title\b)|§"
)
#: Codes number their articles with a hyphen from here on (`Article 323-1`); below, it parts a paragraph.
_FIRST_HYPHENED = 100


def find_pinpoints(text: str) -> Iterator[Pinpoint]:
    """The pinpoints in `text`, left to right, without overlaps."""
    if not _QUICK.search(text):
        return
    found = [*(_plural(m) for m in _PLURAL.finditer(text)), *(_singular(m) for m in _SINGULAR.finditer(text))]
    found += [
        Pinpoint(*match.span(), unit, _other(unit, match["list"]))
        for unit, pattern in _OTHERS
        for match in pattern.finditer(text)
    ]
    taken = 0
    for pinpoint in sorted(found, key=lambda p: (p.start, -p.end)):
        if pinpoint.start >= taken:
            taken = pinpoint.end
            if not _NAMED_AFTER.match(text, pinpoint.end):
                yield pinpoint


def _plural(match: re.Match[str]) -> Pinpoint:
    unit = _unit(match["word"])
    return Pinpoint(*match.span(), unit, _printed(match["list"], dotted=unit == Unit.SECTION))


def _singular(match: re.Match[str]) -> Pinpoint:
    number, part = match["list"], ""
    hyphen = re.fullmatch(r"(\d+)-(\d+)", number)
    if hyphen and int(hyphen[1]) < _FIRST_HYPHENED:
        number, part = hyphen[1], f"({hyphen[2]})"
    unit = _unit(match["word"])
    articles = number if hyphen and not part else _printed(number, dotted=unit == Unit.SECTION) + part
    if match["more"]:
        articles += "," + _printed(match["more"].lstrip(", ").removeprefix("and ").removeprefix("or "))
    elif match["front"] and ("(" not in articles or match["front"].startswith("(")):
        articles += _parenthesised(match["front"])
    elif match["back"]:
        articles = _with_paragraphs(articles, match["back"])
    return Pinpoint(match.start(), match.end(), unit, articles)


def _with_paragraphs(article: str, paragraphs: str) -> str:
    """`16` with `1 and 2` as `16(1),16(2)`, with `2 (a)` as `16(2)(a)`; `6(1)` with `(f)` as `6(1)(f)`."""
    if re.search(r",|\band\b|\bor\b|\bto\b|[-–]", paragraphs):
        return ",".join(f"{article}({paragraph})" for paragraph in _PART.findall(paragraphs))
    return article + _parenthesised(paragraphs)


def _parenthesised(parts: str) -> str:
    """`2 (a)` as `(2)(a)`."""
    return "".join(f"({part})" for part in re.findall(r"\w+", parts))


def _other(unit: Unit, numbers: str) -> str:
    if unit == Unit.CHAPTER:
        word, number = numbers.split()
        return f"{word.capitalize()} {number}"
    return f"recital {numbers.strip('()')}" if unit == Unit.RECITAL else _printed(numbers)


def _unit(word: str) -> Unit:
    return Unit.SECTION if word.strip().casefold().startswith(("s", "§")) else Unit.ARTICLE


def _printed(numbers: str, *, dotted: bool = False) -> str:
    """`2 through 5` as `2-5`, `14, 15 and 21` as `14,15,21`, `6.1` as `6(1)` (as it is, if it is the `dotted` one)."""
    items = []
    for match in _ITEM.finditer(re.sub(r"\b(?:[Aa]rticles?|[Aa]rts?\.?)\s", "", numbers)):
        first, last = _one(match["first"], dotted=dotted), match["last"]
        items.append(f"{first}-{_one(last, dotted=dotted)}" if last else first)
    return ",".join(items)


def _one(number: str, *, dotted: bool) -> str:
    """`16 (2) (a)` as `16(2)(a)`, `6.1.a` as `6(1)(a)`, `32 b)` as `32(b)`, `5 bis` as `5bis`."""
    compact = re.sub(r"\s(?=\()", "", number.strip())
    compact = re.sub(r"\s(?=(?:bis|ter|quater|quinquies|sexies)\b)", "", compact)
    compact = re.sub(r"\s([a-z])\)?$", r"(\1)", compact)
    return compact if dotted else re.sub(r"\.(\w+)", r"(\1)", compact)

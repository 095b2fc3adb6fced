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


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A pinpoint in a text: half-open span, unit, and the numbers in printed form."""

    start: int
    end: int
    unit: Unit
    articles: str


_SUB = r"(?:\s?\((?:[0-9]{1,2}|[a-z]{1,2}|[ivx]{1,5})\))*"
_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
# 16, 16(2)(a), 6.1, 3-1, 1028A, 5bis, VI; not the year of a date.
_NUMBER = rf"(?:\d{{1,4}}(?:\s?(?:bis|ter|quater)\b|[A-Za-z](?![\w]))?(?:\.\d{{1,2}}(?!\d))*{_SUB}|{_ROMAN}(?![\w]))"
_PARAGRAPHS = (
    r"(?:,?\s(?:paragraphs?|paras?\.?)\s"
    r"(?P<{0}>\d{{1,2}}(?:\s?\([a-z]\))?(?:(?:,\s|\s?(?:and|to|or|[-–])\s?)\d{{1,2}})*))?"
)
_RANGE = rf"(?:\s?[-–]\s?|\s(?:to|through)\s){_NUMBER}"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_MORE = (
    rf"(?:{_RANGE}|(?:,\s?(?:and\s|or\s)?|\s(?:and|or|&)\s)(?:[Aa]rticles?\s|[Aa]rts?\.?\s)?"
    rf"(?>{_NUMBER})(?!\s{_MONTH}))"
)
_PLURAL = re.compile(
    rf"\b(?P<word>(?:[Aa]rticles|ARTICLES|[Aa]rts\.?|[Ss]ections|§§))\s?(?P<list>{_NUMBER}(?:{_MORE})*)"
)
# A hyphen after a single article parts it from its paragraph: "Article 3-1".
_SINGULAR = re.compile(
    rf"(?:(?:paragraphs?|paras?\.?)\s(?P<front>\d{{1,2}}(?:\s?\([a-z]\))?)(?:\s(?:and|or)\s\d{{1,2}})?\sof\s)?"
    rf"(?P<word>\b(?:[Aa]rticle|ARTICLE|[Aa]rt\.?|[Ss]ection)\s|§\s?)(?P<list>{_NUMBER}(?:-\d{{1,2}}(?![\d-]))?)"
    rf"(?:(?P<more>(?:,\s{_NUMBER})*,?\s(?:and|or)\s(?>{_NUMBER})(?!\s?[A-Za-z]*\s?(?:19|20)\d\d))|{_PARAGRAPHS.format('back')})"
)
_PARAGRAPH = re.compile(
    r"\b(?:[Oo]perative\s)?(?:[Pp]aragraphs?|[Pp]aras?\.?)\s"
    r"(?P<list>\d{1,3}(?:\s?\([a-z]\))*(?:(?:,\s|,?\s(?:and|to|or)\s|\s?[-–]\s?)\d{1,3}(?:\s?\([a-z]\))*)*)"
)
_ITEM = re.compile(rf"(?P<first>{_NUMBER})(?:(?:\s?[-–]\s?|\s(?:to|through)\s)(?P<last>{_NUMBER}))?")
_PLAIN = re.compile(r"\d+")


def find_pinpoints(text: str) -> Iterator[Pinpoint]:
    """The pinpoints in `text`, left to right, without overlaps."""
    found = [*(_plural(m) for m in _PLURAL.finditer(text)), *(_singular(m) for m in _SINGULAR.finditer(text))]
    found += [Pinpoint(*m.span(), Unit.PARAGRAPH, _printed(m["list"])) for m in _PARAGRAPH.finditer(text)]
    taken = 0
    for pinpoint in sorted(found, key=lambda p: (p.start, -p.end)):
        if pinpoint.start >= taken:
            yield pinpoint
            taken = pinpoint.end


def _plural(match: re.Match[str]) -> Pinpoint:
    return Pinpoint(*match.span(), _unit(match["word"]), _printed(match["list"]))


def _singular(match: re.Match[str]) -> Pinpoint:
    number, part = match["list"], ""
    hyphen = re.fullmatch(r"(\d+)-(\d+)", number)
    if hyphen:
        number, part = hyphen[1], f"({hyphen[2]})"
    articles = _printed(number) + part
    if match["more"]:
        articles += "," + _printed(match["more"].lstrip(", ").removeprefix("and ").removeprefix("or "))
    elif match["front"] and "(" not in articles:
        articles += "(" + re.sub(r"\s", "", match["front"]).replace("(", ")(", 1).removesuffix(")") + ")"
    elif match["back"] and "(" not in articles:
        articles = ",".join(f"{articles}({paragraph})" for paragraph in _PLAIN.findall(match["back"]))
    return Pinpoint(match.start(), match.end(), _unit(match["word"]), articles)


def _unit(word: str) -> Unit:
    return Unit.SECTION if word.strip().casefold().startswith(("section", "§")) else Unit.ARTICLE


def _printed(numbers: str) -> str:
    """`2 through 5` as `2-5`, `14, 15 and 21` as `14,15,21`, `6.1` as `6(1)`."""
    items = []
    for match in _ITEM.finditer(re.sub(r"\b(?:[Aa]rticles?|[Aa]rts?\.?)\s", "", numbers)):
        first, last = _one(match["first"]), match["last"]
        items.append(f"{first}-{_one(last)}" if last else first)
    return ",".join(items)


def _one(number: str) -> str:
    compact = re.sub(r"\s(?=\()", "", number.strip())
    return re.sub(r"\.(\d+)", r"(\1)", compact)

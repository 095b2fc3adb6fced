"""The grammar of European acts: those of the European Union and the recommendations of the Council of Europe.

Union acts are numbered year/number with the treaty's mark behind (`95/46/EC`) or, since 2015, before it
(`(EU) 2016/679`); regulations were numbered number/year (`(EC) No 45/2001`). Source: Interinstitutional style guide,
1.2.2. Recommendations of the Committee of Ministers: `No. R (89) 9` until 2000, `Rec(2001)11` until 2007,
`CM/Rec(2010)13` since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.authority.symbols import InstrumentId, Written
from corpus.model import InstrumentType

_TREATY = r"(?:EC|EEC|EU|JHA|CFSP|Euratom|EURATOM|ECSC)"
_KIND = (
    r"(?P<kind>Framework Decision|Directive|Regulation|Decision|Joint Action|Common Position|"
    r"FRAMEWORK DECISION|DIRECTIVE|REGULATION|DECISION)"
)
# One number: `95/46/EC`, `(EU) 2016/679`, `(EC) No 45/2001`, `No 1982/2006/EC`; the tail may be missing, see `_act`.
_NUMBER = (
    rf"(?:\((?P<front>{_TREATY}(?:,\s?{_TREATY})?)\)\s?)?(?P<no>[Nn][o°]s?\.?\s?)?(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}})"
    rf"(?:/(?P<back>{_TREATY}))?(?![\d/])"
)
_ACT = re.compile(rf"\b{_KIND}s?\s+(?:{_NUMBER})")
_NEXT = re.compile(rf"(?:,|,?\s+(?:and|or|&))\s+(?:{_NUMBER})")
#: A number whose kind is not written: `2005/222/JHA`. Only a register of acts can tell what it is.
NUMBER_ALONE = re.compile(rf"(?<![\w/.-])\d{{2,4}}/\d{{1,4}}/{_TREATY}\b")

_NEW_NUMBERS = 2015  # since then (EU) stands before the number for every kind of act
_UNION = 2010  # acts of the European Union after Lisbon
_COMMUNITY = 1994  # acts of the European Community after Maastricht
_CENTURY = 1900
_MILLENNIUM = 2000
_TWO_DIGITS = 100
_FIRST_SHORT_YEAR = 52
_YEARS = range(1952, 2100)

_REC = r"\b(?:Recommendations?|RECOMMENDATIONS?|Recs?\.?)"
# Must match `Recommendation No. R (89) 9`, `R. No. (89) 9`, `No. (95) 13`, `No R(95)13`; the R form ended in 2000.
_OLD = re.compile(
    rf"{_REC}\s*(?:CM/)?(?:(?:Rec\s?)?R\.?\s*No\.?|No\.?\s*R\.?|R\.?|No\.?|N°\s*R)?\s*"
    r"\((?P<year>[789]\d)\)\s*(?P<number>\d{1,2})\b"
    r"|\bCM/Rec\s?\((?P<year2>[789]\d)\)\s?(?P<number2>\d{1,2})\b"
    r"|\b(?:No\.?\s*)?R\.?\s?(?:No\.?\s?)?\((?P<year3>[789]\d)\)\s?(?P<number3>\d{1,2})\b"
)
_OLD_NEXT = re.compile(
    r"(?:,|,?\s+and)\s+(?:(?:No\.?\s*)?R\.?\s*)?(?:No\.?\s*)?\((?P<year>[789]\d)\)\s*(?P<number>\d{1,2})\b"
)
_NEW = re.compile(
    rf"(?:{_REC}\s*(?:No\.?\s*)?)?\b(?P<committee>CM/)?Rec\s?\((?P<year>20\d\d)\)\s?(?P<number>\d{{1,2}})\b"
    rf"|{_REC}\s*(?:No\.?\s*)?\((?P<year2>20\d\d)\)\s?(?P<number2>\d{{1,2}})\b"
)
_FIRST_CM = 2007
#: The Council of Europe's treaty series: `ETS No. 185`, `CETS No: 201`, `ETS NO. 189`; group `number`.
SERIES = re.compile(r"\b(?P<series>C?ETS)\s*(?:[Nn][oO°]s?\s?[.:]?\s*)?0{0,2}(?P<number>\d{1,3})\b")


def find_acts(text: str) -> Iterator[Written]:
    """Union acts and Committee of Ministers recommendations in `text`, left to right."""
    found = [*_union_acts(text), *_recommendations(text)]
    yield from sorted(found, key=lambda written: (written.start, -written.end))


def _union_acts(text: str) -> Iterator[Written]:
    if "/" not in text:
        return
    for match in _ACT.finditer(text):
        kind, start = match["kind"].title(), match.start()
        listed: re.Match[str] | None = match
        while listed:
            act = _act(kind, listed)
            if act:
                yield Written(start, listed.end(), InstrumentId(act, InstrumentType.EU_ACT))
            following = _NEXT.match(text, listed.end())
            start, listed = (following.start("first"), following) if following else (0, None)


def _act(kind: str, match: re.Match[str]) -> str | None:
    """The printed form of one number, None if it cannot be a Union act's (`Decision 1/2`)."""
    first, front, back = match["first"], match["front"], match["back"]
    year = _full_year(first)
    is_new = year is not None and year >= _NEW_NUMBERS and len(first) == len(str(year)) and not match["no"]
    if year is None or match["no"] or (kind == "Regulation" and not is_new):
        return _number_first(kind, match)
    number = f"{first}/{match['second']}"
    if back:
        return f"{kind} {number}/{back}"
    if front or is_new:
        return f"{kind} ({front or 'EU'}) {number}"
    return f"{kind} {number}/{_treaty(year)}" if kind == "Directive" else None


def _number_first(kind: str, match: re.Match[str]) -> str | None:
    """The printed form of number/year: `Regulation (EC) No 45/2001`, `Decision No 1982/2006/EC`."""
    front, back, number = match["front"], match["back"], f"{match['first']}/{match['second']}"
    year = _full_year(match["second"])
    if year is None or not (front or back or kind == "Regulation"):
        return None
    return f"{kind} No {number}/{back}" if back else f"{kind} ({front or _treaty(year)}) No {number}"


def _treaty(year: int) -> str:
    """The mark of the treaty in force: EEC, then EC after Maastricht, then EU after Lisbon."""
    return "EU" if year >= _UNION else "EC" if year >= _COMMUNITY else "EEC"


def _full_year(digits: str) -> int | None:
    number = int(digits)
    if len(digits) == 2:  # noqa: PLR2004  two digits of a year
        number += _CENTURY if number >= _FIRST_SHORT_YEAR else _MILLENNIUM
    return number if number in _YEARS else None


def _recommendations(text: str) -> Iterator[Written]:
    if "(" not in text:
        return
    taken = -1
    for match in _OLD.finditer(text):
        year = match["year"] or match["year2"] or match["year3"]
        number = match["number"] or match["number2"] or match["number3"]
        start, end = match.span()
        while year:
            yield Written(start, end, _recommendation(f"No. R ({year}) {int(number)}"))
            following = _OLD_NEXT.match(text, end) if match["year"] else None
            start, end = following.span() if following else (0, end)
            year, number = (following["year"], following["number"]) if following else ("", "")
        taken = end
    for match in _NEW.finditer(text):
        if match.start() < taken:
            continue
        year, number = match["year"] or match["year2"], int(match["number"] or match["number2"])
        mark = "CM/Rec" if match["committee"] or int(year) > _FIRST_CM else "Rec"
        yield Written(match.start(), match.end(), _recommendation(f"{mark}({year}){number}"))


def _recommendation(form: str) -> InstrumentId:
    return InstrumentId(f"Recommendation {form}", InstrumentType.RECOMMENDATION)

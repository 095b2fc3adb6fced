"""Calendar dates and periods written in texts, as ISO prefixes: `2010-04-14`, `2010-04`, decades `199`, `2007/2008`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.months import MONTHS

#: A calendar year, 1400 to 2099, as a part of patterns.
YEAR_DIGITS = r"(?:1[4-9]\d\d|20\d\d)"
_SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
_MONTH = "|".join([*MONTHS, *(f"{short}\\.?" for short in _SHORT)])
_DAY = r"(?:[1-9]|[12]\d|3[01])"
_SPAN = rf"{_DAY}(?:st|nd|rd|th)?(?:\s?(?:[-–]|to|and|&)\s?{_DAY}(?:st|nd|rd|th)?)?"
_DATE = re.compile(
    rf"\b(?:(?P<day1>{_SPAN})\s+(?:of\s+)?(?P<month1>{_MONTH}),?\s+(?P<year1>{YEAR_DIGITS})"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>{_SPAN}),?\s+(?P<year2>{YEAR_DIGITS})"
    rf"|(?P<month3>{_MONTH}),?\s+(?:of\s+)?(?P<year3>{YEAR_DIGITS})"
    rf"|(?P<year4>{YEAR_DIGITS})-(?P<month4>0[1-9]|1[0-2])-(?P<day4>0[1-9]|[12]\d|3[01])"
    rf"|(?<![\d./-])(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark)(?P<year5>{YEAR_DIGITS}))\b"
)
_YEAR_GROUPS = ("year1", "year2", "year3", "year4", "year5")
_CENTURY, _YEARMONTHS = 100, 12
#: Must match "the 1990s", "mid-1990s", "the late 1980’s", "1990ties"; must not match "1995s", "$1990s", "1990".
_DECADE = re.compile(r"(?<![\w.,/$€£])(?:(?:mid|early|late)[- ])?(?P<decade>1[4-9]\d|20\d)0(?:['’]?s|-?ties)\b")
#: Must match "2007-2008", "2007–08", "1998/1999", "2024/25"; must not match "A/2001/12", "1998-1", "2001-03-04".
_RANGE = re.compile(rf"(?<![\w/])(?P<first>{YEAR_DIGITS})\s?[-–—/]\s?(?P<last>{YEAR_DIGITS}|\d\d)(?![\w/-]|\.\d)")


@dataclass(frozen=True, slots=True)
class Written:
    """A date or period at `[start, end)`: its ISO form, and the years that it names with their own spans."""

    start: int
    end: int
    value: str
    years: tuple[tuple[int, int, int], ...]


def find_dates(text: str) -> list[Written]:
    """The dates in `text`, in reading order; each names one year."""
    found = []
    for match in _DATE.finditer(text):
        group = next(group for group in _YEAR_GROUPS if match[group])
        found.append(Written(*match.span(), _iso(match), ((*match.span(group), int(match[group])),)))
    return found


def find_ranges(text: str) -> Iterator[Written]:
    """Ranges of years that go forward by at most a century, with their two end points."""
    for match in _RANGE.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        last = last if last >= _CENTURY else first - first % _CENTURY + last
        if first < last <= first + _CENTURY:
            ends = ((*match.span("first"), first), (*match.span("last"), last))
            yield Written(*match.span(), f"{first}/{last}", ends)


def find_decades(text: str) -> Iterator[Written]:
    """Decades, whose value is the prefix that their years share; they name no single year."""
    for match in _DECADE.finditer(text):
        yield Written(*match.span(), match["decade"], ())


def _iso(match: re.Match[str]) -> str:
    """The date as an ISO prefix; a span of days keeps only its month."""
    if match["year4"]:
        return match.group()
    if match["year5"]:
        return _numeric(match)
    year = match["year1"] or match["year2"] or match["year3"]
    month = _month(match["month1"] or match["month2"] or match["month3"])
    day = re.fullmatch(rf"({_DAY})(?:st|nd|rd|th)?", match["day1"] or match["day2"] or "")
    return f"{year}-{month:02d}-{int(day[1]):02d}" if day else f"{year}-{month:02d}"


def _numeric(match: re.Match[str]) -> str:
    """`23.11.1995` and `30/09/2015`: day first; a slashed date that could have its month first keeps only its year."""
    day, month = int(match["first"]), int(match["second"])
    if month > _YEARMONTHS and match["mark"] == "/":
        day, month = month, day
    elif match["mark"] == "/" and day <= _YEARMONTHS:
        return match["year5"]
    return f"{match['year5']}-{month:02d}-{day:02d}" if month <= _YEARMONTHS else match["year5"]


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))

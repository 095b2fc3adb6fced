"""Dates as documents write them, read as ISO prefixes that keep their precision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from corpus.months import MONTHS

_MONTH = "|".join((*MONTHS, *(month[:3] for month in MONTHS), "Sept"))
_YEAR = r"(?:1[89]|20)\d{2}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?"
#: `18 October 2018`, `18th of October, 2018`; the end of `12-19 April 2010` is none.
_DAY_FIRST = re.compile(rf"(?<![\d–—-])(?P<d>{_DAY})(?:\s+day)?(?:\s+of)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>{_YEAR})\b")
#: `October 18, 2018`
_MONTH_FIRST = re.compile(rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>{_DAY}),?\s+(?P<y>{_YEAR})\b")
_ISO = re.compile(rf"(?<![\d-])(?P<y>{_YEAR})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?![\d-])")
#: `18.10.2018`; with slashes day and month cannot be told apart.
_DOTTED = re.compile(rf"(?<![\d.])(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{_YEAR})(?![\d.])")
#: `12-19 April 2010`, `30 May to 3 June 2011`: known to the month in which it ends.
_RANGE = re.compile(
    rf"\b\d{{1,2}}(?:\s+(?:{_MONTH}))?\s*(?:[-–—]|to|and)\s*\d{{1,2}}\s+(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})\b"
)
#: `May-October 2019`: an issue's date is its first month.
_MONTHS = re.compile(rf"\b(?P<m>{_MONTH})\s*[-–—/]\s*(?:{_MONTH}),?\s+(?P<y>{_YEAR})\b")
_MONTH_YEAR = re.compile(rf"\b(?P<m>{_MONTH})\.?,?\s+(?P<y>{_YEAR})\b")

#: In the order in which they are tried, the most precise first.
_FORMS = (_ISO, _DAY_FIRST, _MONTH_FIRST, _DOTTED)
_COARSE = (_RANGE, _MONTHS, _MONTH_YEAR)


def days_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Half-open spans and ISO forms of the full dates in the text, in order."""
    yield from sorted(_read(text, _FORMS))


def date_in(text: str) -> str:
    """The first full date of the text, else its first month and year, else ""."""
    found = sorted(_read(text, _FORMS)) or sorted(_read(text, _COARSE))
    return found[0][2] if found else ""


def is_date_line(text: str) -> bool:
    """Whether the text is a date and nothing else, a place before it aside (`Geneva, 3 May 2010`)."""
    spans = sorted((*_read(text, _FORMS), *_read(text, _COARSE)))
    return any(not text[end:].strip(" .)") and not text[:start].strip(" (") for start, end, _ in spans)


def _read(text: str, forms: tuple[re.Pattern[str], ...]) -> Iterator[tuple[int, int, str]]:
    for form in forms:
        for match in form.finditer(text):
            if date := _iso(match):
                yield (*match.span(), date)


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month = _number(parts["m"])
    day = parts.get("d")
    if day is None:
        return f"{parts['y']}-{month:02d}"
    try:
        return dt.date(int(parts["y"]), month, int(re.sub(r"\D", "", day))).isoformat()
    except ValueError:
        return ""


def _number(month: str) -> int:
    if month.isdecimal():
        return int(month)
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))

"""Calendar years and dates written in passages.

A year is four digits that stand alone, 1400 to 2099, and mean a year: not an amount, a page, a paragraph, the number of
an act, a resolution or a treaty series, and nothing inside a symbol or a web address. Decades ("the 1990s") name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Annotation, AnnotationType, Document, Found, Passage, ordered
from corpus.months import MONTHS

_SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
_MONTH = "|".join([*MONTHS, *(f"{short}\\.?" for short in _SHORT)])
_YEAR_DIGITS = r"(?:1[4-9]\d\d|20\d\d)"
# Must match "2001", "(2001)", "2002a", "1989,", "2007-2008", "1998/1999"; must not match "1990s", "2,000", "2001.5",
# "A/2001", "No. 2001", "1999ties".
_YEAR = re.compile(rf"(?<![\w.,:/$€£#=&%+-])(?P<year>{_YEAR_DIGITS})(?![\d%]|[.,:]\d|['’]?s\b|-?ties\b|/\w|[A-Zg-z])")
_AFTER_RANGE = re.compile(
    rf"(?<![\w/])(?P<first>{_YEAR_DIGITS})\s?[-–—/]\s?(?P<last>{_YEAR_DIGITS}|\d\d)(?![\w/-]|\.\d)"
)
# Behind a word, as in "post-2015"; or behind a word's comma where the blank was lost.
_GLUED = re.compile(rf"(?<=[a-z\]”\"][-–—,:])(?P<year>{_YEAR_DIGITS})\b(?!/)")
# Words that count what follows: "page 1998", "No. 2001", "§ 1901", "over 2000 people".
_COUNTER = re.compile(
    r"(?:\bpp?\.|\bpages?|\bNos?\.?|\bnumber|\bparas?\.?|\bparagraphs?|§§?|\b[Aa]rticles?|\b[Aa]rts?\.?|\b[Ss]ections?|"
    r"\bETS|\bvol\.?|"
    r"\b[Rr]esolutions?|\bRes\.?|\b(?:some|over|about|around|approximately|nearly|almost|than|least|most|up to|another|"
    r"total of|US|USD|EUR|[Dd]ocument|[Cc]hap\.?|[Bb]ox|[Rr]oom|[Ss]uite|[Tt]el\.?|[Ff]ax))\s*[:(]?\s*$"
)
# What is counted: "2000 people", "1500 km"; a year is not followed by a plain plural, but "the 2001 attacks" is.
_COUNTED = re.compile(
    r"\s?(?:%|percent|per\s+cent|(?:square\s|cubic\s)?(?:km|kilomet|met(?:re|er)|miles?|tons?|tonnes?|kg|hectares?|acres?|feet)\w*\b|"
    r"million|billion|thousand|dollars?|euros?|people\b|persons\b|participants|delegates|troops|soldiers|victims|inhabitants|"
    r"children\b|women\b|men\b|refugees|members\b|hours|days|weeks|months|years|times|words|pages|dead\b|deaths|cases\b|jobs|homes)"
)
_BY_MODIFIER = re.compile(r"(?:\b[Tt]he|\b[Ii]n|\b[Ss]ince|\b[Ff]rom|\b[Oo]f|\b[Bb]y|\()\s*$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi:|doi\.org)\S+|\S+@\S+|\b(?=[\w/]*[A-Za-z])(?:\w+/){2,}\S*|\b\w+\.(?:html?|pdf|doc|php|asp)\b"
)

_DAY = r"(?:[1-9]|[12]\d|3[01])"
_SPAN = rf"{_DAY}(?:st|nd|rd|th)?(?:\s?(?:[-–]|to|and|&)\s?{_DAY}(?:st|nd|rd|th)?)?"
_DATE = re.compile(
    rf"\b(?:(?P<day1>{_SPAN})\s+(?:of\s+)?(?P<month1>{_MONTH}),?\s+(?P<year1>{_YEAR_DIGITS})"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>{_SPAN}),?\s+(?P<year2>{_YEAR_DIGITS})"
    rf"|(?P<month3>{_MONTH}),?\s+(?:of\s+)?(?P<year3>{_YEAR_DIGITS})"
    rf"|(?P<year4>{_YEAR_DIGITS})-(?P<month4>0[1-9]|1[0-2])-(?P<day4>0[1-9]|[12]\d|3[01])"
    rf"|(?<![\d./-])(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark)(?P<year5>{_YEAR_DIGITS}))\b"
)
_YEAR_GROUPS = ("year1", "year2", "year3", "year4", "year5")
_CENTURY, _YEARMONTHS = 100, 12


def find_years(
    document: Document, passages: Sequence[Passage], instruments: Sequence[Sequence[Annotation]]
) -> list[tuple[Annotation, ...]]:
    """The years and dates of each passage, given its instruments (the digits of their numbers are no years)."""
    del document  # the same signature as every step
    return [ordered(_annotations(passage.text, found)) for passage, found in zip(passages, instruments, strict=True)]


def _annotations(text: str, instruments: Sequence[Annotation]) -> Iterator[Annotation]:
    if not re.search(r"\d{4}", text):
        return
    dates = [(match.start(), match.end(), _iso(match)) for match in _DATE.finditer(text)]
    for start, end, value in dates:
        yield Annotation(start, end, AnnotationType.DATE, value, Found.PATTERN)
    for start, end, year in sorted(set(_years(text, dates, instruments))):
        role = "date" if any(first <= start and end <= last for first, last, _ in dates) else ""
        yield Annotation(start, end, AnnotationType.YEAR, str(year), Found.PATTERN, role)


def _years(
    text: str, dates: Sequence[tuple[int, int, str]], instruments: Sequence[Annotation]
) -> Iterator[tuple[int, int, int]]:
    closed = [match.span() for match in _ADDRESS.finditer(text)]
    for start, end, year in _candidates(text):
        if any(first <= start and end <= last for first, last in closed):
            continue
        if _in_number(text, start, end, instruments):
            continue
        dated = any(first <= start and end <= last for first, last, _ in dates)
        if dated or not _is_counted(text, start, end):
            yield start, end, year


def _candidates(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _YEAR.finditer(text):
        yield match.start("year"), match.end("year"), int(match["year"])
    for match in _GLUED.finditer(text):
        yield match.start("year"), match.end("year"), int(match["year"])
    for match in _AFTER_RANGE.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        last = last if last >= _CENTURY else first - first % _CENTURY + last
        counted = _COUNTER.search(text[max(0, match.start() - 24) : match.start()])
        if first < last <= first + _CENTURY and not counted:
            yield match.start("first"), match.end("first"), first
            yield match.start("last"), match.end("last"), last
    for match in _DATE.finditer(text):
        for group in _YEAR_GROUPS:
            if match[group]:
                yield match.start(group), match.end(group), int(match[group])


def _in_number(text: str, start: int, end: int, instruments: Sequence[Annotation]) -> bool:
    """Whether the digits belong to the number of an instrument; the year in brackets behind one is a year."""
    for annotation in instruments:
        if annotation.start <= start and end <= annotation.end:
            written = text[annotation.start : annotation.end]
            inner = start - annotation.start
            numbered = re.search(r"\d/\d|^[A-Z]+/|\)\s?\d+$|^\d+\s?\(", written) is not None
            return numbered and not (
                written[:inner].endswith("(") and written[inner + 4 : inner + 5] == ")" and "Rec" not in written
            )
    return False


def _is_counted(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    if _COUNTER.search(before):
        return True
    return _COUNTED.match(text, end) is not None and not _BY_MODIFIER.search(before)


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

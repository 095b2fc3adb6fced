"""Calendar years and dates written in passages, with the role in which each stands.

A year is four digits that stand alone, 1400 to 2099, and mean a year: not an amount, a page, a paragraph, the number of
an act, a resolution or a treaty series, and nothing inside a symbol or a web address. A decade ("the 1990s") is a date
and names no year; a range ("2007-2008") names its end points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.model import Annotation, AnnotationType, Document, Found, Passage, ordered
from ingest.annotate.dates import YEAR_DIGITS, Written, find_dates, find_decades, find_ranges
from ingest.annotate.year_roles import Roles

# Must match "2001", "(2001)", "2002a", "1989,", "2007-2008", "1998/1999"; must not match "1990s", "2,000", "2001.5",
# "A/2001", "No. 2001", "1999ties", "1819 (LV)", which is a resolution of a numbered session.
_YEAR = re.compile(
    rf"(?<![\w.,:/$€£#=&%+-])(?P<year>{YEAR_DIGITS})"
    r"(?![\d%]|[.,:]\d|['’]?s\b|-?ties\b|/\w|[A-Zg-z]|\s?\((?:S-|ES-)?[IVXL]+\))"
)
# Behind a word, as in "post-2015"; or behind a word's comma where the blank was lost.
_GLUED = re.compile(rf"(?<=[a-z\]”\"][-–—,:])(?P<year>{YEAR_DIGITS})\b(?!/)")
# Words that count what follows: "page 1998", "No. 2001", "§ 1901", "over 2000 people".
_COUNTER = re.compile(
    r"(?:\bpp?\.|\bpages?|\bNos?\.?|\bnumber|\bparas?\.?|\bparagraphs?|§§?|\b[Aa]rticles?|\b[Aa]rts?\.?|\b[Ss]ections?|"
    r"\bETS|\bvol\.?|\b[Rr]esolutions?|\bRes\.?|"
    r"\b(?:some|over|about|around|approximately|nearly|almost|least|most|total of|US|USD|EUR|"
    r"(?<!sooner )(?<!later )(?<!earlier )than|(?<!run-)(?<!run )up to|"
    r"[Dd]ocument|[Cc]hap\.?|[Bb]ox|[Rr]oom|[Ss]uite|Windows|[Tt]el\.?|[Ff]ax))\s*[:(]?\s*$"
)
# What is counted: "2000 people", "1500 km"; a year is not followed by a plain plural, but "the 2001 attacks" is.
_COUNTED = re.compile(
    r"\s?(?:%|percent|per\s+cent|(?:square\s|cubic\s)?(?:km|kilomet|met(?:re|er)|miles?|tons?|tonnes?|kg|hectares?|acres?|feet)\w*\b|"
    r"million|billion|thousand|dollars?|euros?|people\b|persons\b|participants|delegates|troops|soldiers|victims|inhabitants|"
    r"children\b|women\b|men\b|refugees|members\b|hours|days|weeks|months|years|times|words|pages|dead\b|deaths|cases\b|jobs|homes)"
)
# Before this year a number with a plural behind it is rather an amount: "1500 advisories".
_RARE = "1700"
_PLURAL = re.compile(r"\s(?!was\b|is\b|has\b|as\b|its\b|this\b|us\b)[a-z]+s\b")
_BY_MODIFIER = re.compile(r"(?:\b[Tt]he|\b[Ii]n|\b[Ss]ince|\b[Ff]rom|\b[Oo]f|\b[Bb]y|\()\s*$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi:|doi\.org)\S+|(?<!\S)\S+@\S+|\b(?=[\w/]*[A-Za-z])(?:\w+/){2,}\S*|\b\w+\.(?:html?|pdf|doc|php|asp)\b"
)
_FOUR_DIGITS = re.compile(r"\d{4}")


def find_years(
    document: Document, passages: Sequence[Passage], instruments: Sequence[Sequence[Annotation]]
) -> list[tuple[Annotation, ...]]:
    """The years and dates of each passage, given its instruments (the digits of their numbers are no years).

    The subtype tells the role: "instrument" for the year or date of an instrument named there, "publication" for that
    of a work cited there, "decade" and "range" for such dates, "date" for a year within another date, else "".
    """
    del document  # the same signature as every step
    return [ordered(_annotations(passage, found)) for passage, found in zip(passages, instruments, strict=True)]


def _annotations(passage: Passage, instruments: Sequence[Annotation]) -> Iterator[Annotation]:
    text = passage.text
    if not _FOUR_DIGITS.search(text):
        return
    dates = find_dates(text)
    ranges = [written for written in find_ranges(text) if not _COUNTER.search(_before(text, written.start))]
    roles = Roles(passage, instruments)
    for written in dates:
        role = roles.of(written.start, written.end)
        yield Annotation(written.start, written.end, AnnotationType.DATE, written.value, Found.PATTERN, role)
    years = sorted(set(_years(text, (*dates, *ranges), instruments)))
    for kind, periods in (("range", ranges), ("decade", find_decades(text))):
        for written in periods:
            if set(written.years) <= set(years):
                yield Annotation(written.start, written.end, AnnotationType.DATE, written.value, Found.PATTERN, kind)
    for start, end, year in years:
        within = next((date for date in dates if date.start <= start and end <= date.end), None)
        role = roles.of(within.start, within.end) or "date" if within else roles.of(start, end)
        yield Annotation(start, end, AnnotationType.YEAR, str(year), Found.PATTERN, role)


def _years(text: str, dates: Sequence[Written], instruments: Sequence[Annotation]) -> Iterator[tuple[int, int, int]]:
    closed = [match.span() for match in _ADDRESS.finditer(text)]
    for start, end, year in _candidates(text, dates):
        if any(first <= start and end <= last for first, last in closed):
            continue
        if _in_number(text, start, end, instruments):
            continue
        dated = any(date.start <= start and end <= date.end for date in dates if len(date.years) == 1)
        if dated or not _is_counted(text, start, end):
            yield start, end, year


def _candidates(text: str, dates: Iterable[Written]) -> Iterator[tuple[int, int, int]]:
    for pattern in (_YEAR, _GLUED):
        for match in pattern.finditer(text):
            yield match.start("year"), match.end("year"), int(match["year"])
    for written in dates:
        yield from written.years


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
    before = _before(text, start)
    if _COUNTER.search(before):
        return True
    counted = _COUNTED.match(text, end) or (text[start:end] < _RARE and _PLURAL.match(text, end))
    return bool(counted) and not _BY_MODIFIER.search(before)


def _before(text: str, start: int) -> str:
    return text[max(0, start - 24) : start]

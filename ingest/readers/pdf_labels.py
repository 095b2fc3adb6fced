"""What the pages of a PDF call themselves: the labels that the file states, else the numbers that its pages print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import roman

from ingest.blocks import Block, Shape

#: Numbers in furniture are page numbers if they run on with the pages on so many of those that print one. Years,
#: volumes and symbols stand still; chapters that count anew by themselves have no number that tells where one is.
AGREEING = 0.8
LEAST_PAGES = 3
#: Longer labels are file names and other accidents.
LONGEST = 12

# A number at either end of a running line: "287", "- 3 -", "Page 3 of 13", "2/24" (the number before the slash),
# "Treaty Review | 288"; must not match a part of a symbol ("A/80/590"), of a date's or a sum's figures ("1,250").
_BEFORE, _BEHIND = r"(?:^|(?<=\s)|(?<=[-–—|\[]))", r"(?:\s*/\s*\d{1,4}|\s+of\s+\d{1,4})?(?=$|[\s–—|\]-])"
_NUMBER = rf"{_BEFORE}(?P<number>\d{{1,5}}|[ivxlc]{{1,8}}){_BEHIND}"
_AT_BEGINNING = re.compile(rf"[-–—|\[\s]*(?:page\s+|p\.\s*)?{_NUMBER}", re.IGNORECASE)
_AT_END = re.compile(rf"{_NUMBER}[-–—|\]\s]*$")


def printed_labels(blocks: Iterable[Block], stated: Mapping[int, str], count: int) -> dict[int, str]:
    """Labels of the pages 1 to `count` that are not their count; `stated` are those of the file itself.

    A file that states no more than the count says nothing: most programs write that by themselves.
    """
    own = {page: label for page, text in stated.items() if 0 < len(label := " ".join(text.split())) <= LONGEST}
    labels = own if any(label != str(page) for page, label in own.items()) else _numbered(blocks, count)
    return {page: label for page, label in sorted(labels.items()) if label != str(page)}


def _numbered(blocks: Iterable[Block], count: int) -> dict[int, str]:
    """Labels by the numbers printed in running headers and footers, {} if there is no run of them."""
    found: dict[bool, dict[int, set[int]]] = {True: {}, False: {}}
    for block in blocks:
        if block.shape == Shape.FURNITURE and block.page is not None and block.lines == 1:  # more are a chart
            for text in _numbers(block.text):
                values = found[text.isdecimal()].setdefault(block.page, set())
                values.add(int(text) if text.isdecimal() else roman.fromRoman(text.upper()))
    arabic, small = _offset(found[True]), _offset(found[False])
    first = 1 if arabic is None else max(1, 1 - arabic)  # the page that is number 1, if it is in the file
    labels = {} if arabic is None else {page: str(page + arabic) for page in range(first, count + 1)}
    if small is not None:
        front = range(max(1, 1 - small), first if arabic is not None and first > 1 else _last(found[False]) + 1)
        labels |= {page: roman.toRoman(page + small).lower() for page in front}
    # pages in front of number 1 that print none are cited by their count in brackets, as bibliographies do
    return labels | {page: f"[{page}]" for page in range(1, first) if page not in labels}


def _last(pages: Mapping[int, object]) -> int:
    return max(pages, default=0)


def _numbers(text: str) -> Iterator[str]:
    for pattern in (_AT_BEGINNING, _AT_END):
        match = pattern.match(text) if pattern is _AT_BEGINNING else pattern.search(text)
        if match and (match["number"].isdecimal() or _is_roman(match["number"])):
            yield match["number"]


def _is_roman(text: str) -> bool:
    """Whether small letters are a roman numeral; a capital one counts parts and chapters."""
    try:
        return text.islower() and roman.fromRoman(text.upper()) > 0
    except roman.InvalidRomanNumeralError:
        return False


def _offset(found: Mapping[int, set[int]]) -> int | None:
    """The printed number less the count, if the same on enough of the pages that print one."""
    offsets = Counter(value - page for page, values in found.items() for value in values)
    for offset, pages in offsets.most_common(1):
        if pages >= max(LEAST_PAGES, AGREEING * len(found)):
            return offset
    return None

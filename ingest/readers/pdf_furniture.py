"""Finds running headers, footers and page numbers of a PDF: by their place and because they come back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_pages import PdfPage

#: Parts of the page's height above and below which furniture stands; margins of text take 8 to 12 per cent.
ZONE = 0.12
#: Furniture comes back on this share of the pages (left and right pages and chapters have their own) and this often.
SHARE = 0.2
OFTEN = 3
#: Heads that change with the chapter stand in one place on this share of the pages, so many sizes off the text.
APART_SHARE = 0.5
APART = 2.0
#: Page numbers of a long work with many chapters: the same place and look on so many pages is enough.
ALWAYS = 8

# A page number alone: "3", "- 3 -", "Page 3 of 13", "3/13", "xii"; must not match a year with words nor "1. Text".
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s|]*", re.IGNORECASE
)
# Print-shop numbers and bar codes: "26-04887 (E) 150426", "*2604887*"; digits and signs, one bracketed letter at most.
_PRINT_NUMBER = re.compile(r"[*\d][\d\s*./-]{4,}(?:\([A-Z]\)[\d\s*./-]*)?\*?")


def furniture_of(pages: Sequence[PdfPage]) -> set[Line]:
    """The lines of all pages that are furniture."""
    seen: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        seen.update({_look(line, page) for line in _edge_lines(page)})
    enough = min(ALWAYS, max(2 if len(pages) <= OFTEN else OFTEN, round(SHARE * len(pages))))
    places = Counter(_place(line) for page in pages for line in _apart(page))
    found: set[Line] = set()
    for page in pages:
        apart = {line for line in _apart(page) if places[_place(line)] >= max(OFTEN, APART_SHARE * len(pages))}
        found |= apart | {line for line in _edge_lines(page) if _is_number(line, page) or _print_number(line, page)}
        found |= {line for line in _edge_lines(page) if seen[_look(line, page)] >= enough}
    return found


def _edge_lines(page: PdfPage) -> Iterator[Line]:
    limits = ZONE * page.height, (1 - ZONE) * page.height
    edge = (line for line in page.lines if line.bottom < limits[0] or line.top > limits[1])
    return (line for line in edge if not _is_mark(line, page))


def _is_mark(line: Line, page: PdfPage) -> bool:
    """Whether a number is the mark of the note whose line begins right beside it."""
    return line.text.isdecimal() and any(
        0 <= other.x0 - line.x1 < line.size and other.top < line.bottom and line.top < other.bottom
        for other in page.lines
        if other is not line
    )


def _apart(page: PdfPage) -> Iterator[Line]:
    """Lines at the top, and the last one, that a wide gap in the edge parts from the text, whatever they say."""
    down = sorted(page.lines, key=lambda line: line.bottom)
    edge = set(_edge_lines(page))
    gaps = [_wide(above, below) for above, below in pairwise(down)]
    heads = [
        place for place, wide in enumerate(gaps) if wide and down[place] in edge and down[place].top < page.height / 2
    ]
    yield from (line for line in down[: max(heads, default=-1) + 1] if not line.text[:1].islower())
    if gaps and gaps[-1] and down[-1] in edge and not down[-1].words[0].raised:
        yield down[-1]


def _wide(above: Line, below: Line) -> bool:
    return below.bottom - above.bottom > APART * max(above.size, below.size)


def _place(line: Line) -> tuple[int, float]:
    return round(line.bottom / 2), line.size


def _look(line: Line, page: PdfPage) -> tuple[bool, str]:
    """Top or bottom, and the text with its numbers made equal."""
    return line.top < page.height / 2, re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold())


def _is_number(line: Line, page: PdfPage) -> bool:
    """A page number alone at the very edge of the page."""
    edge = min(page.lines, key=lambda other: other.top), max(page.lines, key=lambda other: other.bottom)
    return bool(_PAGE_NUMBER.fullmatch(line.text)) and any(
        abs(line.bottom - other.bottom) < line.size for other in edge
    )


def _print_number(line: Line, page: PdfPage) -> bool:
    return line.top > page.height / 2 and bool(_PRINT_NUMBER.fullmatch(line.text))

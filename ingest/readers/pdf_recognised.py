"""Pages whose text was recognised in a picture: their sizes are guesses, line by line, and are made one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median_low

from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_pages import PdfPage

#: Sizes that differ by less than this part of the page's common one are the same: a line without ascenders is guessed
#: a tenth smaller than its neighbours, notes are a quarter smaller than text.
SAME_SIZE = 0.2


def levelled(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """The pages; text of recognised ones is as large as that of the others, where it hardly differs within its page."""
    typeset = list(_sizes(line for page in pages if not page.recognised for line in page.lines))
    body = median_low(typeset) if typeset else None
    return [_levelled(page, body) if page.recognised and page.lines else page for page in pages]


def _levelled(page: PdfPage, body: float | None) -> PdfPage:
    common = median_low(_sizes(page.lines))
    wanted = body or common

    def size(line: Line) -> float:
        return wanted if abs(line.size - common) <= SAME_SIZE * common else line.size * wanted / common

    return replace(page, lines=tuple(replace(line, size=size(line)) for line in page.lines))


def _sizes(lines: Iterable[Line]) -> Iterator[float]:
    """The size of every letter."""
    for line in lines:
        yield from [line.size] * len(line.text)

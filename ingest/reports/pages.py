"""Pages: what the report calls them, and those that gave no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.report import Finding, Severity
from ingest.blocks import Block, Shape
from ingest.reports.numbering import listed


@dataclass(frozen=True, slots=True)
class PageNames:
    """Pages as a reader finds them: by what they call themselves, and by their place in the file where that differs."""

    labels: Mapping[int, str]

    def differs(self, page: int | None) -> bool:
        """Whether a page calls itself something else than its count."""
        return page in self.labels

    def of(self, page: int | None) -> str:
        """`page 3`, or `page 287 (page 3 of the file)`."""
        label = None if page is None else self.labels.get(page)
        return f"page {page}" if label is None else f"page {label} (page {page} of the file)"


def unread_pages(pages: Sequence[int], names: PageNames) -> Iterator[Finding]:
    """Pages that are pictures, scans as a rule."""
    found = [
        Finding(Severity.DOUBT, f"{_capital(names.of(page))} is a picture without text: a scan? Try --ocr.", page=page)
        for page in pages
    ]
    yield from listed(found, "more pages that may be scans")


def empty_pages(blocks: Sequence[Block], unread: Sequence[int], names: PageNames) -> Iterator[Finding]:
    """Pages between others that gave no text: blank, or a small picture."""
    numbers = {block.page for block in blocks if block.page is not None and block.shape != Shape.FURNITURE}
    last = max((*numbers, *unread), default=0)
    missing = [page for page in range(1, last) if page not in numbers and page not in unread]
    found = [
        Finding(Severity.DOUBT, f"{_capital(names.of(page))} gave no text (blank, or a picture).", page=page)
        for page in missing
    ]
    yield from listed(found, "more pages without text")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

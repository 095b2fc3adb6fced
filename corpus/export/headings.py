"""The headings between passages as they are exported: those of a collection, and the titles of documents."""

from __future__ import annotations

from corpus.export.base import Options
from corpus.model import Document, Passage


class Headings:
    """Tells, passage by passage, which headings open; a title stands below the heading of its collection."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._heading = self._document = ""

    @property
    def depth(self) -> int:
        """The level of the last document's title: 1, or 2 below a heading."""
        return 1 + bool(self._heading)

    def before(self, document: Document, passage: Passage) -> list[tuple[int, str]]:
        """The headings that open with the passage, outermost first, each with its level."""
        heading = self._options.remark(passage).heading
        moved = heading != self._heading
        opened = [(1, heading)] if moved and heading else []
        self._heading = heading
        if moved or document.id != self._document:
            self._document = document.id
            opened.append((self.depth, document.title))
        return opened

"""The columns of an index while documents come and go: packed as they come in, joined once, at the commit."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Document
from search.columns import Columns, Row
from search.contents import described

#: Rows that wait as objects, some 2 KB each, before they are packed into columns, some 0.3 KB each.
PACKED_ROWS = 1_000


class Packing:
    """What was added and removed since the `base` was committed."""

    def __init__(self, base: Columns) -> None:
        self.base = base
        self.next_key = base.next_key
        self._removed: set[str] = set()
        self._rows: list[Row] = []
        self._parts: list[Columns] = []
        self._revisions: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._described: dict[str, str] = {}
        self._dates: dict[str, str] = {}

    def key(self) -> int:
        """A key that no passage has had."""
        self.next_key += 1
        return self.next_key - 1

    def remove(self, document_id: str) -> list[int]:
        """Take a document out; the keys of the passages that are gone."""
        gone: list[int] = []
        if document_id in self._revisions:
            self._pack()
            for part in self._parts:
                gone += part.keys_of(document_id)
            self._parts = [part.without({document_id}) for part in self._parts]
            for facts in (self._revisions, self._titles, self._described, self._dates):
                del facts[document_id]
        if document_id in self.base.revisions and document_id not in self._removed:
            self._removed.add(document_id)
            gone += self.base.keys_of(document_id)
        return gone

    def add(self, document: Document, rows: Iterable[Row], revision: str) -> None:
        """Put a document in; `remove` has been called for what was held of it."""
        self._revisions[document.id] = revision
        self._titles[document.id] = document.title
        self._described[document.id] = described(document)
        self._dates[document.id] = document.date
        self._rows += rows
        if len(self._rows) >= PACKED_ROWS:
            self._pack()

    def columns(self) -> Columns:
        """The columns with all this done."""
        self._pack()
        facts = Columns(
            revisions=self._revisions,
            titles=self._titles,
            described=self._described,
            dates=self._dates,
            next_key=self.next_key,
        )
        return self.base.without(self._removed).joined(*self._parts, facts)

    def _pack(self) -> None:
        self._parts.append(Columns.build(self._rows))
        self._rows = []

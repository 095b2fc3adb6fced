"""The embedded engine: Whoosh 2.7.4 as an inverted index on disk, and nothing else of it.

Whoosh keeps terms, frequencies, positions and what is shown of a passage; which passages match, their scores and the
facets are worked out over its postings by `search.answering`, as for every engine.

`whoosh_files` tells how a commit stays atomic, `whoosh_postings` how a committed state is read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from corpus.model import Document, Passage
from search import contents
from search.answering import Answering, answer
from search.columns import Columns, Row
from search.completing import complete
from search.engines.patience import Patience
from search.engines.whoosh_fields import field_name
from search.engines.whoosh_files import IndexFiles, Snapshots
from search.engines.whoosh_guard import writing_whoosh
from search.errors import EngineError
from search.query import Query
from search.results import Completion, Explanation, FacetPage, Results
from search.similarity import similar
from search.suggest import completions

#: Rows that wait as objects, some 2 KB each, before they are packed into columns, some 0.3 KB each.
_PACKED_ROWS = 1_000


class WhooshEngine:
    """An index of passages in a folder."""

    name = "whoosh"

    def __init__(self, files: IndexFiles, patience: Patience) -> None:
        self._files = files
        self._patience = patience
        self._snapshots = Snapshots(self._files)
        self._writing = threading.RLock()
        self._batch: _Batch | None = None

    @classmethod
    def open(cls, folder: Path, patience: Patience = Patience()) -> Self:  # noqa: B008  (a frozen value)
        """The index of the library `folder`; its files are made when something is written."""
        return cls(IndexFiles(folder / "index" / cls.name, folder), patience)

    # -- writing -----------------------------------------------------------------------------------------------
    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        """Put a document's passages in place of what the index holds of that document; `revision` names this state."""
        with self._writing:
            batch = self._begun()
            batch.remove(document.id)
            batch.add(document, [passage for passage in passages if passage.is_body], revision)

    def remove(self, document_id: str) -> None:
        """Take a document's passages out; unknown ids are no error."""
        with self._writing:
            if self._batch or document_id in self.revisions():
                self._begun().remove(document_id)

    def commit(self) -> None:
        """Make everything added and removed since the last commit visible, at once."""
        with self._writing:
            batch, self._batch = self._batch, None
            if batch:
                self._files.commit(batch.writer, batch.columns())

    def clear(self) -> None:
        """Forget everything, visible after `commit`; what was not committed is dropped."""
        with self._writing:
            self._cancel()
            self._batch = _Batch(self._files.writer(self._patience, anew=True), Columns())

    def _begun(self) -> _Batch:
        if self._batch is None:
            writer = self._files.writer(self._patience, anew=False)
            try:
                base = self._files.columns(writer.generation - 1)
            except (EngineError, FileNotFoundError):
                writer.cancel()
                raise
            self._batch = _Batch(writer, base)
        return self._batch

    def _cancel(self) -> None:
        batch, self._batch = self._batch, None
        if batch:
            batch.writer.cancel()

    # -- reading -----------------------------------------------------------------------------------------------
    def revisions(self) -> Mapping[str, str]:
        """Committed document ids with the revision given to `add`."""
        with self._snapshots.newest() as snapshot:
            return dict(snapshot.columns.revisions)

    def search(self, query: Query) -> Results:
        """Answer a query; raises `EngineError` for a damaged index."""
        with self._snapshots.newest() as snapshot:
            return answer(query, snapshot.lookup)

    def count(self) -> int:
        """Number of body passages in the index."""
        with self._snapshots.newest() as snapshot:
            return len(snapshot.columns)

    def values(self, query: Query, facet: str, containing: str = "", limit: int | None = None) -> FacetPage:
        """The values of one facet under every filter but its own, those whose label holds `containing`."""
        with self._snapshots.newest() as snapshot:
            return Answering(replace(query, facet_limit=limit), snapshot.lookup).values(facet, containing)

    def explain(self, query: Query, passage_id: str) -> Explanation | None:
        """The parts of a passage's score; None if the passage does not answer the query."""
        with self._snapshots.newest() as snapshot:
            return Answering(query, snapshot.lookup).explain(passage_id)

    def complete(self, typed: str, limit: int = 10) -> tuple[Completion, ...]:
        """Names (by any alias) and words of the collection that continue what was typed, most frequent first."""
        with self._snapshots.newest() as snapshot:
            return complete(typed, snapshot.lookup, limit)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Words of the collection that start with `prefix`, most frequent first."""
        with self._snapshots.newest() as snapshot:
            return completions(prefix, snapshot.lookup, limit)

    def similar(self, passage_id: str, limit: int = 10) -> tuple[str, ...]:
        """Ids of passages that are most like the given one, best first; empty for an unknown id."""
        with self._snapshots.newest() as snapshot:
            return similar(passage_id, snapshot.lookup, limit)

    def health(self) -> str:
        """Nothing if the engine can answer, else one line saying what is wrong."""
        try:
            self.count()
        except EngineError as error:
            return str(error)
        return ""

    def close(self) -> None:
        """Release files; what was not committed is dropped."""
        with self._writing:
            self._cancel()
            self._snapshots.close()


class _Batch:
    """What was added and removed since the last commit; rows are packed into columns as they come in."""

    def __init__(self, writer: Any, base: Columns) -> None:
        self.writer, self._base = writer, base
        self._next_key = base.next_key
        self._rows: list[Row] = []
        self._parts: list[Columns] = []
        self._revisions: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._dates: dict[str, str] = {}
        self._removed: set[str] = set()

    def remove(self, document_id: str) -> None:
        """Passages written earlier in this batch stay in Whoosh without a row, which no search sees."""
        if document_id in self._revisions:
            self._pack()
            self._parts = [part.without({document_id}) for part in self._parts]
            for facts in (self._revisions, self._titles, self._dates):
                del facts[document_id]
        if document_id in self._base.revisions and document_id not in self._removed:
            self._removed.add(document_id)
            with writing_whoosh():
                self.writer.delete_by_term("document", document_id)

    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        self._revisions[document.id] = revision
        self._titles[document.id] = document.title
        self._dates[document.id] = document.date
        self._rows += [self._written(document, passage) for passage in passages]
        if len(self._rows) >= _PACKED_ROWS:
            self._pack()

    def _written(self, document: Document, passage: Passage) -> Row:
        key, self._next_key = self._next_key, self._next_key + 1
        texts = contents.fields(document, passage)
        words = {field_name(field, stemmed=stemmed): text for field, text in texts.items() for stemmed in (False, True)}
        shown = contents.stored(passage)
        self.writer.add_document(document=document.id, key=key, shown=(shown.text, shown.tags), **words)
        return contents.row(document, passage, key, texts)

    def _pack(self) -> None:
        self._parts.append(Columns.build(self._rows))
        self._rows = []

    def columns(self) -> Columns:
        """The columns after this batch."""
        self._pack()
        facts = Columns(revisions=self._revisions, titles=self._titles, dates=self._dates, next_key=self._next_key)
        return self._base.without(self._removed).joined(*self._parts, facts)

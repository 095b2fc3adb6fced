"""The embedded engine: Whoosh 2.7.4 as an inverted index on disk, and nothing else of it.

Whoosh keeps terms, frequencies, positions and what is shown of a passage; which passages match, their scores and the
facets are worked out over its postings by `search.answering`, as for every engine.

`whoosh_files` tells how a commit stays atomic, `whoosh_postings` how a committed state is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from corpus.model import Document, Passage
from search import contents
from search.columns import Columns, Row
from search.embedded import EmbeddedEngine
from search.engines.patience import Patience
from search.engines.whoosh_fields import field_name
from search.engines.whoosh_files import IndexFiles, Snapshots
from search.engines.whoosh_guard import writing_whoosh
from search.errors import EngineError
from search.packing import Packing
from search.state import State


class WhooshEngine(EmbeddedEngine):
    """An index of passages in a folder."""

    name = "whoosh"

    def __init__(self, files: IndexFiles, patience: Patience) -> None:
        super().__init__()
        self._files, self._patience = files, patience
        self._snapshots = Snapshots(files)

    @classmethod
    def open(cls, folder: Path, patience: Patience = Patience()) -> Self:  # noqa: B008  (a frozen value)
        """The index of the library `folder`; its files are made when something is written."""
        return cls(IndexFiles(folder / "index" / cls.name, folder), patience)

    def _begin(self, *, anew: bool) -> _Batch:
        writer = self._files.writer(self._patience, anew=anew)
        try:
            base = Columns() if anew else self._files.columns(writer.generation - 1)
        except (EngineError, FileNotFoundError):
            writer.cancel()
            raise
        return _Batch(self._files, writer, base)

    @contextmanager
    def _newest(self) -> Iterator[State]:
        with self._snapshots.newest() as snapshot:
            yield snapshot.lookup

    def _release(self) -> None:
        self._snapshots.close()


class _Batch:
    """What was added and removed since the last commit."""

    def __init__(self, files: IndexFiles, writer: Any, base: Columns) -> None:
        self._files, self._writer = files, writer
        self._packing = Packing(base)

    def remove(self, document_id: str) -> None:
        """Passages written earlier in this batch stay in Whoosh without a row, which no search sees."""
        if self._packing.remove(document_id):
            with writing_whoosh():
                self._writer.delete_by_term("document", document_id)

    def add(self, document: Document, passages: Sequence[Passage], revision: str) -> None:
        self._packing.add(document, [self._written(document, passage) for passage in passages], revision)

    def commit(self) -> None:
        self._files.commit(self._writer, self._packing.columns())

    def drop(self) -> None:
        self._writer.cancel()

    def _written(self, document: Document, passage: Passage) -> Row:
        key = self._packing.key()
        texts = contents.fields(document, passage)
        words = {field_name(field, stemmed=stemmed): text for field, text in texts.items() for stemmed in (False, True)}
        shown = contents.stored(passage)
        self._writer.add_document(document=document.id, key=key, shown=(shown.text, shown.tags), **words)
        return contents.row(document, passage, key, texts)

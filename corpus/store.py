"""The library's store: SQLAlchemy Core over SQLite or PostgreSQL. The truth; indexes are derived from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from corpus.errors import LibraryError, NotFound
from corpus.model import BODY_KINDS, Document, Passage
from corpus.report import ExtractionReport
from corpus.rows import (
    PLAIN,
    document_from,
    document_row,
    passage_from,
    passage_row,
    plain_from,
    report_from,
    report_value,
    revision_of,
)
from corpus.schema import documents, passages, sources, version_of
from corpus.sets_store import SetStore
from corpus.source_states import OvertakenError, SourceState, make_room, put, relocate, states
from corpus.store_connection import claim, connect, faults, shared, writing

__all__ = ["FILE_NAME", "OvertakenError", "SourceState", "Store"]

#: Name of the store's file in the library folder.
FILE_NAME = "library.sqlite"
#: Ids per query, below SQLite's limit of bound variables (999 in builds before 3.32).
ID_BATCH = 500
#: A document without its report, which is its largest column and on hardly any page.
_DOCUMENT = sa.select(*(column for column in documents.c if column is not documents.c.report))
#: Documents whose plain passages are kept, 2 MB each if they are long; they are read page after page.
_KEPT = 16
#: A passage without its annotations, as `plain_from` takes it.
_PLAIN = sa.select(*(sa.cast(passages.c[name], sa.Text) if decoded else passages.c[name] for name, decoded in PLAIN))


class Store:
    """Documents, passages, source states and passage sets of one library; safe to share between threads."""

    def __init__(self, engine: sa.Engine, folder: Path) -> None:
        self._engine = engine
        self.folder = folder
        self.sets = SetStore(engine)
        self._plain = lru_cache(maxsize=_KEPT)(self._read_plain)

    @classmethod
    def open(cls, folder: Path, database: str = "") -> Self:
        """Open or create `folder`/library.sqlite or the `database` at that address, migrating an older schema.

        Raises `LibraryError`, as every method does where the database fails.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            engine = connect(folder / FILE_NAME, database)
        except (LibraryError, OSError, DatabaseError, sqlite3.Error) as error:
            reason = str(error).splitlines()[0]
            raise LibraryError(f"cannot open the library {folder}: {reason}") from error
        return cls(engine, folder)

    @property
    def shared(self) -> bool:
        """Whether other machines may use this store too, whose files cannot be seen from here."""
        return shared(self._engine)

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()

    # -- documents -----------------------------------------------------------------------------------------------

    def replace(
        self,
        document: Document,
        content: Sequence[Passage],
        state: SourceState,
        *,
        report: ExtractionReport | None = None,
        seen: Mapping[str, SourceState] | None = None,
    ) -> None:
        """Put the document whole in place of what its source gave before, in one transaction.

        With `seen`, the states that `sources` has told, raises `OvertakenError` where another process has meanwhile
        changed what this would take out.
        """
        row, rows = document_row(document), [passage_row(passage) for passage in content]
        row["report"] = report_value(report) if report else None
        with writing(self._engine) as connection:
            make_room(connection, state, seen)
            connection.execute(sa.insert(documents), {**row, "revision": revision_of(row, rows)})
            if rows:
                connection.execute(sa.insert(passages), rows)
            put(connection, state)

    def remove(self, document_id: str) -> None:
        """Take a document out with its passages and source state."""
        with writing(self._engine) as connection:
            claim(connection, f"document {document_id}")
            connection.execute(sa.delete(documents).where(documents.c.id == document_id))

    def documents(self) -> list[Document]:
        """All documents by id."""
        with self._engine.connect() as connection:
            return [document_from(row) for row in _read(connection, _DOCUMENT.order_by(documents.c.id))]

    def shelf(self) -> list[str]:
        """Ids of all documents, newest first, undated last, those of one date by title."""
        query = sa.select(documents.c.id, documents.c.date, documents.c.title)
        with self._engine.connect() as connection:
            titled = sorted(connection.execute(query), key=lambda row: (row.title.casefold(), row.id))
        return [row.id for row in sorted(titled, key=lambda row: row.date, reverse=True)]

    def document(self, document_id: str) -> Document:
        """One document; raises `NotFound`."""
        found = self.documents_by_id([document_id])
        if not found:
            raise _no_document(document_id)
        return found[0]

    def documents_by_id(self, ids: Sequence[str]) -> list[Document]:
        """Documents in the order of `ids`, unknown ids left out."""
        return [document_from(row) for row in self._rows(_DOCUMENT, documents.c.id, ids)]

    def report(self, document_id: str) -> ExtractionReport | None:
        """How well a document was read, None if it came in before there were reports; raises `NotFound`."""
        self.document(document_id)
        with self._engine.connect() as connection:
            value = connection.scalar(sa.select(documents.c.report).where(documents.c.id == document_id))
        return report_from(value) if value else None

    def reports(self) -> Iterator[tuple[str, ExtractionReport]]:
        """Document ids with their reports by id, documents without one left out."""
        with self._engine.connect() as connection:
            query = sa.select(documents.c.id, documents.c.report).order_by(documents.c.id)
            for row in connection.execute(query):
                if row.report:
                    yield row.id, report_from(row.report)

    def revisions(self) -> dict[str, str]:
        """Document id -> content hash of the document as stored; what an index compares its own state with."""
        with self._engine.connect() as connection:
            query = sa.select(documents.c.id, documents.c.revision).order_by(documents.c.id)
            return {name: revision for name, revision in connection.execute(query)}  # noqa: C416  (rows are no pairs to mypy)

    # -- passages ------------------------------------------------------------------------------------------------

    def passages(self, document_id: str) -> list[Passage]:
        """A document's passages in reading order (headings, titles, outlines included); raises `NotFound`."""
        self.document(document_id)
        with self._engine.connect() as connection:
            return _passages_of(connection, document_id)

    def plain(self, document_id: str) -> Sequence[Passage]:
        """The same without their annotations; those of the last documents asked for are kept; raises `NotFound`."""
        with self._engine.connect() as connection:
            revision = connection.scalar(sa.select(documents.c.revision).where(documents.c.id == document_id))
        if revision is None:
            self.document(document_id)
        return self._plain(document_id, revision)

    def _read_plain(self, document_id: str, _revision: str | None) -> Sequence[Passage]:
        with self._engine.connect() as connection:
            chosen = _PLAIN.where(passages.c.document_id == document_id).order_by(passages.c.sequence)
            return [plain_from(row) for row in connection.execute(chosen).all()]

    def passage(self, passage_id: str) -> Passage:
        """One passage; raises `NotFound`."""
        found = self.passages_by_id([passage_id])
        if not found:
            raise NotFound(f"the library holds no passage {passage_id!r}")
        return found[0]

    def passages_by_id(self, ids: Sequence[str]) -> list[Passage]:
        """Passages in the order of `ids`, unknown ids left out."""
        return [passage_from(row) for row in self._rows(sa.select(passages), passages.c.id, ids)]

    def iterate(self) -> Iterator[tuple[Document, list[Passage]]]:
        """Every document by id with its passages in reading order, one document in memory at a time."""
        for document in self.documents():
            with self._engine.connect() as connection:
                yield document, _passages_of(connection, document.id)

    def corrected(self, values: Collection[str] = ()) -> set[str]:
        """Ids of documents that corrections have changed, and of those where an annotation has one of the values."""
        needles = [json.dumps(value) for value in values]
        written = sa.cast(passages.c.annotations, sa.Text) if needles else sa.literal("")
        query = sa.select(passages.c.document_id, passages.c.automatic.is_not(None), written)
        if not needles:
            query = query.where(passages.c.automatic.is_not(None))
        with self._engine.connect() as connection:
            rows = connection.execute(query)
            return {name for name, changed, text in rows if changed or any(needle in text for needle in needles)}

    def reannotate(self, document_id: str, step: Callable[[Sequence[Passage]], Sequence[Passage]]) -> None:
        """Put other annotations on those passages of a document that the step gives; raises `NotFound`.

        The step is handed the passages as they are when nobody else writes any more; the rest of them stays.
        """
        with writing(self._engine) as connection:
            claim(connection, f"document {document_id}")
            chosen = sa.select(documents).where(documents.c.id == document_id)
            found = connection.execute(chosen).mappings().first()
            if found is None:
                raise _no_document(document_id)
            for row in map(passage_row, step(_passages_of(connection, document_id))):
                changed = {name: row[name] for name in ("annotations", "automatic")}
                connection.execute(sa.update(passages).where(passages.c.id == row["id"]).values(changed))
            row = {name: value for name, value in found.items() if name != "revision"}
            rows = [passage_row(passage) for passage in _passages_of(connection, document_id)]
            revision = {"revision": revision_of(row, rows)}
            connection.execute(sa.update(documents).where(documents.c.id == document_id).values(revision))

    def counts(self) -> dict[str, int]:
        """Numbers of `documents`, body `passages` and `failures`."""
        body = sa.select(sa.func.count()).where(passages.c.kind.in_([kind.value for kind in BODY_KINDS]))
        failed = sa.select(sa.func.count()).where(sources.c.error.is_not(None))
        with self._engine.connect() as connection:
            return {
                "documents": connection.scalar(sa.select(sa.func.count()).select_from(documents)) or 0,
                "passages": connection.scalar(body) or 0,
                "failures": connection.scalar(failed) or 0,
            }

    def size(self) -> int:
        """The number of all passages, headings and other structure included."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0

    # -- sources -------------------------------------------------------------------------------------------------

    def sources(self, *paths: str) -> dict[str, SourceState]:
        """Path of every file seen, or of each of these, -> its state."""
        with self._engine.connect() as connection:
            return states(connection, *paths)

    def quarantine(self, state: SourceState, *, seen: Mapping[str, SourceState] | None = None) -> None:
        """Remember that a file failed and why; what it gave before is removed. `seen` as in `replace`."""
        with writing(self._engine) as connection:
            make_room(connection, state, seen)
            put(connection, state)

    def relocate(self, state: SourceState, path: str) -> None:
        """Know a source by another path from now on, unless another process has changed either of the two."""
        with writing(self._engine) as connection:
            relocate(connection, state, path)

    def forget(self, path: str) -> None:
        """Take out a source that is gone, with the document it gave."""
        with writing(self._engine) as connection:
            make_room(connection, SourceState(path, ""))

    # -- health --------------------------------------------------------------------------------------------------

    def schema_version(self) -> str:
        """The version of the tables as recorded in the store."""
        with self._engine.connect() as connection:
            return version_of(connection) or ""

    def check(self) -> list[str]:
        """What the database complains of in its own data; empty if nothing."""
        with self._engine.connect() as connection:
            return faults(connection)

    def _rows(self, query: sa.Select[Any], key: sa.Column[str], ids: Sequence[str]) -> list[dict[str, Any]]:
        """Rows of the query in the order of `ids`, unknown ids left out."""
        found: dict[str, dict[str, Any]] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(ids), ID_BATCH):
                batch = query.where(key.in_(ids[start : start + ID_BATCH]))
                found.update((row["id"], row) for row in _read(connection, batch))
        return [found[identifier] for identifier in ids if identifier in found]


def _read(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[dict[str, Any]]:
    """The rows of a query by the names of their columns, in less time than SQLAlchemy's own mappings take."""
    found = connection.execute(query)
    names = tuple(found.keys())
    return (dict(zip(names, row, strict=True)) for row in found.all())


def _passages_of(connection: sa.Connection, document_id: str) -> list[Passage]:
    ordered = sa.select(passages).where(passages.c.document_id == document_id).order_by(passages.c.sequence)
    return [passage_from(row) for row in _read(connection, ordered)]


def _no_document(document_id: str) -> NotFound:
    return NotFound(f"the library holds no document {document_id!r}")

"""What ingest last did with every file, and that nobody puts a document in the place of one that he has not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.errors import PinciteError
from corpus.schema import documents, sources
from corpus.store_connection import claim


@dataclass(frozen=True, slots=True)
class SourceState:
    """What ingest last did with a file: its fingerprint, the document it gave, or the reason of its failure."""

    path: str
    fingerprint: str
    document_id: str | None = None
    error: str | None = None


class OvertakenError(PinciteError):
    """Another process has changed what a source gave, or who has the id of its document, since this one looked."""


def states(connection: sa.Connection, *paths: str) -> dict[str, SourceState]:
    """Path -> state of these files, of all that were seen if none is named; by path."""
    query = sa.select(sources).order_by(sources.c.path)
    rows = connection.execute(query.where(sources.c.path.in_(paths)) if paths else query).mappings()
    return {row["path"]: SourceState(**row) for row in rows}


def put(connection: sa.Connection, state: SourceState) -> None:
    """Keep the state of a source that has none."""
    row = {"path": state.path, "fingerprint": state.fingerprint, "document_id": state.document_id, "error": state.error}
    connection.execute(sa.insert(sources), row)


def make_room(connection: sa.Connection, state: SourceState, seen: Mapping[str, SourceState] | None = None) -> None:
    """Take out what the source gave before, and the document that has the id of what it gives now.

    Until the transaction ends nobody else puts anything there. With `seen`, states as of `states`, raises
    `OvertakenError` unless what is taken out stands there.
    """
    claim(connection, f"source {state.path}")
    claim(connection, *(f"document {name}" for name in _documents(connection, state)))
    if seen is not None:
        _demand_seen(connection, state, seen)
    # asked again: while this waited, the document that the source gave may have become another one's
    connection.execute(sa.delete(documents).where(documents.c.id.in_(_documents(connection, state))))
    connection.execute(sa.delete(sources).where(sources.c.path == state.path))


def _documents(connection: sa.Connection, state: SourceState) -> set[str]:
    """The document that the source has given, and the one that it gives."""
    before = states(connection, state.path).get(state.path)
    return {name for name in (state.document_id, before and before.document_id) if name}


def _demand_seen(connection: sa.Connection, state: SourceState, seen: Mapping[str, SourceState]) -> None:
    owners = sa.select(sources.c.path).where(sources.c.document_id == state.document_id)
    paths = {state.path, *connection.scalars(owners)}
    held = states(connection, *paths)
    if any(held.get(path) != seen.get(path) for path in paths):
        raise OvertakenError(f"{state.path} was taken by another process at the same time")


def relocate(connection: sa.Connection, state: SourceState, path: str) -> None:
    """Let a source be known by another path; nothing happens if another process has changed either of the two."""
    claim(connection, *(f"source {name}" for name in (state.path, path)))
    if states(connection, state.path, path) == {state.path: state}:
        connection.execute(sa.update(sources).where(sources.c.path == state.path).values(path=path))

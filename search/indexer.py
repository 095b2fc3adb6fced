"""Keeps an index in step with the store: what changed is indexed, what went is removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from corpus.errors import NotFound
from corpus.store import Store
from search.engine import Engine

#: Passages between two commits: a kill loses no more than their work, and committing stays a small part of it.
COMMIT_EVERY = 5_000

#: Called after every document with the number done, the number to do, and its id.
Progress: TypeAlias = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Ids of the documents whose index changed, and how many were already as stored."""

    indexed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


def sync(store: Store, engine: Engine, *, progress: Progress | None = None) -> SyncReport:
    """Index what the store holds in another revision than the index, remove what it no longer holds, and commit.

    What was committed stays when it is killed, so the next call goes on from there.
    """
    wanted = store.revisions()
    changed, gone = _difference(wanted, engine)
    for document in gone:
        engine.remove(document)
    _index(store, engine, changed, wanted, progress=progress, commit_every=COMMIT_EVERY)
    return SyncReport(tuple(changed), tuple(gone), len(wanted) - len(changed))


def difference(store: Store, engine: Engine) -> tuple[list[str], list[str]]:
    """Ids of the documents that the index lacks in their revision, and of those that the store no longer holds."""
    return _difference(store.revisions(), engine)


def _difference(wanted: Mapping[str, str], engine: Engine) -> tuple[list[str], list[str]]:
    held = engine.revisions()
    changed = sorted(document for document, revision in wanted.items() if held.get(document) != revision)
    return changed, sorted(held.keys() - wanted.keys())


def rebuild(store: Store, engine: Engine, *, progress: Progress | None = None) -> SyncReport:
    """Index everything anew; the index answers from its old state, as far as it can, until the new one is whole."""
    wanted = store.revisions()
    held = {} if engine.health() else engine.revisions()
    engine.clear()
    _index(store, engine, sorted(wanted), wanted, progress=progress, commit_every=None)
    return SyncReport(tuple(sorted(wanted)), tuple(sorted(held.keys() - wanted.keys())))


def _index(
    store: Store,
    engine: Engine,
    documents: Sequence[str],
    revisions: Mapping[str, str],
    *,
    progress: Progress | None,
    commit_every: int | None,
) -> None:
    waiting = 0
    for done, name in enumerate(documents, start=1):
        # a rebuild commits once; else another process may have indexed the document while this one waited for it
        if not commit_every or not engine.holds(name, revisions[name]):
            waiting += _put(store, engine, name, revisions[name])
        if commit_every and waiting >= commit_every:
            engine.commit()
            waiting = 0
        if progress:
            progress(done, len(documents), name)
    engine.commit()


def _put(store: Store, engine: Engine, name: str, revision: str) -> int:
    """Index a document as it is stored now, and tell how many passages it has."""
    try:
        document, passages = store.document(name), store.passages(name)
    except NotFound:  # another process has taken it out since
        engine.remove(name)
        return 0
    engine.add(document, passages, revision)
    return len(passages)

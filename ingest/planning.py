"""What a run has to read: its share of the sources, each with its document id, less what the library holds already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.store import SourceState, Store
from ingest.preparing import Task
from ingest.sources import UNREAD, WITHOUT_MODEL, Source, assign_ids, collection_of


@dataclass(frozen=True, slots=True)
class Share:
    """Part `number` of `of` parts of a collection; a file stays in its part whatever becomes of the others."""

    number: int = 1
    of: int = 1

    def holds(self, source: Source) -> bool:
        """Whether this part has the source."""
        digest = hashlib.sha256(source.name.encode()).digest()
        return int.from_bytes(digest[:8]) % self.of == self.number - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, in view of the `states` that the library had.

    `moved` pairs the state of a file that was seen at another place with what it is known by from now on; `unchanged`
    are names of sources, those of moved ones too; `failed` pairs names with reasons.
    """

    todo: tuple[Task, ...]
    moved: tuple[tuple[SourceState, str], ...]
    unchanged: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    states: Mapping[str, SourceState]


def plan(
    found: Sequence[Source], store: Store, mine: Callable[[Source], bool], make: Callable[[Source, str], Task]
) -> Plan:
    """What to do with those of all sources `found` that are `mine`; `make` turns one with its document id into a task.

    All sources get their ids, so that those who share the work agree on them.
    """
    states = store.sources()
    held = {state.document_id: path for path, state in states.items() if state.document_id}
    ids = assign_ids(found, held)
    todo, moved, unchanged, failed = [], [], [], []
    for source, wanted in zip(found, ids, strict=True):
        if not mine(source):
            continue
        try:
            source.fingerprint  # noqa: B018  (looks at the file)
        except OSError as error:
            failed.append((source.name, error.strerror or str(error)))
            continue
        task = make(source, _safe(source, wanted, store, held, ids))
        before = states.get(source.key) or states.get(held.get(task.document_id, ""))
        if is_new(task, before):
            todo.append(task)
            continue
        unchanged.append(source.name)
        if before and before.path != source.key:
            moved.append((before, source.key))
    return Plan(tuple(todo), tuple(moved), tuple(unchanged), tuple(failed), states)


def is_new(task: Task, state: SourceState | None) -> bool:
    """Whether a source must be read: unseen, changed, or failed last time (its fault may have been passing).

    With `ocr` also one of which scanned pages are unread, with the model one that it has not seen.
    """
    if state is None or state.error is not None:
        return True
    known = state.fingerprint
    known = known if task.model else known.removesuffix(WITHOUT_MODEL)
    known = known if task.ocr else known.removesuffix(UNREAD)
    return known != task.source.fingerprint


def _safe(source: Source, wanted: str, store: Store, held: Mapping[str, str], ids: Sequence[str]) -> str:
    """The wanted id, unless it is that of a file which only other machines see, and which is not the same one."""
    holder = held.get(wanted, source.key)
    if holder == source.key or not store.shared or collection_of(holder):
        return wanted
    if any(document.sha256 == source.sha256 for document in store.documents_by_id([wanted])):
        return wanted
    return next(each for each in source.ids if each not in held and each not in ids)

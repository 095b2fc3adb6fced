"""Files into the library: read, structured and annotated by workers, stored in order by one writer.

A document is stored whole in one transaction, in the order of the files' names. So a run that is killed leaves a
library that holds the first of them, and the next run goes on behind it, to the same end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus import corrections as corrections_file
from corpus.corrections import Corrections, apply
from corpus.store import SourceState, Store
from ingest import sources, workers
from ingest.corrections import refresh
from ingest.limits import Limits
from ingest.preparing import Prepared, Task, load, prepare
from ingest.readers.ocr import SECONDS

#: Bytes of sources below which several workers cost more than they save where each loads the language model and the
#: gazetteers, which takes about as long as reading and annotating this much text.
SMALL_RUN = 1_000_000


@dataclass(frozen=True, slots=True)
class Progress:
    """One file is done: `done` of `total`, its name, and what became of it (`added`, `changed` or `failed: reason`)."""

    done: int
    total: int
    name: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, as source names; `failed` pairs each name with its reason.

    `corrected` are ids of documents that were there before and changed with the corrections alone; `unmet` tells of
    each correction that found nothing to correct.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    corrected: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    jobs: int | None = None,
    cache: Path | None = None,
    ocr: bool = False,
    model: bool = True,
    limits: Limits = Limits(),  # noqa: B008  (a frozen value)
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Bring the files under `paths` into the store; unchanged ones are skipped, changed ones replaced whole.

    `jobs` worker processes read (default: one a processor, none apart for little text). A file that fails is recorded
    with its reason, what it gave before is taken out, and the others go in; so does one that takes more time or memory
    to read than the `limits`. `cache` is a folder that keeps what slow
    readers read, so that only the later steps are done again; with `ocr` scans are read where the program is installed.
    Without `model` no statistical model is asked; a later run with it does these documents again. The corrections in
    the library's folder are put on everything, on documents that have not changed too; `CorrectionsError` is raised
    before anything is done if they cannot be read.
    """
    corrections = corrections_file.load(store.folder)
    found, unseen = sources.find(paths)
    states = store.sources()
    held = {state.document_id: path for path, state in states.items() if state.document_id}
    ids = sources.assign_ids(found, held)
    tasks = [Task(source, identifier, cache, ocr, model) for source, identifier in zip(found, ids, strict=True)]
    todo = [task for task in tasks if _is_new(task, states.get(str(task.source.path)))]
    added: list[str] = []
    changed: list[str] = []
    failed = list(unseen)
    for done, (task, prepared) in enumerate(_prepared(todo, jobs, limits), 1):
        name = task.source.name
        before = states.get(str(task.source.path))
        outcome = _keep(store, task, prepared, corrections, known=before is not None and before.document_id is not None)
        if prepared.document is None:
            failed.append((name, prepared.reason))
        else:
            (changed if outcome == "changed" else added).append(name)
        if progress:
            progress(Progress(done, len(todo), name, outcome))
    unchanged = tuple(task.source.name for task in tasks if task not in todo)
    refreshed = refresh(store, corrections)
    return Report(tuple(added), tuple(changed), unchanged, tuple(failed), refreshed.changed, refreshed.unmet)


def _is_new(task: Task, state: SourceState | None) -> bool:
    """Whether a source must be read: unseen, changed, or failed last time (its fault may have been passing).

    With `ocr` also one of which scanned pages are unread, with the model one that it has not seen.
    """
    if state is None or state.error is not None:
        return True
    known = state.fingerprint
    known = known if task.model else known.removesuffix(sources.WITHOUT_MODEL)
    known = known if task.ocr else known.removesuffix(sources.UNREAD)
    return known != task.source.fingerprint


def _prepared(tasks: Sequence[Task], jobs: int | None, limits: Limits) -> Iterator[tuple[Task, Prepared]]:
    if not tasks:
        return iter(())
    begin = partial(load, model=any(task.model for task in tasks))
    small = sum(task.source.path.stat().st_size for task in tasks) < SMALL_RUN
    wanted = min(jobs or (1 if small else os.cpu_count() or 1), len(tasks))
    if workers.can_fork():
        begin()  # once for all
    job = workers.Job(begin, prepare, partial(_seconds, limits), _refused, limits)
    return workers.ordered(job, tasks, wanted)


def _seconds(limits: Limits, task: Task) -> int:
    """The time that a source may take; recognising scans has a limit of its own besides."""
    return limits.seconds_for(task.source.path.stat().st_size) + (int(SECONDS) if task.ocr else 0)


def _refused(reason: str) -> Prepared:
    return Prepared(reason=reason)


def _keep(store: Store, task: Task, prepared: Prepared, corrections: Corrections, *, known: bool) -> str:
    marks = (sources.UNREAD if prepared.unread else "") + ("" if task.model else sources.WITHOUT_MODEL)
    path, fingerprint = str(task.source.path), task.source.fingerprint + marks
    if prepared.document is None:
        store.quarantine(SourceState(path, fingerprint, error=prepared.reason))
        return f"failed: {prepared.reason}"
    state = SourceState(path, fingerprint, task.document_id)
    passages = apply(corrections, task.document_id, prepared.passages).passages
    store.replace(prepared.document, passages, state, report=prepared.report)
    return "changed" if known else "added"

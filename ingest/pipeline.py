"""Files into the library: read, structured and annotated by workers, stored in order by one writer.

A document is stored whole in one transaction, in the order of the files' names. So a run that is killed leaves a
library that holds the first of them, and the next run goes on behind it, to the same end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from corpus import corrections as corrections_file
from corpus.corrections import Corrections, apply
from corpus.store import OvertakenError, SourceState, Store
from ingest import sources, workers
from ingest.corrections import refresh
from ingest.limits import Limits
from ingest.planning import Plan, Share, is_new, plan
from ingest.preparing import Prepared, Task, load, prepare
from ingest.readers.ocr import SECONDS
from ingest.sources import Source

#: Bytes of sources below which several workers cost more than they save where each loads the language model and the
#: gazetteers, which takes about as long as reading and annotating this much text.
SMALL_RUN = 1_000_000
#: What becomes of a file.
ADDED, CHANGED, UNCHANGED, FAILED = "added", "changed", "unchanged", "failed"
#: Times that a file is done which others change meanwhile, it or what the library holds of it.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """One file is done: `done` of `total`, its name, and what became of it, the reason if it failed."""

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
    share: Share = Share(),  # noqa: B008  (a frozen value)
    collection: str = "",
) -> Report:
    """Bring the files under `paths` into the store; unchanged ones are skipped, changed ones replaced whole.

    `jobs` worker processes read (default: one a processor, none apart for little text). A file that fails is recorded
    with its reason, what it gave before is taken out, and the others go in; so does one that takes more time or memory
    to read than the `limits`. `cache` is a folder that keeps what slow
    readers read, so that only the later steps are done again; with `ocr` scans are read where the program is installed.
    Without `model` no statistical model is asked; a later run with it does these documents again. The corrections in
    the library's folder are put on everything, on documents that have not changed too; `CorrectionsError` is raised
    before anything is done if they cannot be read.

    Of the files only a `share` is done; others may do the rest, or the same, at the same time, on other machines too.
    The files of a named `collection` are known by their names below the path, wherever that is mounted.
    """
    corrections = corrections_file.load(store.folder)
    found, unseen = sources.find(paths, collection)
    run = _Run(store, found, corrections, lambda source, name: Task(source, name, cache, ocr, model), limits)
    planned = run.plan(share.holds)
    done: dict[str, list[str]] = {ADDED: [], CHANGED: [], UNCHANGED: [*planned.unchanged]}
    failed = [*unseen, *planned.failed]
    for number, (task, prepared) in enumerate(_prepared(planned.todo, jobs, limits), 1):
        name = task.source.name
        outcome, reason = run.keep(task, prepared)
        if reason:
            failed.append((name, reason))
        else:
            done[outcome].append(name)
        if progress:
            progress(Progress(number, len(planned.todo), name, f"{outcome}: {reason}" if reason else outcome))
    refreshed = refresh(store, corrections)
    added, changed, unchanged = (tuple(done[outcome]) for outcome in (ADDED, CHANGED, UNCHANGED))
    return Report(added, changed, unchanged, tuple(failed), refreshed.changed, refreshed.unmet)


def _prepared(tasks: Sequence[Task], jobs: int | None, limits: Limits) -> Iterator[tuple[Task, Prepared]]:
    if not tasks:
        return iter(())
    begin = partial(load, model=any(task.model for task in tasks))
    small = sum(task.source.looks[0] for task in tasks) < SMALL_RUN
    wanted = min(jobs or (1 if small else os.cpu_count() or 1), len(tasks))
    if workers.can_fork():
        begin()  # once for all
    job = workers.Job(begin, prepare, partial(_seconds, limits), _refused, limits)
    return workers.ordered(job, tasks, wanted)


def _seconds(limits: Limits, task: Task) -> int:
    """The time that a source may take; recognising scans has a limit of its own besides."""
    return limits.seconds_for(task.source.looks[0]) + (int(SECONDS) if task.ocr else 0)


def _refused(reason: str) -> Prepared:
    return Prepared(reason=reason)


class _Run:
    """One run: what was found, and the store as it was when the run last looked."""

    def __init__(
        self,
        store: Store,
        found: Sequence[Source],
        corrections: Corrections,
        make: Callable[[Source, str], Task],
        limits: Limits,
    ) -> None:
        self._store, self._found, self._corrections, self._make = store, found, corrections, make
        self._limits = limits
        self._seen: Mapping[str, SourceState] = {}

    def plan(self, mine: Callable[[Source], bool]) -> Plan:
        """What to do with the sources that are `mine`; those that have only moved are done."""
        planned = plan(self._found, self._store, mine, self._make)
        for state, key in planned.moved:
            self._store.relocate(state, key)
        self._seen = planned.states
        return planned

    def keep(self, task: Task, prepared: Prepared) -> tuple[str, str]:
        """Store what was made of a source; what became of it, and the reason if it failed.

        Where another process was there first, its work stands if it did the same; else the source is done again, as is
        one that was changed while it was read.
        """
        for _ in range(_ATTEMPTS):
            reason = prepared.reason
            try:
                if not prepared.stale:
                    return self._stored(task, prepared)
            except OvertakenError as error:
                reason = str(error)
            key = task.source.key
            if not is_new(task, self._store.sources(key).get(key)):
                return UNCHANGED, ""
            again = self._again(task.source)
            if not again.todo:
                return (FAILED, again.failed[0][1]) if again.failed else (UNCHANGED, "")
            task = again.todo[0]
            [(_, prepared)] = _prepared([task], 1, self._limits)
        return FAILED, reason

    def _again(self, source: Source) -> Plan:
        """What to do with the source as it is now."""
        fresh = replace(source)
        self._found = [fresh if each.key == source.key else each for each in self._found]
        return self.plan(lambda each: each is fresh)

    def _stored(self, task: Task, prepared: Prepared) -> tuple[str, str]:
        marks = (sources.UNREAD if prepared.unread else "") + ("" if task.model else sources.WITHOUT_MODEL)
        key, fingerprint = task.source.key, task.source.fingerprint + marks
        if prepared.document is None:
            self._store.quarantine(SourceState(key, fingerprint, error=prepared.reason), seen=self._seen)
            return FAILED, prepared.reason
        state = SourceState(key, fingerprint, task.document_id)
        passages = apply(self._corrections, task.document_id, prepared.passages).passages
        self._store.replace(prepared.document, passages, state, report=prepared.report, seen=self._seen)
        before = self._seen.get(key)
        return (CHANGED if before and before.document_id else ADDED), ""

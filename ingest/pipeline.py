"""Files into the library: read, structured and annotated by workers, stored in order by one writer.

A document is stored whole in one transaction, in the order of the files' names. So a run that is killed leaves a
library that holds the first of them, and the next run goes on behind it, to the same end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import catalogue
from corpus import corrections as corrections_file
from corpus.corrections import Corrections, apply
from corpus.errors import PinciteError
from corpus.model import Document, Passage
from corpus.report import ExtractionReport
from corpus.store import SourceState, Store
from ingest import metadata, sources, workers
from ingest.annotate import annotate
from ingest.corrections import refresh
from ingest.readers import read
from ingest.report import report_on
from ingest.sources import Source
from ingest.structure import structure

#: Bytes of sources below which workers cost more than they save: each loads the language model and the gazetteers,
#: which takes about as long as reading and annotating this much text.
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


@dataclass(frozen=True, slots=True)
class Task:
    """A source to be read as the document of this id; `cache` keeps what slow readers read, `ocr` reads scans.

    `model` tells whether the statistical model is asked while it is annotated.
    """

    source: Source
    document_id: str
    cache: Path | None = None
    ocr: bool = False
    model: bool = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a worker made of a source: a document with its passages and report, or the reason why there is none.

    `unread` tells that some of its pages are scans that were not recognised.
    """

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    reason: str = ""
    report: ExtractionReport | None = None
    unread: bool = False


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    jobs: int | None = None,
    cache: Path | None = None,
    ocr: bool = False,
    model: bool = True,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Bring the files under `paths` into the store; unchanged ones are skipped, changed ones replaced whole.

    `jobs` worker processes read (default: one a processor, none apart for little text). A file that fails is recorded
    with its reason, what it gave before is taken out, and the others go in. `cache` is a folder that keeps what slow
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
    for done, (task, prepared) in enumerate(_prepared(todo, jobs), 1):
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


def _prepared(tasks: Sequence[Task], jobs: int | None) -> Iterator[tuple[Task, Prepared]]:
    small = sum(task.source.path.stat().st_size for task in tasks) < SMALL_RUN
    wanted = min(jobs or (1 if small else os.cpu_count() or 1), len(tasks))
    if wanted <= 1:
        return ((task, prepare(task)) for task in tasks)
    crashed = Prepared(reason="the reader broke down on it (out of memory or a fault in a library)")
    return workers.ordered(prepare, tasks, wanted, crashed=crashed)


def prepare(task: Task) -> Prepared:
    """Read, structure and annotate one source; every refusal becomes a reason, nothing is raised for a bad file."""
    source = task.source
    try:
        raw = read(source.path, source.name, cache=task.cache, ocr=task.ocr)
        title = str(source.facts.get("title") or raw.facts.get("title") or "")
        passages = _labelled(structure(task.document_id, raw.blocks, title=title), raw.page_labels)
        facts = metadata.facts_of(passages, raw, name=source.name)
        document = catalogue.document_from(
            {**source.facts, "id": task.document_id},
            source=source.name,
            sha256=source.sha256,
            fallback={name: fact.value for name, fact in facts.items()},
            found={name: fact.where for name, fact in facts.items()},
        )
        report = report_on(raw.blocks, passages, labels=raw.page_labels, unread=raw.unread)
        annotated = annotate(document, passages, model=task.model)
        return Prepared(document, annotated, report=report, unread=bool(raw.unread))
    except PinciteError as error:
        return Prepared(reason=str(error).removeprefix(f"{source.name}: "))


def _labelled(passages: Sequence[Passage], labels: Mapping[int, str]) -> tuple[Passage, ...]:
    """The passages with the labels of their pages, where a page's label is not its count."""
    return tuple(
        replace(passage, page_labels=(labels.get(first, str(first)), labels.get(last, str(last))))
        if passage.page and not labels.keys().isdisjoint({first := passage.page[0], last := passage.page[1]})
        else passage
        for passage in passages
    )


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

"""One source made into a document: read, structured, annotated. What a worker process runs; it knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import catalogue
from corpus.errors import PinciteError
from corpus.model import Document, Passage, PassageKind
from corpus.report import ExtractionReport
from ingest import metadata
from ingest.annotate import annotate
from ingest.annotate.nlp import model_pipeline
from ingest.readers import read
from ingest.report import report_on
from ingest.sources import Source
from ingest.structure import structure

_RESTLESS = "changes again and again while it is read; run the command again when it is at rest"


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

    `unread` tells that some of its pages are scans that were not recognised, `stale` that the file was changed while
    it was read: it is to be read again.
    """

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    reason: str = ""
    report: ExtractionReport | None = None
    unread: bool = False
    stale: bool = False


def load(*, model: bool) -> None:
    """Load the gazetteers and the language model, which would else be done when the first source is annotated."""
    nobody = Document(id="nobody", title="")
    annotate(nobody, [Passage("nobody/p-1", nobody.id, 1, PassageKind.PARAGRAPH, "Nobody met.")], model=model)
    if model:
        model_pipeline()


def prepare(task: Task) -> Prepared:
    """Read, structure and annotate one source; every refusal becomes a reason, nothing is raised for a bad file."""
    prepared = _read(task)
    try:
        return prepared if task.source.is_as_seen() else Prepared(reason=_RESTLESS, stale=True)
    except OSError as error:
        return Prepared(reason=f"went away while it was read ({error.strerror or error})", stale=True)


def _read(task: Task) -> Prepared:
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

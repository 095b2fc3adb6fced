"""Values of the model to rows of the store and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from corpus.errors import LibraryError
from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, NoteCall, Passage, PassageKind
from corpus.report import ExtractionReport, Finding, Severity

Row = dict[str, Any]
Given = ParamSpec("Given")
Made = TypeVar("Made")

#: Columns of a passage without its annotations in the order of its fields, and whether they are to be decoded.
PLAIN = (
    *((name, False) for name in ("id", "document_id", "sequence", "kind", "text", "label")),
    ("section", True),
    ("page_first", False),
    ("page_last", False),
    ("calls", True),
    ("page_labels", True),
)
#: By value, which is several times faster than to call the class; a page reads hundreds of annotations.
_TYPES = {each.value: each for each in AnnotationType}
_FOUND = {each.value: each for each in Found}
_KINDS = {each.value: each for each in PassageKind}


def _whole(read: Callable[Given, Made]) -> Callable[Given, Made]:
    """Tells of a row that holds what was never stored: some database pages can be damaged unnoticed."""

    @wraps(read)
    def told(*given: Given.args, **named: Given.kwargs) -> Made:
        try:
            return read(*given, **named)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            raise LibraryError(f"the library is damaged ({type(error).__name__}): run `pincite doctor`") from error

    return told


def document_row(document: Document) -> Row:
    """All columns but the revision and the report."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "authors": list(document.authors),
        "date": document.date,
        "body": document.body,
        "symbol": document.symbol,
        "url": document.url,
        "doi": document.doi,
        "language": document.language,
        "source": document.source,
        "sha256": document.sha256,
        "details": dict(document.details),
        "provenance": dict(document.provenance),
    }


@_whole
def document_from(row: Mapping[str, Any]) -> Document:
    """The document of a row."""
    values = {key: value for key, value in row.items() if key not in {"revision", "report"}}
    return Document(**{**values, "kind": DocumentKind(row["kind"]), "authors": tuple(row["authors"])})


def passage_row(passage: Passage) -> Row:
    """All columns of the passage; calls and annotations as short lists."""
    first, last = passage.page or (None, None)
    return {
        "id": passage.id,
        "document_id": passage.document_id,
        "sequence": passage.sequence,
        "kind": passage.kind.value,
        "label": passage.label,
        "section": list(passage.section),
        "page_first": first,
        "page_last": last,
        "page_labels": list(passage.page_labels) if passage.page_labels else None,
        "text": passage.text,
        "calls": [[call.number, call.at] for call in passage.calls],
        "annotations": [_annotation_list(ann) for ann in passage.annotations],
        "automatic": None if passage.automatic is None else [_annotation_list(ann) for ann in passage.automatic],
    }


@_whole
def passage_from(row: Mapping[str, Any]) -> Passage:
    """The passage of a row."""
    automatic = row["automatic"]
    return Passage(
        id=row["id"],
        document_id=row["document_id"],
        sequence=row["sequence"],
        kind=_KINDS[row["kind"]],
        text=row["text"],
        label=row["label"],
        section=tuple(row["section"]),
        page=None if row["page_first"] is None else (row["page_first"], row["page_last"]),
        page_labels=_pair(row["page_labels"]),
        calls=tuple(NoteCall(number, at) for number, at in row["calls"]),
        annotations=tuple(map(_annotation_from, row["annotations"])),
        automatic=None if automatic is None else tuple(map(_annotation_from, automatic)),
    )


@_whole
def plain_from(row: Sequence[Any]) -> Passage:
    """A passage without its annotations, of the columns `PLAIN`: long documents have thousands to be read at once."""
    name, document_id, sequence, kind, text, label, section, first, last, calls, labels = row
    return Passage(
        name,
        document_id,
        sequence,
        _KINDS[kind],
        text,
        label,
        _names(section),
        None if first is None else (first, last),
        () if calls == "[]" else tuple(NoteCall(number, at) for number, at in json.loads(calls)),
        (),
        _pair(_names(labels)) if labels else None,
    )


@lru_cache(maxsize=1024)  # a heading comes back with every passage under it
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _pair(labels: Sequence[str] | None) -> tuple[str, str] | None:
    return (labels[0], labels[1]) if labels else None


def _annotation_list(ann: Annotation) -> list[Any]:
    return [ann.start, ann.end, ann.type.value, ann.value, ann.found.value, ann.subtype, ann.articles, ann.confidence]


def _annotation_from(values: Sequence[Any]) -> Annotation:
    start, end, kind, value, found, subtype, articles, confidence = values
    return Annotation(start, end, _TYPES[kind], value, _FOUND[found], subtype, articles, confidence)


def report_value(report: ExtractionReport) -> Row:
    """The report as it stands in its column; findings as short lists."""
    return {
        "counts": dict(report.counts),
        "letters": report.letters,
        "kept": report.kept,
        "pages": report.pages,
        "furniture": [list(line) for line in report.furniture],
        "findings": [[each.severity.value, each.text, each.passage, each.page] for each in report.findings],
    }


@_whole
def report_from(value: Row) -> ExtractionReport:
    """The report of a column's value."""
    findings = (Finding(Severity(severity), *rest) for severity, *rest in value["findings"])
    furniture = ((text, times) for text, times in value["furniture"])
    return ExtractionReport(**{**value, "furniture": tuple(furniture), "findings": tuple(findings)})


def revision_of(document: Row, passages: Sequence[Row]) -> str:
    """Content hash of a document as stored: equal content, equal revision, on every machine."""
    content = json.dumps([document, list(passages)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()

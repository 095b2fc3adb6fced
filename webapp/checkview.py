"""The findings of a check as the page and the API show them: the text with its marks, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from corpus.model import Document, Passage
from corpus.store import Store
from search.checking import Change, Finding, Reason, Report, Verdict
from webapp import links
from webapp.highlighting import cited
from webapp.hits import documents_of
from webapp.language import lazy as _

#: Verdicts as the page names them.
VERDICTS = {
    Verdict.FOUND: _("Found"),
    Verdict.WRONG_PINPOINT: _("Wrong pinpoint"),
    Verdict.QUOTATION_DIFFERS: _("Quotation differs"),
    Verdict.NOT_IN_LIBRARY: _("Not in the library"),
}
#: Reasons as the page tells them.
REASONS = {
    Reason.AT_PLACE: _("The place is there, and what is quoted stands in it."),
    Reason.WHOLE_DOCUMENT: _("The document is in the library; no place in it is cited."),
    Reason.SOURCE_GIVEN: _("No place is cited for these words; they stand here."),
    Reason.NO_SUCH_PLACE: _("The document is in the library, but it has no such place."),
    Reason.OTHER_PLACE: _("These words stand at another place of the document."),
    Reason.OTHER_DOCUMENT: _("These words stand in another document."),
    Reason.WORDS_DIFFER: _("The words are not quite those of the passage."),
    Reason.NO_SUCH_WORDS: _("The work is in the library, but these words are not there, nor elsewhere in the library."),
    Reason.UNKNOWN_WORK: _("The library does not hold this work, so that it cannot be checked here."),
    Reason.UNKNOWN_WORDS: _("No passage of the library holds these words."),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text, with the number and verdict of the finding that it belongs to; number 0 for none."""

    text: str
    number: int = 0
    verdict: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A run of a quotation: kept words, or what is `written` where the source says `source`."""

    written: str
    source: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One finding, complete: the template prints it and decides nothing."""

    number: int
    finding: Finding
    title: str
    sentence: str
    quoted: tuple[Step, ...] = ()
    citation: str = ""
    document: Document | None = None
    passage: Passage | None = None
    cite_as: Markup | None = None


def items(text: str, report: Report, store: Store, style: str) -> tuple[Item, ...]:
    """The findings in the order of the text, with the passages and documents that they lead to."""
    wanted = [finding.passage_id for finding in report.findings if finding.passage_id]
    passages = {passage.id: passage for passage in store.passages_by_id(list(dict.fromkeys(wanted)))}
    named = list(dict.fromkeys(finding.document_id for finding in report.findings if finding.document_id))
    documents = {document.id: document for document in store.documents_by_id(named)}
    documents |= documents_of(store, passages.values())
    return tuple(
        _item(number, text, finding, documents, passages, style=style)
        for number, finding in enumerate(report.findings, start=1)
    )


def pieces(text: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    """The text in runs, each with the finding that it belongs to, of several the first."""
    spans = [(start, end, number) for number, each in enumerate(findings, start=1) for start, end in each.spans]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    for start, end in pairwise(edges):
        owner = next(((number, last) for first, last, number in spans if first <= start and end <= last), None)
        if owner is None:
            yield Piece(text[start:end])
        else:
            number, last = owner
            yield Piece(text[start:end], number, findings[number - 1].verdict, last=end == last)


def record(finding: Finding) -> dict[str, Any]:
    """A finding as the API gives it."""
    return {
        "verdict": finding.verdict,
        "reason": finding.reason,
        "quotation": finding.quotation,
        "citation": finding.citation,
        "document": finding.document_id or None,
        "passage": finding.passage_id or None,
        "url": links.absolute(links.passage_url(finding.passage_id)) if finding.passage_id else None,
        "changes": [_change(change) for change in finding.changes],
        "score": finding.score,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"span": (change.start, change.end), "written": change.written, "source": change.source}


def _item(
    number: int,
    text: str,
    finding: Finding,
    documents: Mapping[str, Document],
    passages: Mapping[str, Passage],
    *,
    style: str,
) -> Item:
    document, passage = documents.get(finding.document_id), passages.get(finding.passage_id)
    return Item(
        number=number,
        finding=finding,
        title=str(VERDICTS[finding.verdict]),
        sentence=str(REASONS[finding.reason]),
        quoted=tuple(_steps(text, finding)),
        citation=text[slice(*finding.citation)] if finding.citation else "",
        document=document,
        passage=passage,
        cite_as=cited(document, passage, style) if document and passage else None,
    )


def _steps(text: str, finding: Finding) -> Iterator[Step]:
    """The quotation in runs of kept and changed words."""
    if not finding.quotation:
        return
    at, end = finding.quotation
    for change in sorted(finding.changes, key=lambda change: (change.start, change.end)):
        yield Step(text[at : change.start])
        yield Step(change.written, change.source, changed=True)
        at = change.end
    yield Step(text[at:end])

"""How well a document was read: what its letters, numbers, notes and page breaks tell, in sentences for readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.model import Passage
from corpus.report import ExtractionReport, Finding, Severity
from ingest.blocks import Block
from ingest.reports.breaks import doubtful_joins, torn_passages
from ingest.reports.letters import Letters, compare
from ingest.reports.notes import unmatched_notes
from ingest.reports.numbering import duplicates, gaps
from ingest.reports.pages import PageNames, empty_pages, unread_pages

#: Lost text is quoted with so many characters; documents with more lost blocks than this are told so in one sentence.
QUOTED, LISTED = 60, 5
#: Letters that a block must lose before it is called lost: fewer are a mark, an ornament or a repaired word.
LEAST_LOST = 4


def report_on(
    blocks: Sequence[Block],
    passages: Sequence[Passage],
    *,
    labels: Mapping[int, str] | None = None,
    unread: Sequence[int] = (),
) -> ExtractionReport:
    """The report on the reading of `blocks` as `passages`; the same for the same document on every machine.

    `labels` are what pages call themselves, by their count, where that differs; `unread` the scanned pages.
    """
    letters = compare(blocks, passages)
    pages_are = PageNames(labels or {})
    pages = {block.page for block in blocks if block.page is not None}
    findings = (
        *_lost(letters, len(passages), pages_are),
        *gaps(passages),
        *duplicates(passages),
        *unmatched_notes(passages),
        *doubtful_joins(blocks, passages, pages_are),
        *torn_passages(passages),
        *unread_pages(unread, pages_are),
        *empty_pages(blocks, unread, pages_are),
    )
    return ExtractionReport(
        counts=dict(sorted(Counter(passage.kind.value for passage in passages).items())),
        letters=letters.total,
        kept=letters.kept,
        pages=max((*pages, *unread), default=0),
        furniture=letters.furniture,
        findings=findings,
    )


def _lost(letters: Letters, passages: int, names: PageNames) -> Iterator[Finding]:
    """Text of the source that stands in no passage."""
    if not passages:
        yield Finding(Severity.FAULT, "No passage came out of this document.")
        return
    lost = [(block, count) for block, count in letters.lost if count >= LEAST_LOST]
    for block, count in lost[:LISTED]:
        text = " ".join(block.text.split())
        shown = text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"
        place = f" of {names.of(block.page)}" if names.differs(block.page) else ""
        yield Finding(Severity.FAULT, f"{count} letters{place} are in no passage: “{shown}”.", page=block.page)
    if rest := lost[LISTED:]:
        total = sum(count for _, count in rest)
        yield Finding(Severity.FAULT, f"{total} more letters in {len(rest)} places are in no passage.")

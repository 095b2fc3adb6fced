"""How well a document was read: what its letters, numbers, notes and page breaks tell, in sentences for readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.model import Passage
from corpus.report import ExtractionReport, Finding, Severity
from ingest.blocks import Block
from ingest.reports.breaks import doubtful_joins, empty_pages, torn_passages
from ingest.reports.letters import Letters, compare
from ingest.reports.notes import unmatched_notes
from ingest.reports.numbering import duplicates, gaps

#: Lost text is quoted with so many characters; documents with more lost blocks than this are told so in one sentence.
QUOTED, LISTED = 60, 5
#: Letters that a block must lose before it is called lost: fewer are a mark, an ornament or a repaired word.
LEAST_LOST = 4


def report_on(blocks: Sequence[Block], passages: Sequence[Passage]) -> ExtractionReport:
    """The report on the reading of `blocks` as `passages`; the same for the same document on every machine."""
    letters = compare(blocks, passages)
    pages = {block.page for block in blocks if block.page is not None}
    findings = (
        *_lost(letters, len(passages)),
        *gaps(passages),
        *duplicates(passages),
        *unmatched_notes(passages),
        *doubtful_joins(blocks, passages),
        *torn_passages(passages),
        *empty_pages(blocks),
    )
    return ExtractionReport(
        counts=dict(sorted(Counter(passage.kind.value for passage in passages).items())),
        letters=letters.total,
        kept=letters.kept,
        pages=max(pages, default=0),
        furniture=letters.furniture,
        findings=findings,
    )


def _lost(letters: Letters, passages: int) -> Iterator[Finding]:
    """Text of the source that stands in no passage."""
    if not passages:
        yield Finding(Severity.FAULT, "No passage came out of this document.")
        return
    lost = [(block, count) for block, count in letters.lost if count >= LEAST_LOST]
    for block, count in lost[:LISTED]:
        text = " ".join(block.text.split())
        shown = text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"
        yield Finding(Severity.FAULT, f"{count} letters are in no passage: “{shown}”.", page=block.page)
    if rest := lost[LISTED:]:
        total = sum(count for _, count in rest)
        yield Finding(Severity.FAULT, f"{total} more letters in {len(rest)} places are in no passage.")

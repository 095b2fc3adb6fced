"""Page breaks and paragraph ends: joins that may be wrong, passages that begin in mid-sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.model import Passage, PassageKind
from corpus.report import Finding, Severity
from ingest.blocks import Block, Shape
from ingest.reports.letters import letters_of
from ingest.reports.numbering import beginning, first_page, listed
from ingest.reports.pages import PageNames

#: Letters on either side of a page break that are looked for in the joined passage.
AROUND = 24
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:No|Dr|Mr|Ms|pp|cf|al))[.!?][\"”’')\]]*$")
_CONTENT = frozenset({Shape.TEXT, Shape.ITEM, Shape.QUOTE})


def doubtful_joins(blocks: Sequence[Block], passages: Sequence[Passage], names: PageNames) -> Iterator[Finding]:
    """Passages put together over a page break although the first page ends with a sentence."""
    spanning: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.page and passage.page[1] > passage.page[0]:
            spanning[passage.page[0]].append(passage)
    content = [block for block in blocks if block.shape in _CONTENT and block.page is not None and block.text.strip()]
    found = []
    for before, after in pairwise(content):
        if before.page == after.page or not _SENTENCE_END.search(before.text.rstrip()):
            continue
        seam = letters_of(before.text[-3 * AROUND :])[-AROUND:] + letters_of(after.text[: 3 * AROUND])[:AROUND]
        joined = next((p for p in spanning[before.page or 0] if seam in letters_of(p.text)), None)
        # a numbered paragraph keeps its unnumbered second half; only plain ones are in doubt
        if joined and joined.label is None and not after.text.lstrip()[:1].islower():
            place = f"at the end of {names.of(before.page or 0)}"
            text = f"Two paragraphs may have been joined {place}: “{beginning(joined.text)}”."
            found.append(Finding(Severity.DOUBT, text, joined.id, before.page))
    yield from listed(found, "more doubtful joins at page ends")


def torn_passages(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Paragraphs that begin with a small letter, unless they go on behind a quotation, a list or a table."""
    found = []
    body = [passage for passage in passages if passage.is_body and passage.kind != PassageKind.FOOTNOTE]
    for before, passage in pairwise([None, *body]):
        led = before is not None and (before.kind != PassageKind.PARAGRAPH or before.text.endswith((":", ";", ",")))
        if passage is None or passage.kind != PassageKind.PARAGRAPH or passage.label or led:
            continue
        if passage.text[:1].islower() and not re.match(r"\S*@|https?:|www\.|[a-z] [A-Z]", passage.text):
            text = f"A paragraph begins in mid-sentence: “{beginning(passage.text)}”."
            found.append(Finding(Severity.DOUBT, text, passage.id, first_page(passage)))
    yield from listed(found, "more paragraphs that begin in mid-sentence")

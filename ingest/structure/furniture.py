"""Running headers, footers and page numbers: recognised by repetition, even when their numbers change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.blocks import Block, Shape

#: Longer lines are text that happens to be said twice.
MAX_LENGTH = 120
#: Repetitions that prove a line of words to be a running header; of a line with changing numbers.
WORDS_TIMES, NUMBERS_TIMES = 3, 2

_SENTENCE_END = re.compile(r"[.,;:!?]$")
#: A list mark that stands on a line of its own: `(1)`, `(a)`.
_ITEM_MARK = re.compile(r"\(\w{1,4}\)")
#: Marks that need no repetition: `- 12 -`, `Page 3 of 9`; job numbers of printed UN documents with or without a page:
#: `V.18-02233 (E)  5`, `12/34 09-52425`; amendment marks of consolidated EU acts: `▼M2`.
_PAGE_MARK = re.compile(
    r"[-–—]\s*\d{1,4}\s*[-–—]|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[▼►]\s*[A-Z]\d*|"
    r"(?:\d{1,3}(?:/\d{1,3})?\s+)?(?:[A-Z]{1,3}\.)?\d{2}-\d{5,6}(?:\s*\([EF]\))?(?:\s+\d{1,3}(?:/\d{1,3})?)?",
    re.IGNORECASE,
)


def without_furniture(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """Blocks that are content, each with whether something was dropped right before it (rules stay as they are)."""
    counts = Counter(_key(block.text) for block in blocks if _may_repeat(block))
    kept, dropped = [], False
    for block in blocks:
        if _is_furniture(block, counts):
            dropped = True
        else:
            kept.append((block, dropped))
            dropped = False
    return kept


def _is_furniture(block: Block, counts: Counter[str]) -> bool:
    if block.shape == Shape.FURNITURE:
        return True
    if not _may_repeat(block):
        return False
    key = _key(block.text)
    if _PAGE_MARK.fullmatch(block.text.strip()):
        return True
    return counts[key] >= (NUMBERS_TIMES if "#" in key else WORDS_TIMES)


def _may_repeat(block: Block) -> bool:
    text = block.text
    return (
        block.shape == Shape.TEXT
        and 0 < len(text) <= MAX_LENGTH
        and not _SENTENCE_END.search(text)
        and not _ITEM_MARK.fullmatch(text)
        and not re.match(r"(?i)(article|chapter|section|annex|appendix|part)\b", text)
    )


def _key(text: str) -> str:
    """Words without their order (left and right pages mirror each other), numbers as `#`."""
    return " ".join(sorted(re.sub(r"\d+", "#", text).casefold().split()))

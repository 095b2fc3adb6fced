"""Running headers, footers and page numbers: recognised by repetition, even when their numbers change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.blocks import Block, Shape
from ingest.structure.enumerators import counted_noun, keyword

#: Longer lines are text that happens to be said twice.
MAX_LENGTH = 120
#: Repetitions that prove a line of words to be a running header; of a line with changing numbers.
WORDS_TIMES, NUMBERS_TIMES = 3, 2
#: Words of a line with a page number that may cut a sentence; longer ones are text that begins or ends with a number.
MARK_WORDS = 10

_SENTENCE_END = re.compile(r"[.,;:!?]$")
#: A list mark that stands on a line of its own: `(1)`, `(a)`.
#: What makes a row of a table, text apart by tabs, a running line.
_PAGE_OF = re.compile(r"\bpage\s+\d{1,4}\b", re.IGNORECASE)
_ITEM_MARK = re.compile(r"\(\w{1,4}\)")
#: Marks that need no repetition: `- 12 -`, `Page 3 of 9`; job numbers of printed UN documents with or without a page:
#: `V.18-02233 (E)  5`, `12/34 09-52425`; amendment marks of consolidated EU acts: `▼M2`.
_PAGE_MARK = re.compile(
    r"\d{4}\]\s+\S.{0,80}|\d{1,4}\s+\S.{0,60}\[vol\..{0,20}|"  # law reviews: `2003] TITLE`, `118 REVIEW [Vol. 9:111`
    r"[-–—]\s*\d{1,4}\s*[-–—]|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[▼►]\s*[A-Z]\d*|"
    r"(?:\d{1,3}(?:/\d{1,3})?\s+)?(?:[A-Z]{1,3}\.)?\d{2}-\d{5,6}(?:\s*\([EF]\))?(?:\s+\d{1,3}(?:/\d{1,3})?)?",
    re.IGNORECASE,
)


def without_furniture(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """Blocks that are content, each with whether something was dropped right before it (rules stay as they are)."""
    running = _running_lines(blocks)
    kept, dropped = [], False
    for place, block in enumerate(blocks):
        if block.shape == Shape.FURNITURE or place in running:
            dropped = True
        else:
            kept.append((block, dropped))
            dropped = False
    return kept


def _running_lines(blocks: Sequence[Block]) -> set[int]:
    """Places of running headers, footers and page marks in text that does not know its pages.

    A mark is known by its form, a line with changing numbers by standing there twice or by cutting a sentence in two,
    a line of words by standing there three times and cutting a sentence or standing beside another such line once.
    """
    places = [place for place, block in enumerate(blocks) if _may_repeat(block)]
    counts = Counter(_key(blocks[place].text) for place in places)
    found = {place for place in places if _is_mark(blocks, place, counts)}
    words = {_key(blocks[place].text) for place in places if _cuts(blocks, place) or {place - 1, place + 1} & found}
    return found | {
        place for place in places if (key := _key(blocks[place].text)) in words and counts[key] >= WORDS_TIMES
    }


def _is_mark(blocks: Sequence[Block], place: int, counts: Counter[str]) -> bool:
    text = blocks[place].text.strip()
    key = _key(text)
    if _PAGE_MARK.fullmatch(text):
        return True
    if "#" not in key:
        return False
    numbered = bool(re.match(r"\d+\s|\S*/", text) or re.search(r"\d$", text)) and len(text.split()) <= MARK_WORDS
    return counts[key] >= NUMBERS_TIMES or (numbered and _cuts(blocks, place))


def _cuts(blocks: Sequence[Block], place: int) -> bool:
    """Whether the line stands between the two halves of a sentence."""
    before = next((b for b in reversed(blocks[:place]) if b.text and b.shape != Shape.FURNITURE), None)
    after = next((b for b in blocks[place + 1 :] if b.text and b.shape != Shape.FURNITURE), None)
    if before is None or after is None or after.shape != Shape.TEXT:
        return False
    return after.text[:1].islower() and not re.search(r"[.!?:;][\"”’)\]]*$", before.text)


def _may_repeat(block: Block) -> bool:
    text = block.text
    return (
        (block.shape == Shape.TEXT or (block.shape == Shape.TABLE and _PAGE_OF.search(text) is not None))
        and 0 < len(text) <= MAX_LENGTH
        and not _SENTENCE_END.search(text)
        and not _ITEM_MARK.fullmatch(text)
        and keyword(text) is None
        and not counted_noun(text)
    )


def _key(text: str) -> str:
    """Words without their order (left and right pages mirror each other), numbers as `#`."""
    return " ".join(sorted(re.sub(r"\d+", "#", text).casefold().split()))

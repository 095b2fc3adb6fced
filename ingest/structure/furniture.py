"""Running headers, footers and page numbers: recognised by repetition, even when their numbers change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.blocks import Block, Shape
from ingest.enumerators import counted_noun, keyword

#: Longer lines are text that happens to be said twice.
MAX_LENGTH = 120
#: Repetitions that prove a line of words to be a running header; of a line with changing numbers.
WORDS_TIMES, NUMBERS_TIMES = 3, 2
#: Words of a line with a page number that may cut a sentence; longer ones are text that begins or ends with a number.
MARK_WORDS = 10

_SENTENCE_END = re.compile(r"[.,;:!]$")
_ENDS = re.compile(r"[.!?:;][\"”’)\]]*$")
#: Words from which a line that ends with a question mark may be a running title; `Why?` is said often.
QUESTION_WORDS = 3
#: What makes a row of a table, text apart by tabs, a running line.
_PAGE_OF = re.compile(r"\bpage\s+\d{1,4}\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,4}")
#: A list mark that stands on a line of its own: `(1)`, `(a)`.
_ITEM_MARK = re.compile(r"\(\w{1,4}\)")
#: Marks that need no repetition: `- 12 -`, `Page 3 of 9`; job numbers of printed UN documents with or without a page:
#: `V.18-02233 (E)  5`, `12/34 09-52425`; amendment marks of consolidated EU acts: `▼M2`.
_PAGE_MARK = re.compile(
    r"\d{4}\]\s+\S.{0,80}|\d{1,4}\s+\S.{0,60}\[vol\..{0,20}|"  # law reviews: `2003] TITLE`, `118 REVIEW [Vol. 9:111`
    r"(?-i:[ivx]{2,6})|"  # the pages of a front: `iii`
    r"[-–—]\s*\d{1,4}\s*[-–—]|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[▼►]\s*[A-Z]\d*(?:\s*[—–-]+)?|"
    r"(?:\d{1,3}(?:/\d{1,3})?\s+)?(?:[A-Z]{1,3}\.)?\d{2}-\d{5,6}(?:\s*\([EF]\))?(?:\s+\d{6}){0,3}"
    r"(?:\s+\d{1,3}(?:/\d{1,3})?)?",
    re.IGNORECASE,
)


#: A line of script that a conversion from a web page left.
_SCRIPT = re.compile(r"/{8,}\S*\$\(|\$\((?:document|function)\b")
#: What a page of a record repeats above or below its number: `A/70/PV.16 29/09/2015`.
_SYMBOL = re.compile(r"(?:\d\d/\d\d/\d{4}\s+)?[A-Z]{1,4}(?:/[\w.]+){1,5}(?:\s+\(\d{4}\))?(?:\s+\d\d/\d\d/\d{4})?")


def without_furniture(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """Blocks that are content, each with whether something was dropped right before it (rules stay as they are)."""
    running = _running_lines(blocks)
    kept, dropped = [], False
    for place, block in enumerate(blocks):
        if block.shape == Shape.FURNITURE or place in running or _SCRIPT.match(block.text):
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
    cutting = _cutting(blocks)
    found = {place for place in places if _is_mark(blocks, place, counts, cuts=place in cutting)}
    found |= {
        place for place in places if _PAGE_NUMBER.fullmatch(blocks[place].text) and {place - 1, place + 1} & found
    }
    found |= {
        place for place in places if _SYMBOL.fullmatch(blocks[place].text.strip()) and {place - 1, place + 1} & found
    }
    words = {_key(blocks[place].text) for place in places if place in cutting or {place - 1, place + 1} & found}
    return found | {
        place for place in places if (key := _key(blocks[place].text)) in words and counts[key] >= WORDS_TIMES
    }


def _is_mark(blocks: Sequence[Block], place: int, counts: Counter[str], *, cuts: bool) -> bool:
    text = blocks[place].text.strip()
    key = _key(text)
    if _PAGE_MARK.fullmatch(text):
        return True
    alone = text.isupper() or _beside_page_number(blocks, place)
    if "#" not in key:
        return alone and len(text.split()) <= MARK_WORDS and cuts
    numbered = bool(re.match(r"\d+\s|\S*/", text) or re.search(r"\d$", text)) and len(text.split()) <= MARK_WORDS
    return counts[key] >= NUMBERS_TIMES or ((numbered or alone) and cuts)


def _beside_page_number(blocks: Sequence[Block], place: int) -> bool:
    """Whether the line before or behind holds a page number alone."""
    near = [blocks[other].text for other in (place - 1, place + 1) if 0 <= other < len(blocks)]
    return any(_PAGE_NUMBER.fullmatch(text) for text in near)


def _cutting(blocks: Sequence[Block]) -> set[int]:
    """Places of the lines that stand between the two halves of a sentence."""
    reading = list(map(_reads_on, blocks))
    opens: list[bool] = []  # whether the running text before a place breaks off in mid-sentence
    broken = False
    for block, reads in zip(blocks, reading, strict=True):
        opens.append(broken)
        broken = not _ENDS.search(block.text) if reads else broken
    found: set[int] = set()
    small = False  # whether the running text behind a place begins small
    for place in range(len(blocks) - 1, -1, -1):
        if opens[place] and small:
            found.add(place)
        if reading[place]:
            small = blocks[place].shape == Shape.TEXT and blocks[place].text[:1].islower()
    return found


def _reads_on(block: Block) -> bool:
    """Whether a block belongs to the running text: notes and page numbers stand between its lines at a page break."""
    aside = block.shape in {Shape.FURNITURE, Shape.NOTE} or _PAGE_NUMBER.fullmatch(block.text)
    return bool(block.text) and not aside


def _may_repeat(block: Block) -> bool:
    text = block.text
    return (
        (block.shape == Shape.TEXT or (block.shape == Shape.TABLE and _PAGE_OF.search(text) is not None))
        and 0 < len(text) <= MAX_LENGTH
        and not _SENTENCE_END.search(text)
        and not _ITEM_MARK.fullmatch(text)
        and keyword(text) is None
        and not counted_noun(text)
        and not (text.endswith("?") and len(text.split()) < QUESTION_WORDS)
    )


def _key(text: str) -> str:
    """Words without their order (left and right pages mirror each other), numbers as `#`."""
    return " ".join(sorted(re.sub(r"\d+", "#", text).casefold().split()))

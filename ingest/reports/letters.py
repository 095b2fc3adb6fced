"""Which letters of a source stand in its passages, which are furniture, and which are lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Passage
from ingest.blocks import Block, Shape

#: A block that does not stand in the passages in one piece (its heading is taken off, a word mended) is looked for in
#: pieces; shorter ones are found anywhere by chance.
SHORTEST = 8
#: A longer block is looked through in steps of a piece, not letter by letter.
LONG = 2000
#: From so many repetitions a line that is missing from the passages is furniture; so is a lone page mark.
REPEATED = 2
#: Longer lines are no marks, whatever they are made of.
MARK_LENGTH = 60
_PAGE_MARK = re.compile(
    r"\W*(?:page|p\.|seite)?\W*(?:\d+|[ivxlc]+)?\W*(?:(?:of|/)\W*\d+)?\W*|[▼►]\s*\w*", re.IGNORECASE
)
#: The letters between two passages, so that nothing is found across their border.
_BORDER = "\n"


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of the blocks that are no furniture (`total`), those of them in passages (`kept`), and where others lie.

    `furniture` pairs each line left out with the number of times; `lost` each other block with its missing letters.
    """

    total: int
    kept: int
    furniture: tuple[tuple[str, int], ...]
    lost: tuple[tuple[Block, int], ...]


def compare(blocks: Sequence[Block], passages: Sequence[Passage]) -> Letters:
    """Look for the letters of every block in the passages' texts, case and everything but letters aside."""
    whole = _BORDER.join(letters_of(passage.text) for passage in passages)
    printed = _BORDER.join(_plain(passage.text) for passage in passages)
    keys = [letters_of(block.text) for block in blocks]
    times = Counter(_without_numbers(block.text) for block in blocks)
    total = kept = place = 0
    furniture: Counter[str] = Counter()
    lost: list[tuple[Block, int]] = []
    for block, key in zip(blocks, keys, strict=True):
        if not key:
            if _plain(block.text) not in printed:
                _count(furniture, block)
            continue
        if block.shape == Shape.FURNITURE:
            _count(furniture, block)
            continue
        found = _found(key, whole, place)
        if found < 0 and (_is_mark(block.text) or times[_without_numbers(block.text)] >= REPEATED):
            _count(furniture, block)
            continue
        total += len(key)
        here = len(key) if found >= 0 else _pieces(key, whole)
        place = found + len(key) if found >= 0 else place
        kept += here
        if here < len(key):
            lost.append((block, len(key) - here))
    return Letters(total, kept, tuple(sorted(furniture.items(), key=lambda line: (-line[1], line[0]))), tuple(lost))


def letters_of(text: str) -> str:
    """The letters of a text in lower case, nothing else."""
    return "".join(filter(str.isalpha, text.casefold()))


def _found(key: str, whole: str, place: int) -> int:
    """Where the letters stand, near the place of the block before if they stand in several places."""
    found = whole.find(key, place)
    return found if found >= 0 else whole.find(key)


def _pieces(key: str, whole: str) -> int:
    """Letters of the key that stand in the whole in pieces, each as long as can be, the last perhaps short."""
    kept = start = ended = 0
    step = 1 if len(key) <= LONG else SHORTEST
    while start < len(key):
        rest = key[start:]
        if (len(rest) < SHORTEST and ended != start) or rest[:SHORTEST] not in whole:
            start += step
            continue
        longest = bisect_left(range(len(rest)), True, key=lambda last: rest[: last + 1] not in whole)
        kept += longest
        ended = start = start + longest
    return kept


def _is_mark(text: str) -> bool:
    """Whether a line is a page mark or a document's symbol, job number or date: no word of small letters, a digit."""
    symbol = len(text) <= MARK_LENGTH and re.search(r"\d", text) and not re.search(r"[^\W\d_A-Z]{2}", text)
    return bool(symbol or _PAGE_MARK.fullmatch(text))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", _plain(text)).casefold()


def _count(furniture: Counter[str], block: Block) -> None:
    text = _plain(block.text)
    if text and block.shape != Shape.RULE and not _PAGE_MARK.fullmatch(text):
        furniture[text] += 1

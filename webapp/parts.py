"""A long document in parts: a page of each opens at once, and the table of contents leads to all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from webapp.order import Entry, level_of

#: Weight of the documents that stand on one page and of the parts of others: bytes of text, and so many for what stands
#: around each passage. Some 350 paragraphs, 50 to 70 KB compressed, and 40 ms of a server.
MOST, EACH = 200_000, 200
#: A part ends before a heading that lies no farther from its even end than this share of it.
_SLACK = 0.1


@dataclass(frozen=True)
class Parts:
    """The parts of a document whose entries these are, at least one."""

    entries: tuple[Entry, ...]

    @cached_property
    def bounds(self) -> tuple[int, ...]:
        """The number of the first entry of each part, and of the end."""
        ends = list(accumulate(map(weight, self.entries), initial=0))
        count = max(1, -(-ends[-1] // MOST))
        cuts = (_cut(self.entries, ends, ends[-1] * number // count, count) for number in range(1, count))
        return tuple(sorted({0, *cuts, len(self.entries)})) if self.entries else (0, 0)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.bounds) - 1

    def held(self, number: int) -> tuple[Entry, ...]:
        """The entries of a part, counted from 1."""
        return self.entries[slice(*self.bounds[number - 1 : number + 1])]

    def before(self, number: int) -> Entry | None:
        """The last entry before a part."""
        at = self.bounds[number - 1]
        return self.entries[at - 1] if at else None

    def of(self, anchor: str) -> int:
        """The part that holds a place, 0 if none does."""
        return self._places.get(anchor, 0)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {
            passage.id.partition("/")[2]: number
            for number, (first, last) in enumerate(pairwise(self.bounds), start=1)
            for entry in self.entries[first:last]
            for passage in entry.passages
        }


def weight(entry: Entry) -> int:
    """What an entry adds to a page."""
    return sum(len(passage.text.encode()) + EACH for passage in entry.passages)


def _cut(entries: Sequence[Entry], ends: Sequence[int], ideal: int, count: int) -> int:
    """Where a part ends that would end at the weight `ideal`: before the highest heading near it, if there is one."""
    slack = int(ends[-1] / count * _SLACK)
    near = range(bisect_left(ends, ideal - slack), bisect_left(ends, ideal + slack + 1))
    headings: Iterator[int] = (at for at in near if 0 < at < len(entries) and entries[at].is_heading)
    best = min(headings, key=lambda at: (level_of(entries[at].passage), abs(ends[at] - ideal)), default=None)
    return bisect_left(ends, ideal) if best is None else best

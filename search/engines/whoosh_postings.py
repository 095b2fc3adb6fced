"""One committed state of a Whoosh index, read as `search.postings.Postings`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from search.cache import Cache
from search.column import Ints
from search.columns import Columns
from search.engines.whoosh_blocks import Block
from search.engines.whoosh_segments import Segment
from search.lookup import Lookup
from search.postings import Posting, Stored, Term
from search.query import Field
from search.vocabulary import Vocabulary

#: Postings kept in memory, 16 bytes each: the commonest words of a million passages, in some 130 MB.
_CACHED_POSTINGS = 8_000_000
#: Places kept in memory, 4 bytes each and 24 a passage: those of the phrases that were asked for last.
_CACHED_PLACES = 4_000_000


_NO_BLOCK = Block(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a term stands: `rows` ascending, the places of row i are `flat[starts[i]:starts[i] + lengths[i]]`."""

    rows: Ints
    starts: Ints
    lengths: Ints
    flat: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.flat)

    def of(self, wanted: Ints) -> dict[int, Sequence[int]]:
        """Row -> places, for the wanted rows that hold the term."""
        if not len(self.rows):
            return {}
        at = np.minimum(np.searchsorted(self.rows, wanted), len(self.rows) - 1)
        at = at[self.rows[at] == wanted]
        lengths = self.lengths[at]
        ends = np.cumsum(lengths)
        flat = self.flat[np.arange(lengths.sum()) + np.repeat(self.starts[at] - ends + lengths, lengths)].tolist()
        bounds = pairwise([0, *ends.tolist()])
        return {row: flat[start:end] for row, (start, end) in zip(self.rows[at].tolist(), bounds, strict=True)}


class Snapshot:
    """The postings of one generation over its segments."""

    def __init__(self, segments: Mapping[str, Segment], columns: Columns, generation: int) -> None:
        self.segments, self.columns, self.generation = segments, columns, generation
        self._postings: Cache[Term, Posting] = Cache(_CACHED_POSTINGS)
        self._places: Cache[Term, _Places] = Cache(_CACHED_PLACES)

    @cached_property
    def _parts(self) -> Sequence[tuple[Segment, Ints]]:
        """The segments, each with the row of every document in it, -1 for what is no longer held."""
        return [(segment, self.columns.rows(segment.keys)) for segment in self.segments.values()]

    @cached_property
    def _places_of_rows(self) -> tuple[Ints, Ints]:
        """Row -> the place of its segment among the parts and its number in the segment."""
        parts, numbers = np.zeros((2, len(self.columns)), np.int64)
        for part, (_, rows) in enumerate(self._parts):
            held = np.flatnonzero(rows >= 0)
            parts[rows[held]], numbers[rows[held]] = part, held
        return parts, numbers

    @cached_property
    def lookup(self) -> Lookup:
        """Matching and frequencies over these postings."""
        return Lookup(self)

    # -- Postings ----------------------------------------------------------------------------------------------
    def posting(self, term: Term) -> Posting:
        """Rows and frequencies, empty for an unknown term."""
        return self._postings.get(term, lambda: self._read(term))

    def positions(self, term: Term, rows: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Row -> ascending places of the term in the field, for those of `rows` that hold it."""
        found = self._places.get(term, lambda: self._read_places(term))
        return found.of(np.fromiter(rows, np.int64, len(rows)))

    def vocabulary(self, field: Field, prefix: str = "") -> Vocabulary:
        """The exact words of a field that start with a prefix."""
        held = [segment.vocabulary(field, prefix) for segment in self.segments.values()]
        return held[0] if len(held) == 1 else Vocabulary(chain.from_iterable(each.words for each in held))

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""
        parts, numbers = self._places_of_rows
        return [self._parts[parts[row]][0].stored(int(numbers[row])) for row in rows]

    # -- reading Whoosh ----------------------------------------------------------------------------------------
    def _blocks(self, term: Term) -> Block:
        """All blocks of a term as one, with rows in place of Whoosh's numbers."""
        found = [_NO_BLOCK]
        for segment, rows in self._parts:
            blocks = map(Block.unpacked, segment.blocks(term))
            found += [block._replace(numbers=rows[block.numbers]) for block in blocks]
        return Block(*map(np.concatenate, zip(*found, strict=True)))

    def _read(self, term: Term) -> Posting:
        rows, times, _ = self._blocks(term)
        order = _ascending(rows)
        return Posting(rows[order], times[order].astype(np.float64))

    def _read_places(self, term: Term) -> _Places:
        rows, lengths, flat = self._blocks(term)
        starts = np.cumsum(lengths) - lengths
        order = _ascending(rows)
        return _Places(rows[order], starts[order], lengths[order], flat.astype(np.uint32))


def _ascending(rows: Ints) -> Ints:
    """The postings by row, those of passages that are no longer held left out."""
    return np.argsort(rows)[np.count_nonzero(rows < 0) :]

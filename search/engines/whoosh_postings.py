"""One committed state of a Whoosh index, read as `search.postings.Postings`."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.cache import Cache
from search.column import Ints
from search.columns import Columns
from search.engines.whoosh_blocks import Block, blocks, keys
from search.engines.whoosh_fields import field_name
from search.engines.whoosh_guard import reading_whoosh
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
    """The postings of one generation. Whoosh's files have one reading position, so one thread at a time reads."""

    def __init__(self, reader: Any, columns: Columns, generation: int) -> None:
        self.columns, self.generation = columns, generation
        self._leaves: list[tuple[Any, int]] = reader.leaf_readers() if reader else []
        self._reader = reader
        self._lock = threading.RLock()
        self._postings: Cache[Term, Posting] = Cache(_CACHED_POSTINGS)
        self._places: Cache[Term, _Places] = Cache(_CACHED_PLACES)
        self._vocabularies: dict[Field, Vocabulary] = {}

    def close(self) -> None:
        """Release the files."""
        if self._reader:
            self._reader.close()
            self._reader = None

    @cached_property
    def _rows(self) -> Ints:
        """Whoosh's document number -> row, -1 for what is no longer held."""
        with self._lock, reading_whoosh():
            return self.columns.rows(np.concatenate([_NO_BLOCK.numbers, *(keys(leaf) for leaf, _ in self._leaves)]))

    @cached_property
    def _numbers(self) -> Ints:
        """Row -> Whoosh's document number."""
        numbers = np.zeros(len(self.columns), np.int64)
        held = self._rows >= 0
        numbers[self._rows[held]] = np.flatnonzero(held)
        return numbers

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
        """The exact words of a field that start with a prefix; without one they are kept."""
        with self._lock, reading_whoosh():
            if not prefix:
                return self._whole_vocabulary(field)
            name = field_name(field, stemmed=False)
            return Vocabulary(text.decode() for leaf, _ in self._leaves for text in leaf.expand_prefix(name, prefix))

    def _whole_vocabulary(self, field: Field) -> Vocabulary:
        if field not in self._vocabularies:
            name = field_name(field, stemmed=False)
            words = (text.decode() for leaf, _ in self._leaves for text in leaf.lexicon(name))
            self._vocabularies[field] = Vocabulary(words)
        return self._vocabularies[field]

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""
        with self._lock, reading_whoosh():
            return [Stored(*self._reader.stored_fields(int(self._numbers[row]))["shown"]) for row in rows]

    # -- reading Whoosh ----------------------------------------------------------------------------------------
    def _blocks(self, term: Term) -> Block:
        """All blocks of a term as one, with rows in place of Whoosh's numbers."""
        name = field_name(term.field, stemmed=term.stemmed)
        parts = [_NO_BLOCK]
        with self._lock, reading_whoosh():
            for leaf, offset in self._leaves:
                found = blocks(leaf, name, term.text)
                parts += [block._replace(numbers=self._rows[block.numbers + offset]) for block in found]
        return Block(*map(np.concatenate, zip(*parts, strict=True)))

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

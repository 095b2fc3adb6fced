"""How postings lie in Whoosh's files: in its own blocks, but packed, and read a whole term at a time.

Whoosh packs a block as a pickle of numbers and texts, and reads it posting by posting. Here the numbers of a block
stand side by side, as narrow as the largest allows, so that a term is read without a step of Python per posting.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter
from whoosh.reading import TermNotFound
from whoosh.writing import PostingPool

from search.column import Ints
from search.engines.whoosh_fields import KEY, PLACE

#: Postings of a block, 64 times Whoosh's: a whole term is read, so nothing is won by skipping.
_LIMIT = 8_192

#: Postings of a run that are read together, some 50 KB.
_TOGETHER = 256

#: Type and bytes of an array. The bytes go as text, which pickles without a call; those of small numbers are as short.
_Packed: TypeAlias = tuple[str, str]
#: A block as it lies in the file: gaps between document numbers, times, places.
PackedBlock: TypeAlias = tuple[_Packed, _Packed, _Packed]


def _packed(numbers: NDArray[np.integer]) -> _Packed:
    narrow = numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
    return narrow.dtype.str, narrow.tobytes().decode("latin-1")


def _unpacked(packed: _Packed) -> Ints:
    kind, text = packed
    return np.frombuffer(text.encode("latin-1"), np.dtype(kind)).astype(np.int64)


class Block(NamedTuple):
    """Document numbers ascending, how often each holds the term, and the places, one passage after the other."""

    numbers: Ints
    times: Ints
    places: Ints

    @classmethod
    def unpacked(cls, block: PackedBlock) -> Self:
        """A block as it lies in the file, in numbers."""
        gaps, times, places = map(_unpacked, block)
        return cls(np.cumsum(gaps), times, places)


class _Writer(W3PostingsWriter):  # type: ignore[misc]  # Whoosh publishes no types
    """Whoosh's writer of blocks, with another form of what a block holds."""

    def _mini_ids(self) -> _Packed:
        ids = np.array([0, *self._ids], np.int64)
        return _packed(ids[1:] - ids[:-1])

    def _mini_weights(self) -> _Packed:
        return _packed(np.array(self._weights, np.int64))

    def _mini_values(self) -> _Packed:
        return _packed(np.frombuffer(b"".join(self._values), np.dtype(PLACE)))


class _Matcher(W3LeafMatcher):  # type: ignore[misc]  # Whoosh publishes no types
    """Whoosh's reader of postings, over these blocks; it steps when segments are merged and documents deleted."""

    def block(self) -> PackedBlock:
        """The block that the matcher stands in."""
        if self._data is None:
            self._read_data()
        gaps, times, places = self._data
        return gaps, times, places

    def blocks(self) -> Iterator[PackedBlock]:
        """The blocks from here to the end."""
        while self.is_active():
            yield self.block()
            self._next_block()

    def _read_ids(self) -> None:
        self._ids = tuple(Block.unpacked(self.block()).numbers.tolist())

    def _read_weights(self) -> None:
        self._weights = tuple(map(float, Block.unpacked(self.block()).times.tolist()))

    def _read_values(self) -> None:
        block = Block.unpacked(self.block())
        parts = np.split(block.places.astype(PLACE), np.cumsum(block.times)[:-1])
        self._values = tuple(part.tobytes() for part in parts)


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh publishes no types
    """Whoosh's files with these blocks in them."""

    length_stats = False  # lengths are kept in the columns; Whoosh would look for a file of them at every posting

    def __init__(self) -> None:
        super().__init__(blocklimit=_LIMIT, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """A writer of terms."""
        return _Writer(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """A reader of one term."""
        return _Matcher(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)


class Runs(PostingPool):  # type: ignore[misc]  # Whoosh publishes no types
    """The sorted runs of postings that a writer sets aside on its way, many in a pickle."""

    def _write_run(self, f: Any, items: Iterable[tuple[Any, ...]]) -> None:
        with f:
            waiting = iter(items)
            while some := tuple(islice(waiting, _TOGETHER)):
                pickle.dump(some, f, pickle.HIGHEST_PROTOCOL)

    def _read_run(self, path: str) -> Iterator[tuple[Any, ...]]:
        with self._open_run(path) as file, suppress(EOFError):
            while True:
                yield from pickle.load(file)  # noqa: S301  (written above, in our own folder, and read under guard)
        self._remove_run(path)


def packed_blocks(leaf: Any, name: str, text: str) -> Sequence[PackedBlock]:
    """The blocks of a term in one segment, those of deleted documents included; none if it lacks the term."""
    try:
        matcher = leaf.postings(name, text)
    except TermNotFound:
        return ()
    whole = getattr(matcher, "child", matcher)  # a segment with deletions has a filter around its matcher,
    whole.reset()  # which has moved it already
    return tuple(whole.blocks())


def keys(leaf: Any) -> Ints:
    """The key of each document of a segment, deleted ones included."""
    reader = leaf.column_reader("key", translate=False)
    found = np.zeros(leaf.doc_count_all(), np.int64)  # Whoosh leaves zeros at the end out
    count = min(reader._count, len(found))  # noqa: SLF001  (Whoosh offers single values alone; the version is pinned)
    found[:count] = np.frombuffer(reader._dbfile.get(reader._basepos, count * KEY.itemsize), KEY)  # noqa: SLF001
    return found

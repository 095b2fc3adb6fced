"""Numbers of documents under which a cluster counts them exactly, though its counting is made for estimates.

`cardinality` is HyperLogLog++ (Heule, Nunkesser and Hall, "HyperLogLog in Practice", 2013). It hashes what it counts;
of the hash it keeps the first 25 bits one by one (section 5.3.3) while they are few, then how many of 2^p registers are
empty, p being the precision. Both lose count only where two hashes begin alike. The hash is MurmurHash3 (Appleby,
`MurmurHash3_x64_128`, of which the first half is taken), and of sixteen bytes it can be turned round: so every document
gets the sixteen bytes whose hash begins with its own place. A field of addresses (`ip`) keeps just sixteen bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address
from typing import Any

#: Bits of a hash that are kept one by one.
_KEPT = 25
#: Precisions, and the estimates up to which empty registers are what is counted (thresholds of the paper's appendix).
_THRESHOLDS = {
    10: 900,
    11: 1_800,
    12: 3_100,
    13: 6_500,
    14: 11_500,
    15: 20_000,
    16: 50_000,
    17: 120_000,
    18: 350_000,
}
#: The highest precision.
_LAST = 18
#: Bytes that the values of one facet may take in each part of an index.
_ROOM = 4 << 20
#: The share of a register's four bytes, and of these places, that may be filled by what is kept one by one.
_BYTES, _FILLED = 4, 0.75
#: Below this share of what is kept one by one a count is surely no estimate.
_SURE = 0.9
#: The most that a cluster takes for the threshold from which it works out the precision.
_MOST = 40_000
#: The threshold for values of a facet, of which there are seldom more.
_DIFFERENT = 6_000
#: What follows the bits that differ among the first places.
_BLOCKS = 1 << _KEPT - _LAST
#: Even factors without a pattern, by which places are scattered.
_SCATTER = (0x3D20ADEA, 0x05526C56, 0x53A22864)
_WORD = (1 << 64) - 1
#: The constants of the hash, and the factors that undo its multiplications.
_C1, _C2, _N1, _N2 = 0x87C37B91114253D5, 0x4CF5AD432745937F, 0x52DCE729, 0x38495AB5
_UNDO_C1, _UNDO_C2, _UNDO_5 = (pow(factor, -1, 1 << 64) for factor in (_C1, _C2, 5))
_UNDO_MIX = tuple(pow(factor, -1, 1 << 64) for factor in (0xC4CEB9FE1A85EC53, 0xFF51AFD7ED558CCD))
_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Counting:
    """Counting with one precision in an index that has given out so many numbers."""

    precision: int
    given: int

    @classmethod
    def of(cls, given: int, passages: int | None = None, values: int = 1) -> Counting:
        """What is exact for the documents of so many passages, as far as so many values leave room for it."""
        wanted = given if passages is None else min(given, passages)
        fits = [each for each in _THRESHOLDS if values << each <= _ROOM] or [min(_THRESHOLDS)]
        return cls(next((each for each in fits if cls(each, given).most >= wanted), fits[-1]), given)

    @property
    def aggregation(self) -> dict[str, Any]:
        """Counts documents."""
        return {"cardinality": {"field": "number", "precision_threshold": min(self._singly - 1, _MOST)}}

    @property
    def most(self) -> int:
        """Documents of a value up to which the count is exact."""
        if self.given > self._registers:
            return int(_SURE * self._singly)
        return math.floor(_fewer(_THRESHOLDS[self.precision], self._registers))

    def documents(self, estimate: int) -> int:
        """The number of documents from what the cluster makes of it: it adds the collisions that it expects."""
        singly = different_of(estimate)
        if singly <= self._singly:
            return singly
        if estimate > _THRESHOLDS[self.precision]:
            return estimate
        return round(_fewer(estimate, max(self._registers, self.given)))

    @property
    def _registers(self) -> int:
        return 1 << self.precision

    @property
    def _singly(self) -> int:
        return int(_FILLED * self._registers / _BYTES)


def different(field: str) -> dict[str, Any]:
    """Counts the values of a field: exactly up to some 6,000, but for two that collide."""
    return {"cardinality": {"field": field, "precision_threshold": _DIFFERENT}}


def different_of(estimate: int) -> int:
    """The number of things that are kept one by one from what the cluster makes of it."""
    return round(_fewer(estimate, 1 << _KEPT))


def _fewer(estimate: int, places: int) -> float:
    return places * -math.expm1(-estimate / places)


@lru_cache(maxsize=16)  # all passages of a document have the same
def number_of(place: int) -> str:
    """The number of a document by its place, as an address.

    The hashes of the first 2^25 places differ in their first 25 bits, those of the first 2^p also in their first p, up
    to 18; else they look random.
    """
    block, low = divmod(place % (1 << _KEPT), 1 << _LAST)
    for factor in _SCATTER:  # no bit acts on a lower one: with the bits turned round, the first ones stay different
        low = (low ^ low * factor) * (factor + 1) % (1 << _LAST)
    held = low * _C1 & _WORD
    for shift in (40, 50):  # a permutation of the blocks for every low part
        block = (block * (held >> shift | 1) + (held >> shift + 7)) % _BLOCKS
        block ^= block >> 3
    first = int(f"{low:0{_LAST}b}"[::-1], 2) * _BLOCKS + block
    return str(IPv6Address(_bytes(first << (64 - _KEPT) | held * _C2 % (1 << 64 - _KEPT), held)))


def _bytes(hashed: int, other: int) -> bytes:
    """The bytes of which the hash is `hashed`, one for each `other`."""
    second = other
    first = _unmixed(hashed - second & _WORD)
    second = _unmixed(second)
    second = second - first & _WORD
    first = first - second & _WORD
    first, second = first ^ _LENGTH, second ^ _LENGTH
    second = (second - _N2) * _UNDO_5 & _WORD
    second = _turned(second - first & _WORD, 33)
    first = (first - _N1) * _UNDO_5 & _WORD
    first = _turned(first, 37)
    first = _turned(first * _UNDO_C2 & _WORD, 33) * _UNDO_C1 & _WORD
    second = _turned(second * _UNDO_C1 & _WORD, 31) * _UNDO_C2 & _WORD
    return first.to_bytes(8, "little") + second.to_bytes(8, "little")


def _unmixed(value: int) -> int:
    for factor in _UNDO_MIX:
        value = (value ^ value >> 33) * factor & _WORD
    return value ^ value >> 33


def _turned(value: int, places: int) -> int:
    """The bits of a word turned to the left."""
    return (value << places | value >> (64 - places)) & _WORD

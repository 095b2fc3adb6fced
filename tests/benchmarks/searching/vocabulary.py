"""Made-up words whose analysis changes nothing, so that engines with different stemmers hold the same terms.

Frequencies follow Zipf's law over 200,000 words, from which Heaps' law follows: the number of distinct words grows
with the collection, from about 16,000 in 1,000 passages to 185,000 in 100,000.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

WORDS = 200_000
#: With this exponent the growth above is near that of newspapers (Manning, Raghavan, Schütze 2008, section 5.1.1).
EXPONENT = 1.1
_SEED = 1945
_SYLLABLES = tuple(map("".join, product("bdfgklmnprtv", "aiou")))
#: Ends that no English stemmer takes for a suffix.
_ENDS = "bfkpv"


class Zipf:
    """Numbers from 0 below `size`, number n in proportion to `(n + 1) ** -EXPONENT`."""

    def __init__(self, size: int) -> None:
        weights = np.arange(1.0, size + 1) ** -EXPONENT
        self.shares: NDArray[np.float64] = weights / weights.sum()
        self._bounds = np.cumsum(self.shares)[:-1]

    def draw(self, chance: np.random.Generator, count: int) -> NDArray[np.int64]:
        """So many numbers."""
        return np.searchsorted(self._bounds, chance.random(count)).astype(np.int64)


@cache
def vocabulary() -> tuple[str, ...]:
    """The words by frequency, most frequent first; short ones are the frequent ones, as in any language."""
    chance = np.random.default_rng(_SEED)
    found: list[str] = []
    for syllables in (1, 2, 3):
        parts = (*(_SYLLABLES,) * syllables, _ENDS)
        every = np.array(list(map("".join, product(*parts))))
        found += chance.permutation(every)[: WORDS - len(found)].tolist()
    return tuple(found)


@cache
def zipf(size: int) -> Zipf:
    """The distribution over so many numbers, made once."""
    return Zipf(size)


def prefix_shares(letters: int) -> dict[str, float]:
    """The share of all words that start with a prefix of so many letters and go on, by prefix."""
    shares: dict[str, float] = {}
    for word, share in zip(vocabulary(), zipf(WORDS).shares.tolist(), strict=True):
        if len(word) > letters:
            shares[word[:letters]] = shares.get(word[:letters], 0.0) + share
    return shares

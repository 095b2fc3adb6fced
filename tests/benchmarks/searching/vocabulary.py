"""Made-up words whose analysis changes nothing, so that engines with different stemmers hold the same terms.

Frequencies follow Zipf's law over 200,000 words, from which Heaps' law follows: the number of distinct words grows
with the collection, from about 16,000 in 1,000 passages to 185,000 in 100,000.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, product

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


def starting(prefix: str) -> list[int]:
    """Ranks of the words that start with the prefix."""
    return [rank for rank, word in enumerate(vocabulary()) if word.startswith(prefix)]


def prefixes(letters: int, among: int) -> list[str]:
    """The first letters of the `among` most frequent words that are longer, each once."""
    return list(dict.fromkeys(word[:letters] for word in islice(vocabulary(), among) if len(word) > letters))

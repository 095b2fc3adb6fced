"""The words of a field, in memory, and those of them that are spelled alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.spelling import within

#: Letters are told apart by their code modulo this, one bit each.
_BITS = 64


class Vocabulary:
    """Distinct words, sorted."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted(set(words)))

    def __len__(self) -> int:
        return len(self.words)

    def near(self, word: str, edits: int) -> list[str]:
        """The words within so many edits of a word, sorted; a swap of neighbours is one edit.

        An edit changes a word's length by one at most and its set of letters by two at most, which leaves few words to
        compare letter by letter.
        """
        lengths, letters = self._shapes
        changed = np.bitwise_count(letters ^ np.uint64(_letters(word)))
        candidates = np.flatnonzero((np.abs(lengths - len(word)) <= edits) & (changed <= 2 * edits))
        return [other for other in map(self.words.__getitem__, candidates) if within(other, word, edits)]

    @cached_property
    def _shapes(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        lengths = np.fromiter(map(len, self.words), np.int64, len(self.words))
        return lengths, np.fromiter(map(_letters, self.words), np.uint64, len(self.words))


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << ord(letter) % _BITS
    return found

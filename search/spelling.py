"""How far apart two words are spelled."""

from __future__ import annotations


def within(word: str, other: str, edits: int) -> bool:
    """Whether the words differ by at most `edits` letters added, dropped, changed or swapped with their neighbour."""
    return distance(word, other, edits) <= edits


def distance(word: str, other: str, limit: int) -> int:
    """The optimal string alignment distance, or any number above `limit` once it is known to be above."""
    if abs(len(word) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, start=1):
        this = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        if min(this) > limit and min(last) > limit:
            return limit + 1
        before, last = last, this
    return last[-1]

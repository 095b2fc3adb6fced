"""Counting phrases and proximity windows in lists of places."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heapreplace


def phrases(places: Sequence[Sequence[int]]) -> int:
    """How often the words stand side by side in order; `places` holds each word's ascending positions."""
    starts = set(places[0])
    for offset, held in enumerate(places[1:], start=1):
        starts &= {place - offset for place in held}
    return len(starts)


def windows(places: Sequence[Sequence[int]], distance: int) -> int:
    """How many shortest windows hold all words, each at its own place, with at most `distance` other words inside."""
    heap = [(held[0], word, 0) for word, held in enumerate(places)]
    last = max(place for place, _, _ in heap)
    heapify(heap)
    found = 0
    while True:
        first, word, index = heap[0]
        distinct = len({place for place, _, _ in heap}) == len(heap)
        if distinct and last - first + 1 - len(places) <= distance:
            found += 1
        if index + 1 == len(places[word]):
            return found
        following = places[word][index + 1]
        last = max(last, following)
        heapreplace(heap, (following, word, index + 1))

"""What a tantivy index keeps of a passage besides its terms: what is shown, and all its words with their places."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, islice
from typing import TypeAlias

from search.positions import phrases, windows
from search.postings import Stored

#: Type of the places of stems as they are kept, four bytes each.
_PLACE = "I"

#: A field: the folded words of each part and its stems, one between two spaces, and the places of the stems.
Written: TypeAlias = tuple[Sequence[str], str, Sequence[int]]


def packed(shown: Stored, fields: Sequence[Written]) -> tuple[bytes, bytes]:
    """What is shown with the words of the fields, and the places of all stems."""
    words = [(parts, stems) for parts, stems, _ in fields]
    places = array(_PLACE, chain.from_iterable(places for _, _, places in fields))
    return json.dumps((shown.text, shown.tags, words), ensure_ascii=False).encode(), places.tobytes()


def stored(shown: bytes) -> Stored:
    """What is shown."""
    text, tags, _ = json.loads(shown)
    return Stored(text, tuple(map(tuple, tags)))


def words(shown: bytes, places: bytes) -> tuple[Words, ...]:
    """The words of the fields, in the order in which they were packed."""
    _, _, fields = json.loads(shown)
    left = iter(array(_PLACE, places))
    held = [(parts, stems.split()) for parts, stems in fields]
    return tuple(Words(parts, stems, list(islice(left, len(stems)))) for parts, stems in held)


class Words:
    """What a passage holds in one field: the folded words of each part, and all stems with their places."""

    def __init__(self, parts: Sequence[str], stems: Sequence[str], places: Sequence[int]) -> None:
        self._parts = [tuple(part.split()) for part in parts]
        self._places: dict[str, list[int]] = defaultdict(list)
        for text, place in zip(stems, places, strict=True):
            self._places[text].append(place)
        self.exact = frozenset(chain(*self._parts))

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def times(self, stem: str) -> int:
        """How often a stem stands."""
        return len(self._places.get(stem, ()))

    def spelled(self, so: Callable[[str], bool]) -> int:
        """How often a folded word stands that is spelled so."""
        return sum(map(so, chain.from_iterable(self._parts)))

    def phrase(self, wanted: tuple[str, ...]) -> int:
        """How often folded words stand side by side in order."""
        if not self.exact.issuperset(wanted):
            return 0
        return sum(
            part[at : at + len(wanted)] == wanted
            for part in self._parts
            for at, word in enumerate(part)
            if word == wanted[0]
        )

    def adjacent(self, stems: Sequence[str]) -> int:
        """How often stems stand side by side in order."""
        found = self._all(stems)
        return phrases(found) if found else 0

    def near(self, stems: Sequence[str], distance: int) -> int:
        """How often stems stand with at most so many words between them."""
        found = self._all(stems)
        return windows(found, distance) if found else 0

    def _all(self, stems: Sequence[str]) -> list[list[int]]:
        """The places of stems, none at all unless all of them stand."""
        found = [self._places.get(stem, []) for stem in stems]
        return found if all(found) else []

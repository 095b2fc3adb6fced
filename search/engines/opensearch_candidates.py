"""Some passages of a cluster as a state of their own: ranked closely and marked, with the numbers of the whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search import contents
from search.columns import Columns
from search.engines.opensearch_index import TOGETHER, exact_name, row_of, stem_name
from search.lookup import Lookup
from search.matching import Matching, confined
from search.postings import Posting, Stored, Term
from search.query import And, Field, Node, Not, Or, Word
from search.rows import Rows
from search.vocabulary import Vocabulary


@dataclass(frozen=True)
class _Columns(Columns):
    """Columns of some passages, whose lengths are compared with the average of all."""

    averages: Mapping[str, float] = field(default_factory=dict)

    def dilution(self, name: str, share: float) -> NDArray[np.float64]:
        """Length of a field relative to the average of the whole index."""
        relative = self.lengths[name] / (self.averages.get(name) or 1.0)
        return (1 - share + share * relative).astype(np.float64)


class Candidates:
    """`search.postings.Postings` over entries of an index."""

    def __init__(self, found: Iterable[Mapping[str, Any]], averages: Mapping[str, float]) -> None:
        self.entries = sorted(found, key=lambda entry: (entry["document"], entry["sequence"]))
        held = Columns.build(row_of(entry, place) for place, entry in enumerate(self.entries))
        self._columns = _Columns(
            held.passage_ids, held.keys, held.sequences, held.lengths, held.columns, averages=averages
        )
        self._found: dict[Term, dict[int, list[int]]] = {}

    @property
    def columns(self) -> Columns:
        """Facets, documents and lengths of every row."""
        return self._columns

    def posting(self, term: Term) -> Posting:
        """Rows and frequencies, empty for an unknown term."""
        held = self._places(term)
        return Posting(np.array(list(held), np.int64), np.array([len(places) for places in held.values()], np.float64))

    def positions(self, term: Term, rows: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Row -> ascending places of the term in the field, for those of `rows` that hold it."""
        held = self._places(term)
        return {row: held[row] for row in rows if row in held}

    def vocabulary(self, name: Field, prefix: str = "") -> Vocabulary:
        """The exact words of a field, those alone that start with a prefix if one is given."""
        words = {word for entry in self.entries for part in entry[exact_name(name)] for word in part.split()}
        return Vocabulary(word for word in words if word.startswith(prefix))

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""
        return [stored_of(self.entries[row]) for row in rows]

    def rows(self, passages: Iterable[str]) -> Rows:
        """The rows of passages, ascending."""
        return np.array(sorted(self.columns.row_of[each] for each in passages), np.int64)

    def _places(self, term: Term) -> Mapping[int, list[int]]:
        """Row -> places of a term; texts that cannot hold it are not taken apart."""
        if term not in self._found:
            name = stem_name(term.field) if term.stemmed else exact_name(term.field)
            texts = ((row, _places_in(entry[name], term)) for row, entry in enumerate(self.entries))
            self._found[term] = {row: places for row, places in texts if places}
        return self._found[term]


def stored_of(entry: Mapping[str, Any]) -> Stored:
    """What is shown of an entry."""
    return Stored(entry["body"]["text"], tuple(map(tuple, entry["body"]["tags"])))


def _places_in(parts: Sequence[str], term: Term) -> list[int]:
    return [
        place
        for number, part in enumerate(parts)
        if term.text in part
        for place, text in enumerate(part.split(), number * contents.GAP)
        if text == term.text or (term.stemmed and TOGETHER in text and term.text in text.split(TOGETHER))
    ]


class Comparing(Matching):
    """The parts of a tree among candidates; what a part tells is told by how many passages of the whole hold it."""

    def __init__(self, candidates: Candidates, total: int, holders: Callable[[Node], int]) -> None:
        super().__init__(Lookup(candidates))
        self._total, self._holders = total, holders

    def information(self, node: Node) -> float:
        """The idf of a node by the passages of the index whose own text holds it, those of its tags included."""
        return self.idf(self._holders(confined(node)) or self._holders(node))

    def idf(self, holders: int) -> float:
        """The inverse document frequency of what so many passages of the index hold."""
        return float(np.log1p((self._total - holders + 0.5) / (holders + 0.5)))


def weighed(tree: Node | None) -> Iterator[Node]:
    """The parts of a tree of which ranking asks how many passages hold them."""
    match tree:
        case And(parts):
            yield from compounds(tree)
            for part in parts:
                yield from weighed(part)
        case Or(parts):
            for part in parts:
                yield from weighed(part)
        case None | Not():
            return
        case _:
            yield tree


def compounds(tree: Node | None) -> Iterator[Node]:
    """Neighbouring words written as one, which hardly any passage holds."""
    words = [part for part in tree.parts if isinstance(part, Word)] if isinstance(tree, And) else []
    return (Word(left.text + right.text, left.field) for left, right in pairwise(words) if left.field == right.field)

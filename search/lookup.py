"""A state of an index whose engine hands out postings: rows and frequencies are worked out over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search.analysis import fold, stem
from search.cache import Cache
from search.columns import Columns
from search.matching import Matching
from search.positions import phrases, windows
from search.postings import WORD_FIELDS, Postings, Stored, Term
from search.query import Field, Fuzzy, Near, Node, Phrase, Prefix, Query, Word
from search.rows import Mask, Rows, Scores, held, intersections, union
from search.scoring import Scoring, diluted
from search.state import Leaf
from search.vocabulary import Vocabulary

#: Rows kept of leaves that were looked up, 16 bytes each.
_CACHED_ROWS = 4_000_000


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows that hold a leaf and their weighted frequencies."""

    rows: Rows
    frequencies: Scores

    def __len__(self) -> int:
        return len(self.rows)


class Lookup:
    """`search.state.State` over `search.postings.Postings`."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._leaves: Cache[Leaf, _Found] = Cache(_CACHED_ROWS)

    @property
    def columns(self) -> Columns:
        """Facets, documents and lengths of every row."""
        return self._postings.columns

    def rows(self, leaf: Leaf) -> Rows:
        """The rows that hold a leaf, in any field if it names none."""
        return self._found(leaf).rows

    def frequencies(self, leaf: Leaf, rows: Rows) -> Scores:
        """How often each of the rows holds the leaf, weighted and diluted."""
        found = self._found(leaf)
        if not len(found):
            return np.zeros(len(rows))
        places = np.minimum(np.searchsorted(found.rows, rows), len(found) - 1)
        return np.where(found.rows[places] == rows, found.frequencies[places], 0.0)

    def typed(self, word: Word, rows: Rows) -> Mask:
        """Which of the rows hold a word in the very form that was typed."""
        folded = fold(word.text)
        terms = [Term(field, folded) for field in _fields(word.field)]
        return held(rows, union([self._postings.posting(term).rows for term in terms]))

    def adjacent(self, left: Word, right: Word, rows: Rows) -> Mask:
        """Which of the rows hold the two words side by side in this order, in any of their forms."""
        pair = tuple(stem(fold(word.text)) for word in (left, right))
        return held(rows, self._sequence(pair, left.field, phrases, stemmed=True, among=rows).rows)

    def promising(self, tree: Node, rows: Rows, limit: int, query: Query, *, notes_last: bool) -> Rows:  # noqa: ARG002  (all rows are scored here)
        """Up to `limit` of the rows, those that match the tree best first; `notes_last` puts body text before notes."""
        scoring = Scoring(Matching(self))
        scores = scoring.alone(tree, rows) if isinstance(tree, Word) else scoring.scores(tree, rows)
        behind = self.columns.is_note[rows] & notes_last
        return rows[np.lexsort((-scores, behind))][:limit]

    def vocabulary(self, field: Field, prefix: str = "") -> Vocabulary:
        """The exact words of a field that start with a prefix."""
        return self._postings.vocabulary(field, prefix)

    def frequency(self, word: str) -> int:
        """How many passages hold an exact folded word in their text."""
        return len(self._postings.posting(Term(Field.TEXT, word)).rows)

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""
        return self._postings.stored(rows)

    # -- leaves ------------------------------------------------------------------------------------------------
    def _found(self, leaf: Leaf) -> _Found:
        return self._leaves.get(leaf, lambda: self._look_up(leaf))

    def _look_up(self, leaf: Leaf) -> _Found:
        match leaf:
            case Word(text, field):
                return self._any(Term(each, stem(fold(text)), stemmed=True) for each in _fields(field))
            case Phrase(words, field):
                return self._sequence(tuple(map(fold, words)), field, phrases, stemmed=False)
            case Near(words, distance, field):
                stems = tuple(stem(fold(word)) for word in words)
                return self._sequence(stems, field, lambda places: windows(places, distance), stemmed=True)
            case Prefix() | Fuzzy():
                return self._any(Term(each, word) for each in _fields(leaf.field) for word in self._spelled(leaf, each))

    def _spelled(self, leaf: Prefix | Fuzzy, field: Field) -> Sequence[str]:
        """The words of a field that a pattern means."""
        folded = fold(leaf.text)
        if isinstance(leaf, Prefix):
            return self.vocabulary(field, folded).words
        return self.vocabulary(field).near(folded, leaf.edits)

    def _any(self, terms: Iterable[Term]) -> _Found:
        parts = []
        for term in terms:
            posting = self._postings.posting(term)
            parts.append((posting.rows, diluted(self.columns, term.field, posting.rows, posting.times)))
        return self._added(parts)

    def _sequence(
        self,
        words: tuple[str, ...],
        field: Field | None,
        count: Callable[[Sequence[Sequence[int]]], int],
        *,
        stemmed: bool,
        among: Rows | None = None,
    ) -> _Found:
        """The rows with places where the words stand as `count` wants it; `among` these rows only."""
        parts = []
        for each in _fields(field):
            terms = [Term(each, word, stemmed) for word in words]
            sets = [self._postings.posting(term).rows for term in terms]
            rows = intersections(sets if among is None else [*sets, among])
            if len(rows):
                times = self._counted(terms, rows, count)
                parts.append((rows[times > 0], diluted(self.columns, each, rows, times)[times > 0]))
        return self._added(parts)

    def _counted(self, terms: Sequence[Term], rows: Rows, count: Callable[[Sequence[Sequence[int]]], int]) -> Scores:
        numbers = rows.tolist()
        places = [self._postings.positions(term, numbers) for term in terms]
        return np.array([count([positions[row] for positions in places]) for row in numbers], np.float64)

    def _added(self, parts: Sequence[tuple[Rows, Scores]]) -> _Found:
        """Rows of all fields with the sums of what they hold."""
        rows = union([held_by for held_by, _ in parts])
        frequencies = np.zeros(len(rows))
        for held_by, weights in parts:
            frequencies[np.searchsorted(rows, held_by)] += weights
        return _Found(rows, frequencies)


def _fields(field: Field | None) -> tuple[Field, ...]:
    return (field,) if field else WORD_FIELDS

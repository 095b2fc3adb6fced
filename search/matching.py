"""Which passages match a tree, and how well: set operations and BM25F over postings, the same for every engine.

BM25F as Robertson and Zaragoza give it ("The Probabilistic Relevance Framework", 2009, section 3.6): term frequencies
of the fields are normalised by length, weighted, added up, and only then saturated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.analysis import fold, stem
from search.columns import Mask
from search.facets import value_rows, year_values
from search.names import values_of
from search.positions import phrases, windows
from search.postings import WORD_FIELDS, Postings, Term
from search.query import And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange

#: Saturation of term frequency and its usual value.
K1 = 1.2
#: Weight of a word by the field it stands in: a heading says what its paragraphs are about, a title less so of each
#: of them, and the names of tagged entities repeat the text in canonical form.
WEIGHTS = {Field.TEXT: 1.0, Field.SECTION: 0.8, Field.TITLE: 0.3, Field.NAMES: 0.6}
#: How much a field's length counts; long passages are diluted, long headings hardly.
B = {Field.TEXT: 0.6, Field.SECTION: 0.3, Field.TITLE: 0.3, Field.NAMES: 0.3}
#: Added for the very form that was typed: `convention` before `conventions`, whatever their number. Repetition can earn
#: at most K1 + 1 times the idf, so nothing that lacks the form overtakes a passage that has it in a one-word query.
EXACT_BONUS = K1 + 1
#: Added when two words of the query stand side by side as typed, in units of their idf.
PAIR_BONUS = 1.0
#: Best passages that are looked at for pairs; reading positions of more costs without changing the first pages.
RESCORED = 500
#: Facets that say what a passage is about; the others only select.
_SCORED = frozenset({"organisation", "instrument", "provision", "country"})

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that match and their scores, 0 where they do not match or nothing is scored."""

    mask: Mask
    scores: Scores


class Evaluation:
    """Evaluates trees over one state of an index."""

    def __init__(self, postings: Postings) -> None:
        self.postings, self.columns = postings, postings.columns

    def matches(self, tree: Node | None) -> Matches:
        """All rows that match; every row, unscored, for no tree."""
        match tree:
            case None:
                return Matches(np.ones(len(self.columns), np.bool_), self._zeros())
            case And(parts):
                return self._all([self.matches(part) for part in parts])
            case Or(parts):
                return self._any(parts)
            case Not(part):
                return Matches(~self.matches(part).mask, self._zeros())
            case Exact() | YearRange():
                return self._tagged(tree)
            case _:
                return self._worded(tree)

    def holds(self, word: str) -> bool:
        """Whether any passage holds a word in any of its forms."""
        return any(len(self.postings.posting(term).rows) for term in self._forms(word, None, stemmed=True))

    def information(self, mask: Mask) -> float:
        """The idf of whatever the rows of the mask hold: high if few do, never negative."""
        holders = int(np.count_nonzero(mask))
        return float(np.log1p((len(self.columns) - holders + 0.5) / (holders + 0.5)))

    def rescored(self, tree: Node | None, matches: Matches) -> Matches:
        """The best matches with a bonus for neighbours in the query that stand side by side in the text."""
        words = [part for part in tree.parts if isinstance(part, Word)] if isinstance(tree, And) else []
        if len(words) < 2 or not matches.mask.any():  # noqa: PLR2004  (a pair)
            return matches
        found = np.flatnonzero(matches.mask)
        best = found[np.argsort(-matches.scores[found], kind="stable")[:RESCORED]]
        scores = matches.scores.copy()
        for left, right in pairwise(words):
            if left.field == right.field:
                pair = tuple(stem(fold(word.text)) for word in (left, right))
                rows = self._sequence(pair, left.field, stemmed=True, rows=best)
                scores[rows > 0] += PAIR_BONUS * self._idf(rows)
        return Matches(matches.mask, scores)

    # -- combining ---------------------------------------------------------------------------------------------
    def _all(self, parts: Sequence[Matches]) -> Matches:
        mask = reduce(np.logical_and, (part.mask for part in parts))
        return Matches(mask, np.where(mask, sum((part.scores for part in parts), self._zeros()), 0.0))

    def _any(self, nodes: Sequence[Node]) -> Matches:
        """Alternatives; a tag and the words it was recognised in are one thing, so only the better one counts."""
        parts = [self.matches(node) for node in nodes]
        mask = reduce(np.logical_or, (part.mask for part in parts))
        tagged = any(isinstance(node, Exact) for node in nodes)
        combine = np.maximum if tagged else np.add
        return Matches(mask, reduce(combine, (part.scores for part in parts)))

    # -- leaves ------------------------------------------------------------------------------------------------
    def _tagged(self, node: Exact | YearRange) -> Matches:
        if isinstance(node, YearRange):
            years = self.columns.columns["year"]
            return Matches(value_rows(years, year_values(years, (node,))), self._zeros())
        facet, values = values_of(node)
        column = self.columns.columns[facet]
        times = self._zeros()
        for value in values:
            number = column.index.get(value, column.folded.get(value.casefold(), -1))
            if number >= 0:
                entries = column.entries(number)
                times[column.owners[entries]] += column.times[entries]
        if facet not in _SCORED:
            return Matches(times > 0, self._zeros())
        return self._saturated(times / self._dilution(Field.TEXT))

    def _worded(self, node: Word | Phrase | Near | Prefix | Fuzzy) -> Matches:
        match node:
            case Word(text, field):
                return self._word(fold(text), field)
            case Phrase(words, field):
                return self._saturated(self._sequence(tuple(map(fold, words)), field, stemmed=False))
            case Near(words, distance, field):
                stems = tuple(stem(fold(word)) for word in words)
                return self._saturated(self._sequence(stems, field, stemmed=True, distance=distance))
            case Prefix(text, field):
                return self._saturated(self._weighted(self._prefixed(fold(text), field)))
            case Fuzzy(text, edits, field):
                return self._saturated(self._weighted(self._misspelled(fold(text), edits, field)))

    def _word(self, folded: str, field: Field | None) -> Matches:
        frequencies = self._weighted(self._forms(stem(folded), field, stemmed=True))
        exact = self._zeros()
        for term in self._forms(folded, field, stemmed=False):
            exact[self.postings.posting(term).rows] = 1.0
        matches = self._saturated(frequencies)
        return Matches(matches.mask, matches.scores + EXACT_BONUS * self._idf(frequencies) * exact)

    def _forms(self, text: str, field: Field | None, *, stemmed: bool) -> list[Term]:
        return [Term(each, text, stemmed) for each in _fields(field)]

    def _prefixed(self, prefix: str, field: Field | None) -> Iterable[Term]:
        return (Term(each, word) for each in _fields(field) for word in self.postings.vocabulary(each).starting(prefix))

    def _misspelled(self, word: str, edits: int, field: Field | None) -> Iterable[Term]:
        return (
            Term(each, like) for each in _fields(field) for like in self.postings.vocabulary(each).near(word, edits)
        )

    def _sequence(
        self,
        words: tuple[str, ...],
        field: Field | None,
        *,
        stemmed: bool,
        distance: int | None = None,
        rows: NDArray[np.intp] | None = None,
    ) -> Scores:
        """Weighted numbers of places where the words follow each other, or stand within `distance` in any order."""
        frequencies = self._zeros()
        for each in _fields(field):
            terms = [Term(each, word, stemmed) for word in words]
            candidates = reduce(np.intersect1d, (self.postings.posting(term).rows for term in terms))
            if rows is not None:
                candidates = np.intersect1d(candidates, rows)
            if len(candidates):
                self._add_places(frequencies, terms, candidates.tolist(), distance)
        return frequencies

    def _add_places(self, frequencies: Scores, terms: Sequence[Term], rows: list[int], distance: int | None) -> None:
        places = [self.postings.positions(term, rows) for term in terms]
        dilution = self._dilution(terms[0].field)
        for row in rows:
            held = [positions[row] for positions in places]
            count = phrases(held) if distance is None else windows(held, distance)
            frequencies[row] += WEIGHTS[terms[0].field] * count / dilution[row]

    # -- scores ------------------------------------------------------------------------------------------------
    def _weighted(self, terms: Iterable[Term]) -> Scores:
        frequencies = self._zeros()
        for term in terms:
            posting = self.postings.posting(term)
            dilution = self._dilution(term.field)[posting.rows]
            frequencies[posting.rows] += WEIGHTS[term.field] * posting.times / dilution
        return frequencies

    def _saturated(self, frequencies: Scores) -> Matches:
        scores = self._idf(frequencies) * (K1 + 1) * frequencies / (K1 + frequencies)
        return Matches(frequencies > 0, scores)

    def _idf(self, frequencies: Scores) -> float:
        return self.information(frequencies > 0)

    def _dilution(self, field: Field) -> Scores:
        return self.columns.dilution(field, B[field])

    def _zeros(self) -> Scores:
        return np.zeros(len(self.columns))


def _fields(field: Field | None) -> tuple[Field, ...]:
    return (field,) if field else WORD_FIELDS

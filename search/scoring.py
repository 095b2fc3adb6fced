"""How well passages match a tree: BM25F and what is added to it, the same for every engine.

BM25F as Robertson and Zaragoza give it ("The Probabilistic Relevance Framework", 2009, section 3.6): term frequencies
of the fields are normalised by length, weighted, added up, and only then saturated. What the constants were tuned on is
recorded in `search/RANKING.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from search.columns import Columns
from search.matching import Matching, tagged
from search.query import Alternatives, And, Exact, Field, Node, Not, Or, Word, YearRange
from search.rows import Rows, Scores
from search.state import Leaf

#: Saturation of term frequency and its usual value.
K1 = 1.2
#: Weight of a word by the field it stands in: a heading says what its paragraphs are about, a title less so of each
#: of them, and the names of tagged entities repeat the text in canonical form.
WEIGHTS = {Field.TEXT: 1.0, Field.SECTION: 0.8, Field.TITLE: 0.3, Field.NAMES: 0.6}
#: How much a field's length counts; long passages are diluted, long headings hardly.
B = {Field.TEXT: 0.6, Field.SECTION: 0.3, Field.TITLE: 0.3, Field.NAMES: 0.3}
#: Added for the very form that was typed, in units of its idf. In a query of one word `convention` stands before
#: `conventions`, whatever their number: repetition can earn at most K1 + 1 times the idf.
EXACT_BONUS = 0.2
EXACT_BONUS_ALONE = K1 + 1
#: Added when two words of the query stand side by side, in units of the pair's idf.
PAIR_BONUS = 0.3
#: What another word for what was asked counts for.
SUBSTITUTE = 0.7
#: Facets that say what a passage is about; the others only select.
_SCORED = frozenset({"organisation", "instrument", "provision", "country"})


def diluted(columns: Columns, field: Field, rows: Rows, times: Scores) -> Scores:
    """What occurrences in one field of the rows add to their weighted frequency."""
    return WEIGHTS[field] * times / columns.dilution(field, B[field])[rows]


@dataclass(frozen=True, slots=True)
class Scoring:
    """Scores rows of one state of an index. `rows` are ascending; those that lack a part get nothing for it."""

    matching: Matching

    def scores(self, tree: Node | None, rows: Rows) -> Scores:
        """BM25F of the rows for a tree, with the bonus for forms as typed."""
        match tree:
            case None | Not() | YearRange():
                return np.zeros(len(rows))
            case And(parts):
                return _sum([self.scores(part, rows) for part in parts], rows)
            case Alternatives(parts):
                return self._best(parts, rows)
            case Or(parts):
                return self._any(parts, rows)
            case Exact():
                return self._tag(tree, rows)
            case _:
                return self._leaf(tree, rows, EXACT_BONUS)

    def alone(self, word: Word, rows: Rows) -> Scores:
        """The scores for a word that is the whole query."""
        return self._leaf(word, rows, EXACT_BONUS_ALONE)

    def neighbours(self, tree: Node | None, rows: Rows) -> Scores:
        """What neighbours in the query add that stand side by side in the text, and what they are as one word."""
        words = [part for part in tree.parts if isinstance(part, Word)] if isinstance(tree, And) else []
        scores = np.zeros(len(rows))
        for left, right in pairwise(words):
            if left.field == right.field:
                beside = self.matching.state.adjacent(left, right, rows)
                scores[beside] += PAIR_BONUS * self.matching.idf(int(np.count_nonzero(beside)))
                scores += self.scores(Word(left.text + right.text, left.field), rows)
        return scores

    def _best(self, nodes: tuple[Node, ...], rows: Rows) -> Scores:
        """What was asked, or what stands in its stead, which counts for less."""
        asked, *others = (self.scores(node, rows) for node in nodes)
        best: Scores = np.max([asked, *(SUBSTITUTE * each for each in others)], axis=0)
        return best

    def _any(self, nodes: tuple[Node, ...], rows: Rows) -> Scores:
        """Alternatives; a tag and the words it was recognised in are one thing, so only the better one counts."""
        parts = [self.scores(node, rows) for node in nodes]
        if any(isinstance(node, Exact) for node in nodes):
            best: Scores = np.max(parts, axis=0)
            return best
        return _sum(parts, rows)

    def _tag(self, node: Exact, rows: Rows) -> Scores:
        facet, numbers = tagged(self.matching.state.columns, node)
        if facet not in _SCORED:
            return np.zeros(len(rows))
        columns = self.matching.state.columns
        column = columns.columns[facet]
        times = np.zeros(len(columns))
        for number in numbers:
            entries = column.entries(number)
            times[column.owners[entries]] += column.times[entries]
        return self._saturated(node, times[rows] / columns.dilution(Field.TEXT, B[Field.TEXT])[rows])

    def _leaf(self, leaf: Leaf, rows: Rows, bonus: float) -> Scores:
        scores = self._saturated(leaf, self.matching.state.frequencies(leaf, rows))
        if isinstance(leaf, Word):
            scores += bonus * self.matching.information(leaf) * self.matching.state.typed(leaf, rows)
        return scores

    def _saturated(self, node: Node, frequencies: Scores) -> Scores:
        return self.matching.information(node) * (K1 + 1) * frequencies / (K1 + frequencies)


def _sum(parts: list[Scores], rows: Rows) -> Scores:
    return np.sum(parts, axis=0) if parts else np.zeros(len(rows))

"""From the rows that answer to their order: candidates, features, order.

The engine puts the rows into an order of its own and the first of them, the candidates, are looked at closely: each
feature gives every candidate a number, and the sum decides. A ranking by meaning is one more feature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from search.matching import Matching
from search.query import And, Exact, Node, Or, Query, Sort, Word
from search.relaxing import Loose
from search.rows import Rows, Scores, difference, held
from search.scoring import Scoring

#: Candidates: the best passages by the engine's order; looking at more costs without changing the first pages.
CANDIDATES = 60
#: Scores are compared and shown to this many decimals, so that the last bits of a sum never decide an order.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be ranked: the rows that answer in full, and with `loose` those that hold most of it.

    `spelled` is the query's tree with unknown words in their nearest spelling.
    """

    query: Query
    spelled: Node | None
    matching: Matching
    complete: Rows
    loose: Loose | None = None

    @property
    def tree(self) -> Node | None:
        """The tree that scores."""
        return self.loose.tree if self.loose else self.query.tree

    @property
    def notes_last(self) -> bool:
        """Whether notes and references stand behind body text."""
        return notes_last(self.query)


#: Gives each of the (ascending) rows a number; higher is better.
Feature: TypeAlias = Callable[[Asked, Rows], Scores]


def words(asked: Asked, rows: Rows) -> Scores:
    """BM25F with the bonus for forms as typed."""
    scoring = Scoring(asked.matching)
    return scoring.alone(asked.tree, rows) if isinstance(asked.tree, Word) else scoring.scores(asked.tree, rows)


def neighbours(asked: Asked, rows: Rows) -> Scores:
    """Words of the query that stand side by side."""
    return Scoring(asked.matching).neighbours(asked.spelled, rows)


#: What decides an order, with what it is called when a score is explained.
FEATURES: Mapping[str, Feature] = {"words": words, "words side by side": neighbours}


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows in their order, and the scores of the first of them; the rest score 0."""

    rows: Rows
    scores: Mapping[int, float]


def ranked(asked: Asked, rows: Rows, needed: int) -> Ranked:
    """At least the first `needed` of the rows in the order that the query wants, equal ones in library order."""
    columns = asked.matching.state.columns
    match asked.query.sort:
        case Sort.DATE:
            return Ranked(rows[np.argsort(columns.by_date[rows], kind="stable")], {})
        case Sort.RELEVANCE if asked.query.tree:
            return _by_relevance(asked, rows, max(needed, CANDIDATES))
        case _:
            return Ranked(rows, {})


def _by_relevance(asked: Asked, rows: Rows, needed: int) -> Ranked:
    complete = rows[held(rows, asked.complete)]
    first = _promising(asked, asked.query.tree, complete, needed)
    if asked.loose and len(first) < needed:
        partial = _promising(asked, Or(asked.loose.wanted), difference(rows, complete), needed - len(first))
        first = np.concatenate([first, partial])
    order, scores = closely(asked, np.sort(first[:CANDIDATES]))
    return Ranked(np.concatenate([order, first[CANDIDATES:]]), scores)


def closely(asked: Asked, candidates: Rows) -> tuple[Rows, Mapping[int, float]]:
    """The (ascending) candidates in their order, and the score of each."""
    scores = total(asked, candidates)
    behind = asked.matching.state.columns.is_note[candidates] & asked.notes_last
    order = candidates[np.lexsort((candidates, -scores, behind, ~held(candidates, asked.complete)))]
    return order, dict(zip(candidates.tolist(), scores.tolist(), strict=True))


def _promising(asked: Asked, tree: Node | None, rows: Rows, limit: int) -> Rows:
    if tree is None or not len(rows):
        return rows
    return asked.matching.state.promising(tree, rows, limit, asked.query, notes_last=asked.notes_last)


def total(asked: Asked, rows: Rows) -> Scores:
    """The scores of ascending rows: the sums of their features."""
    scores: Scores = np.sum([feature(asked, rows) for feature in FEATURES.values()], axis=0).round(DECIMALS)
    return scores


def notes_last(query: Query) -> bool:
    """Whether notes and references stand behind body text: always, unless they are asked for."""
    return not (query.filters.passage_kind or _names_kind(query.tree))


def _names_kind(tree: Node | None) -> bool:
    match tree:
        case And(parts) | Or(parts):
            return any(map(_names_kind, parts))
        case Exact("passage_kind", _):
            return True
        case _:
            return False

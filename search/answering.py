"""From a query to its results, over any engine's postings: match, relax, filter, sort, cut, count, mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.analysis import STOP_WORDS, stem, words
from search.columns import Mask
from search.facets import facets, filter_masks, intersect
from search.highlight import highlights
from search.matching import Evaluation, Matches, Scores
from search.postings import Postings, Term
from search.query import And, Exact, Field, Node, Not, Or, Query, Sort, Word, YearRange
from search.results import Hit, Results
from search.suggest import corrected, suggestions

#: Scores are compared and shown to this many decimals, so that the last bits of a sum never decide an order.
DECIMALS = 6
#: Most telling words of a passage that `similar` looks for; Lucene's MoreLikeThis takes 25 by default.
TELLING_WORDS = 25

#: More than this share of the words is most of a query.
MOST = 0.5
#: One common word never makes an answer (to "Malabo Convention" every convention would be one), two telling ones may.
LEAST_WORDS = 2
LEAST_TOLD = 1 / 3

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A tree with its matches before the filters, `common` after them."""

    tree: Node | None
    matches: Matches
    common: Mask
    relaxed: bool = False


def answer(query: Query, postings: Postings) -> Results:
    """The results of a query over one state of an index."""
    evaluation = Evaluation(postings)
    columns = postings.columns
    masks = filter_masks(columns, query.filters)
    strict = evaluation.matches(query.tree)
    reading = _Reading(query.tree, strict, intersect(strict.mask, masks))
    spelled = query.tree
    if not reading.common.any():
        spelled = corrected(query.tree, evaluation)
        reading = _relaxed(query.tree, evaluation, masks) or _relaxed(spelled, evaluation, masks) or reading
    scores, rows = _ordered(reading, evaluation, query.sort)
    return Results(
        total=len(rows),
        documents=len(np.unique(columns.documents[rows])),
        hits=_hits(reading.tree, postings, _page(query, rows), scores),
        facets=facets(columns, reading.matches.mask, query.filters),
        relaxed=reading.relaxed,
        suggestions=suggestions(query.tree, spelled),
    )


def _relaxed(tree: Node | None, evaluation: Evaluation, masks: dict[str, Mask]) -> _Reading | None:
    loose = most_of(tree, evaluation)
    common = intersect(loose.mask, masks)
    return _Reading(tree, loose, common, relaxed=True) if common.any() else None


def most_of(tree: Node | None, evaluation: Evaluation) -> Matches:
    """Passages that hold most of what the tree asks for side by side; fields, tags and NOT stay binding.

    That is more than half of the words; or, as a question is seldom answered in its own words, at least `LEAST_WORDS`
    that carry `LEAST_TOLD` of its information (the sum of idf). Scores fall with the share of words that is missing.
    """
    parts = tree.parts if isinstance(tree, And) else ()
    binding = tuple(part for part in parts if isinstance(part, Not | Exact | YearRange))
    wanted = [evaluation.matches(part) for part in parts if part not in binding]
    if not wanted:
        return evaluation.matches(tree)
    bound = evaluation.matches(And(binding) if binding else None)
    held = np.array([part.mask for part in wanted])
    share = held.mean(axis=0)
    information = np.array([evaluation.information(part.mask) for part in wanted])
    told = information @ held / information.sum()
    mask = bound.mask & ((share > MOST) | ((held.sum(axis=0) >= LEAST_WORDS) & (told >= LEAST_TOLD)))
    scores = (bound.scores + np.sum([part.scores for part in wanted], axis=0)) * share
    return Matches(mask, np.where(mask, scores, 0.0))


def similar(passage_id: str, postings: Postings, limit: int) -> tuple[str, ...]:
    """Ids of the passages that share the most telling words with one; empty for an unknown id."""
    columns = postings.columns
    row = columns.row_of.get(passage_id)
    if row is None:
        return ()
    telling = _telling(postings.stored([row])[0].text, postings)
    if not telling:
        return ()
    matches = Evaluation(postings).matches(Or(tuple(Word(word, Field.TEXT) for word in telling)))
    common = matches.mask.copy()
    common[row] = False
    rows = _by_score(matches.scores, np.flatnonzero(common))[:limit]
    return tuple(columns.passage_ids[each] for each in rows)


def _telling(text: str, postings: Postings) -> list[str]:
    """The words of a text that occur elsewhere and are rarest for their number, best first."""
    counts = Counter(word for word in words(text) if word not in STOP_WORDS)
    total = len(postings.columns)
    weights = {}
    for word, times in counts.items():
        holders = len(postings.posting(Term(Field.TEXT, stem(word), stemmed=True)).rows)
        if holders > 1:
            weights[word] = times * float(np.log1p(total / holders))
    return sorted(weights, key=lambda word: (-weights[word], word))[:TELLING_WORDS]


def _ordered(reading: _Reading, evaluation: Evaluation, sort: Sort) -> tuple[Scores, Rows]:
    """Scores of all rows, and the rows that answer in order; equal ones stay in the order of the library."""
    scores = reading.matches.scores
    rows = np.flatnonzero(reading.common)
    if sort == Sort.RELEVANCE:
        found = Matches(reading.common, np.where(reading.common, scores, 0.0))
        scores = evaluation.rescored(reading.tree, found).scores
        return scores, _by_score(scores, rows)
    return scores, rows[np.argsort(evaluation.columns.by_date[rows], kind="stable")] if sort == Sort.DATE else rows


def _by_score(scores: Scores, rows: Rows) -> Rows:
    return rows[np.argsort(-scores[rows].round(DECIMALS), kind="stable")]


def _page(query: Query, rows: Rows) -> list[int]:
    end = None if query.limit is None else query.offset + query.limit
    page: list[int] = rows[query.offset : end].tolist()
    return page


def _hits(tree: Node | None, postings: Postings, page: Sequence[int], scores: Scores) -> tuple[Hit, ...]:
    return tuple(
        Hit(postings.columns.passage_ids[row], round(float(scores[row]), DECIMALS), highlights(tree, stored))
        for row, stored in zip(page, postings.stored(page), strict=True)
    )

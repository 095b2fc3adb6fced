"""Passages that are most like a given one: those that share its most telling words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from search.analysis import STOP_WORDS, words
from search.matching import Matching
from search.query import Field, Or, Query, Word
from search.rows import difference
from search.scoring import Scoring
from search.state import State

#: Most telling words of a passage that are looked for; Lucene's MoreLikeThis takes 25 by default.
TELLING_WORDS = 25
#: Candidates that are compared closely.
_COMPARED = 200


def similar(passage_id: str, state: State, limit: int) -> tuple[str, ...]:
    """Ids of the passages that share the most telling words with one; empty for an unknown id."""
    columns = state.columns
    row = columns.row_of.get(passage_id)
    if row is None:
        return ()
    matching = Matching(state)
    telling = _telling(state.stored([row])[0].text, matching)
    if not telling:
        return ()
    tree = Or(telling)
    rows = difference(matching.rows(tree), np.array([row]))
    near = np.sort(state.promising(tree, rows, max(limit, _COMPARED), Query(), notes_last=False))
    scores = Scoring(matching).scores(tree, near).round(6)
    best = near[np.lexsort((near, -scores))][:limit]
    return tuple(columns.passage_ids[each] for each in best)


def _telling(text: str, matching: Matching) -> tuple[Word, ...]:
    """The words of a text that occur elsewhere and are rarest for their number, best first."""
    counts = Counter(word for word in words(text) if word not in STOP_WORDS)
    total = len(matching.state.columns)
    weights = {}
    for word, times in counts.items():
        holders = len(matching.rows(Word(word, Field.TEXT)))
        if holders > 1:
            weights[word] = times * float(np.log1p(total / holders))
    best = sorted(weights, key=lambda word: (-weights[word], word))[:TELLING_WORDS]
    return tuple(Word(word, Field.TEXT) for word in best)

"""Passages that are most like a given one: those that share its most telling words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

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
COMPARED = 200


def similar(passage_id: str, state: State, limit: int) -> tuple[str, ...]:
    """Ids of the passages that share the most telling words with one; empty for an unknown id."""
    columns = state.columns
    row = columns.row_of.get(passage_id)
    if row is None:
        return ()
    matching = Matching(state)
    telling = telling_words(
        state.stored([row])[0].text, len(columns), lambda words: [len(matching.rows(each)) for each in words]
    )
    if not telling:
        return ()
    tree = Or(telling)
    rows = difference(matching.rows(tree), np.array([row]))
    near = np.sort(state.promising(tree, rows, max(limit, COMPARED), Query(), notes_last=False))
    scores = Scoring(matching).scores(tree, near).round(6)
    best = near[np.lexsort((near, -scores))][:limit]
    return tuple(columns.passage_ids[each] for each in best)


def telling_words(text: str, total: int, holders: Callable[[Sequence[Word]], Sequence[int]]) -> tuple[Word, ...]:
    """The words of a text that occur elsewhere and are rarest for their number, best first.

    `total` is the number of all passages, and `holders` tells of words how many passages hold each.
    """
    counts = Counter(word for word in words(text) if word not in STOP_WORDS)
    found = holders([Word(word, Field.TEXT) for word in counts])
    weights = {
        word: times * float(np.log1p(total / held))
        for (word, times), held in zip(counts.items(), found, strict=True)
        if held > 1
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))[:TELLING_WORDS]
    return tuple(Word(word, Field.TEXT) for word in best)

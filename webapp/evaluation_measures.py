"""Measures of ranked answers against judgments, as `trec_eval` works them out (through ir-measures)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from corpus.errors import PinciteError

#: For each query the grades of its judged documents, above 0 where they answer.
Judgments: TypeAlias = Mapping[str, Mapping[str, int]]
#: For each query the documents found, best first.
Rankings: TypeAlias = Mapping[str, Sequence[str]]
#: Judged documents in the field's usual notation: how high they rank, how early the first, how many of them come.
STANDARD = {"ndcg@10": "nDCG@10", "map": "AP", "mrr": "RR", "p@5": "P@5", "recall@100": "R@100"}


class Figure(NamedTuple):
    """A measure's mean in [0, 1] over that many decisions."""

    measure: str
    figure: float
    decisions: int


def measured(measures: Mapping[str, str], judgments: Judgments, rankings: Rankings) -> dict[str, dict[str, float]]:
    """For each judged query the figures of the named measures; a query without a ranking has 0 in all of them.

    `measures` gives names to measures in the notation of ir-measures (`nDCG@10`). Raises `PinciteError` without it.
    """
    try:
        import ir_measures  # noqa: PLC0415  (needed by evaluations only, and not installed with the rest)
    except ImportError as error:
        raise PinciteError("retrieval is measured by ir-measures: pip install 'pincite[evaluate]'") from error
    names = {ir_measures.parse_measure(notation): name for name, notation in measures.items()}
    runs = {query: _scored(rankings.get(query, ())) for query in judgments}
    figures: dict[str, dict[str, float]] = {query: {} for query in judgments}
    for value in ir_measures.iter_calc(list(names), judgments, runs):
        figures[value.query_id][names[value.measure]] = value.value
    return figures


def mean(measure: str, values: Sequence[float]) -> Figure:
    """The mean of at least one value."""
    return Figure(measure, sum(values) / len(values), len(values))


def _scored(ranking: Sequence[str]) -> dict[str, float]:
    """Scores that keep the order; those of an engine may tie, and `trec_eval` would order such hits by their names."""
    return {name: -float(rank) for rank, name in enumerate(ranking)}

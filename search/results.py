"""What a search answers: hits with their spans, exact facet counts, and how the query was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers, its score, and the half-open spans of its text that matched."""

    passage_id: str
    score: float
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, complete for the page: what the filter takes, what people read, passages, chosen or not."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a `Query`.

    `total` counts passages and `documents` the documents they stand in, over all pages. `facets` holds every value
    with a count above 0 (and every chosen one), most frequent first, ties by label; years ascending. `relaxed` says
    that no passage held all the words and that those with most of them, or with the nearest spelling, are shown.
    """

    total: int
    documents: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    relaxed: bool = False
    suggestions: tuple[str, ...] = ()

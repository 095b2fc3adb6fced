"""What a search answers: hits with their spans, exact facet counts, how the query was read, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.query import Node


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers, its score, and the half-open spans of its text that matched.

    `complete` is false for a passage that lacks some of the words.
    """

    passage_id: str
    score: float
    highlights: tuple[tuple[int, int], ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, complete for the page: what the filter takes and what people read.

    `count` is the number of passages and `documents` that of the documents they stand in; of an `excluded` value those
    that it takes away.
    """

    value: str
    label: str
    count: int
    selected: bool = False
    documents: int = 0
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FacetPage:
    """Some values of one facet, and how many there are in all."""

    values: tuple[FacetValue, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """A part of the request that leaves nothing, and how many passages answer without it.

    The part is one of the tree (`tree` is what remains, None if nothing does) or, where `facet` is set, a filter.
    """

    part: str
    total: int
    tree: Node | None = None
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a `Query`.

    `total` counts passages and `documents` the documents they stand in, over all pages; `complete` counts the passages
    that hold all that was asked, which come first. `relaxed` says that others follow which hold most of it, `widened`
    with which synonyms, as (what was asked, what was also looked for). `facets` holds the values with a count above 0
    (and every chosen or excluded one), most frequent first, ties by label, years ascending; `distinct` says how many
    there are where they are cut. `unknown` are the words that no passage holds. `remedies` are given when nothing
    answers, best first. `offered` are the ids of passages that the query cites, as in `para 10 of the Salvador report`.
    """

    total: int
    documents: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    relaxed: bool = False
    suggestions: tuple[str, ...] = ()
    complete: int = 0
    widened: tuple[tuple[str, str], ...] = ()
    distinct: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one part of the query, or one rule, adds to a score."""

    what: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage stands where it stands: the parts of its score, largest first, which add up to it."""

    passage_id: str
    score: float
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A name or word that continues what was typed: `facet` is "" for a word; `text` is what a filter takes."""

    text: str
    label: str
    facet: str = ""
    count: int = 0

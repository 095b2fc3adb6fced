"""Our trees and filters as queries of a cluster: which passages match, and a first order of relevance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from search.analysis import fold, stem
from search.engines.opensearch_index import exact_name, folded_tag, stem_name, tag
from search.names import values_of
from search.postings import WORD_FIELDS
from search.query import (
    FACETS,
    YEAR_FACETS,
    And,
    Exact,
    Field,
    Filters,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    YearRange,
)
from search.scoring import EXACT_BONUS, EXACT_BONUS_ALONE, K1, WEIGHTS
from search.state import Leaf

Clause: TypeAlias = dict[str, Any]

#: Terms of one `terms` query, below the limit of an index (65,536).
_TERMS = 10_000
#: How far a fuzzy query may differ; a cluster looks no further.
_MOST_EDITS = 2
#: Words near each other of which every order is tried.
_FEW_WORDS = 5
#: Years that an integer field takes.
_YEARS = (-(1 << 31), (1 << 31) - 1)

EVERYTHING: Clause = {"match_all": {}}
NOTHING: Clause = {"match_none": {}}


def matching(tree: Node | None) -> Clause:  # noqa: PLR0911  (one per kind of node)
    """What holds a tree, without a score."""
    match tree:
        case None:
            return EVERYTHING
        case And(parts):
            unwanted = [matching(part.part) for part in parts if isinstance(part, Not)]
            return all_of([matching(part) for part in parts if not isinstance(part, Not)], unwanted)
        case Or(parts):
            return any_of(map(matching, parts))
        case Not(part):
            return all_of([], [matching(part)])
        case Exact():
            facet, values = values_of(tree)
            return {"terms": {"tags": [folded_tag(facet, value) for value in values]}}
        case YearRange():
            return _years(tree.facet, tree)
        case _:
            fields = (tree.field,) if tree.field else WORD_FIELDS
            return any_of(_in_field(tree, field) for field in fields)


def _in_field(leaf: Leaf, field: Field) -> Clause:
    match leaf:
        case Word(text):
            return {"term": {stem_name(field): stem(fold(text))}}
        case Phrase(words):
            return {"match_phrase": {exact_name(field): " ".join(map(fold, words))}}
        case Near(words, distance):
            return {"intervals": {stem_name(field): {"all_of": _close(list(map(stem, map(fold, words))), distance)}}}
        case Prefix(text):
            return {"prefix": {exact_name(field): {"value": fold(text), "rewrite": "constant_score"}}}
        case Fuzzy(text, edits):
            like = {"value": fold(text), "fuzziness": min(edits, _MOST_EDITS), "rewrite": "constant_score"}
            return {"fuzzy": {exact_name(field): like}}


def _close(stems: list[str], distance: int) -> Clause:
    """Stems in any order near each other; few may not share a place, as a compound and its parts do.

    The cluster tries all orders of these, twice as many with each word more: many are asked for in the way that reads
    the places once.
    """
    near = [{"match": {"query": each}} for each in stems]
    mode = "unordered_no_overlap" if len(stems) <= _FEW_WORDS else "unordered"
    return {"intervals": near, "max_gaps": distance, "mode": mode}


def relevant(tree: Node) -> Clause:
    """What holds a tree, scored about as `search.scoring` does."""
    return _word(tree, EXACT_BONUS_ALONE) if isinstance(tree, Word) else _scored(tree)


def _scored(node: Node) -> Clause:
    match node:
        case And(parts):
            wanted = [_scored(part) for part in parts if not isinstance(part, Not)]
            unwanted = [matching(part.part) for part in parts if isinstance(part, Not)]
            return {"bool": {"must": wanted or [EVERYTHING], "must_not": unwanted}}
        case Or(parts):
            return any_of(map(_scored, parts))
        case Word():
            return _word(node, EXACT_BONUS)
        case Exact():
            facet, values = values_of(node)
            return any_of({"term": {"tags": folded_tag(facet, value)}} for value in values)
        case Phrase() | Near() | Prefix() | Fuzzy():
            return any_of(_weighted(node))
        case _:
            return all_of([matching(node)])


def _word(word: Word, bonus: float) -> Clause:
    typed = {"value": fold(word.text), "boost": bonus / (K1 + 1)}
    exact = [{"term": {exact_name(field): typed}} for field in ((word.field,) if word.field else WORD_FIELDS)]
    return any_of([*_weighted(word), *exact])


def _weighted(leaf: Leaf) -> Iterator[Clause]:
    for field in (leaf.field,) if leaf.field else WORD_FIELDS:
        yield {"bool": {"must": [_in_field(leaf, field)], "boost": WEIGHTS[field]}}


def told(parts: Sequence[tuple[Node, float]], least: float) -> Clause:
    """What holds parts of a tree that tell so much together; each part comes with what it tells."""
    weighted = [{"constant_score": {"filter": matching(part), "boost": tells}} for part, tells in parts if tells > 0]
    # scores are single floats: a sum that is the least itself may come out a little below
    return {"function_score": {"query": any_of(weighted), "min_score": least * (1 - 1e-6)}}


def at_least(parts: Iterable[Node], number: int) -> Clause:
    """What holds so many parts of a tree."""
    return {"bool": {"should": [matching(part) for part in parts], "minimum_should_match": number}}


class Filtering:
    """The filters and exclusions of a query as clauses by facet."""

    def __init__(self, query: Query) -> None:
        self.wanted = _by_facet(query.filters)
        self.unwanted = _by_facet(query.excluded)

    def clause(self, *, but: str = "", but_excluded: str = "") -> Clause:
        """What passes every filter but those of one facet, and every exclusion but those of one facet."""
        wanted = [clause for facet, clause in self.wanted.items() if facet != but]
        return all_of(wanted, [clause for facet, clause in self.unwanted.items() if facet != but_excluded])


def _by_facet(filters: Filters) -> dict[str, Clause]:
    return {facet: _chosen(facet, getattr(filters, facet)) for facet in FACETS if getattr(filters, facet)}


def _chosen(facet: str, values: Sequence[Any]) -> Clause:
    if facet in YEAR_FACETS:
        return any_of(_years(facet, span) for span in values)
    return terms("tags", [tag(facet, value) for value in values])


def _years(facet: str, span: YearRange) -> Clause:
    least, most = _YEARS
    if span.first > most or span.last < least:
        return NOTHING
    return {"range": {facet: {"gte": max(span.first, least), "lte": min(span.last, most)}}}


def terms(field: str, values: Sequence[str]) -> Clause:
    """What holds any of the terms, however many there are."""
    return any_of({"terms": {field: values[at : at + _TERMS]}} for at in range(0, len(values), _TERMS))


def any_of(clauses: Iterable[Clause]) -> Clause:
    """What any of the clauses matches."""
    found = list(clauses)
    if not found:
        return NOTHING
    return found[0] if len(found) == 1 else {"bool": {"should": found, "minimum_should_match": 1}}


def all_of(clauses: Sequence[Clause], unwanted: Sequence[Clause] = ()) -> Clause:
    """What all of the clauses match and none of the unwanted, without a score."""
    wanted = [clause for clause in clauses if clause != EVERYTHING]
    if not unwanted and len(wanted) <= 1:
        return wanted[0] if wanted else EVERYTHING
    return {"bool": {"filter": wanted, "must_not": list(unwanted)}}

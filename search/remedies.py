"""What to leave out when nothing answers: the part or filter that empties the result, and what is found without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.facets import Narrowing
from search.matching import Matching
from search.query import FACETS, And, Node, Query
from search.reading import describe
from search.results import Remedy

#: Remedies offered; more is a list to study.
_OFFERED = 5


def remedies(query: Query, matching: Matching, narrowing: Narrowing) -> tuple[Remedy, ...]:
    """Each part of the tree and each facet of the filters without which passages are found, the most helpful first."""
    found = [*_without_parts(query, matching, narrowing), *_without_filters(query, matching)]
    helpful = sorted((remedy for remedy in found if remedy.total), key=lambda remedy: (-remedy.total, remedy.part))
    return tuple(helpful[:_OFFERED])


def _without_parts(query: Query, matching: Matching, narrowing: Narrowing) -> Iterator[Remedy]:
    tree = query.tree
    if not isinstance(tree, And):
        return
    for at, part in enumerate(tree.parts):
        rest = _and(tree, (*tree.parts[:at], *tree.parts[at + 1 :]))
        yield Remedy(describe(part), len(narrowing.rows(matching.rows(rest))), rest)


def _and(tree: And, parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else replace(tree, parts=parts)


def _without_filters(query: Query, matching: Matching) -> Iterator[Remedy]:
    rows = matching.rows(query.tree)
    columns = matching.state.columns
    for facet in FACETS:
        if getattr(query.filters, facet):
            freed = replace(query, filters=query.filters.without(facet))
            yield Remedy(facet, len(Narrowing(columns, freed).rows(rows)), query.tree, facet)
        if getattr(query.excluded, facet):
            freed = replace(query, excluded=query.excluded.without(facet))
            yield Remedy(f"not {facet}", len(Narrowing(columns, freed).rows(rows)), query.tree, f"not_{facet}")

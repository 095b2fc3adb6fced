"""What to leave out when nothing answers: the part or filter that empties the result, and what is found without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from search.query import FACETS, And, Node, Query
from search.reading import describe
from search.results import Remedy

#: Remedies offered; more is a list to study.
_OFFERED = 5


def remedies(query: Query, totals: Callable[[Sequence[Query]], Sequence[int]]) -> tuple[Remedy, ...]:
    """Each part of the tree and each facet of the filters without which passages are found, the most helpful first.

    `totals` tells of queries how many passages answer each in full.
    """
    freed = [*_without_parts(query), *_without_filters(query)]
    found = [
        Remedy(part, total, each.tree, facet)
        for (part, facet, each), total in zip(freed, totals([each for _, _, each in freed]), strict=True)
    ]
    helpful = sorted((remedy for remedy in found if remedy.total), key=lambda remedy: (-remedy.total, remedy.part))
    return tuple(helpful[:_OFFERED])


def _without_parts(query: Query) -> Iterator[tuple[str, str, Query]]:
    tree = query.tree
    if isinstance(tree, And):
        for at, part in enumerate(tree.parts):
            rest = _and(tree, (*tree.parts[:at], *tree.parts[at + 1 :]))
            yield describe(part), "", replace(query, tree=rest)


def _and(tree: And, parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else replace(tree, parts=parts)


def _without_filters(query: Query) -> Iterator[tuple[str, str, Query]]:
    for facet in FACETS:
        if getattr(query.filters, facet):
            yield facet, facet, replace(query, filters=query.filters.without(facet))
        if getattr(query.excluded, facet):
            yield f"not {facet}", f"not_{facet}", replace(query, excluded=query.excluded.without(facet))

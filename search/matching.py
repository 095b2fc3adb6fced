"""Which passages match a tree: set operations over the rows of its parts, the same for every engine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from search.columns import Columns
from search.names import values_of
from search.query import And, Exact, Field, Node, Not, Or, YearRange
from search.rows import NONE, Rows, difference, intersections, union
from search.state import State


class Matching:
    """Evaluates trees over one state of an index, for one search: what it found once it keeps."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._found: dict[Node | None, Rows] = {}

    def rows(self, tree: Node | None) -> Rows:
        """The rows that match, ascending; every row for no tree."""
        found = self._found.get(tree)
        if found is None:
            found = self._found[tree] = self._rows(tree)
        return found

    def information(self, node: Node) -> float:
        """The idf of a node by the passages whose own text holds it, those of its tags included.

        All passages of a document share its title: counted by that, `cyber` would tell nothing in a library of lectures
        on cybercrime.
        """
        return self.idf(len(self.rows(confined(node))) or len(self.rows(node)))

    def idf(self, holders: int) -> float:
        """The inverse document frequency of what so many rows hold: high if few do, never negative."""
        return float(np.log1p((len(self.state.columns) - holders + 0.5) / (holders + 0.5)))

    def holds(self, node: Node) -> bool:
        """Whether any passage holds it."""
        return len(self.rows(node)) > 0

    def _rows(self, tree: Node | None) -> Rows:
        match tree:
            case None:
                return np.arange(len(self.state.columns), dtype=np.int64)
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return union([self.rows(part) for part in parts])
            case Not(part):
                return difference(self.rows(None), self.rows(part))
            case Exact() | YearRange():
                facet, numbers = tagged(self.state.columns, tree)
                return valued(self.state.columns, facet, numbers)
            case _:
                return self.state.rows(tree)

    def _all(self, parts: tuple[Node, ...]) -> Rows:
        wanted = [self.rows(part) for part in parts if not isinstance(part, Not)]
        found = intersections(wanted) if wanted else self.rows(None)
        for part in parts:
            if isinstance(part, Not):
                found = difference(found, self.rows(part.part))
        return found


def confined(node: Node) -> Node:
    """A tree whose words are looked up in the text alone unless they name a field."""
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(confined, parts)))
        case Not(part):
            return Not(confined(part))
        case Exact() | YearRange():
            return node
        case _:
            return node if node.field else replace(node, field=Field.TEXT)


def tagged(columns: Columns, node: Exact | YearRange) -> tuple[str, tuple[int, ...]]:
    """The column that a tag is looked up in, and the numbers of the values that it asks for, whatever their case."""
    if isinstance(node, YearRange):
        column = columns.columns[node.facet]
        years = (number for number, year in enumerate(column.vocabulary) if node.first <= int(year) <= node.last)
        return node.facet, tuple(years)
    facet, values = values_of(node)
    column = columns.columns[facet]
    numbers = (column.index.get(value, column.folded.get(value.casefold(), -1)) for value in values)
    return facet, tuple(number for number in numbers if number >= 0)


def valued(columns: Columns, facet: str, numbers: tuple[int, ...]) -> Rows:
    """The rows that hold at least one of the values of a facet."""
    column = columns.columns[facet]
    return union([column.rows(number) for number in numbers]) if numbers else NONE

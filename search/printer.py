"""Prints a tree back into the query language."""

from __future__ import annotations

from search.errors import QueryError
from search.names import NO_NAMES, Names, units
from search.parser import parse
from search.query import YEAR_FACETS, And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange


def format(tree: Node | None, names: Names = NO_NAMES) -> str:  # noqa: A001  (the query language's own verb)
    """The tree in the query language: `parse(format(tree)) == tree` for every tree that `parse` gives; None is "".

    (Names are printed at length, so that a query of many may become longer than what is read.)
    With the `names` that the tree was parsed with, recognised names are printed as such wherever they read back.
    """
    short = _Printer(names).printed(tree) if names is not NO_NAMES else ""
    if short and _reads_back(short, tree, names):
        return short
    return _Printer(NO_NAMES).printed(tree)


def _reads_back(text: str, tree: Node | None, names: Names) -> bool:
    try:
        return parse(text, names) == tree
    except QueryError:
        return False


class _Printer:
    """Prints nodes; a name that `names` knows is one word or group."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def printed(self, tree: Node | None) -> str:
        match tree:
            case None:
                return ""
            case And(parts, strict):
                return (" AND " if strict else " ").join(self.grouped(part) for part in parts)
            case Or(parts):
                return " OR ".join(map(self.alternative, units(parts)))
            case Not(part):
                return f"-{self.grouped(part)}"
            case _:
                return _leaf(tree)

    def grouped(self, node: Node) -> str:
        return f"({self.printed(node)})" if isinstance(node, And | Or) else self.printed(node)

    def alternative(self, node: Node) -> str:
        if not isinstance(node, Or):
            return self.printed(node)
        name = _name(node)
        if _reads_back(name, node, self.names):
            return name
        return " OR ".join(map(self.printed, node.parts))


def _name(unit: Or) -> str:
    """A recognised name as people write it."""
    value = unit.parts[0].value if isinstance(unit.parts[0], Exact) else ""
    return value.replace("|", " art ")


def _leaf(node: Node) -> str:  # noqa: PLR0911  (one per kind of node)
    match node:
        case Word(text, field):
            return f"{_prefix(field)}{text}"
        case Phrase(words, field):
            return f'{_prefix(field)}"{" ".join(words)}"'
        case Near(words, distance, field):
            return f'{_prefix(field)}"{" ".join(words)}"~{distance}'
        case Prefix(text, field):
            return f"{_prefix(field)}{text}*"
        case Fuzzy(text, edits, field):
            return f"{_prefix(field)}{text}~{edits if edits > 1 else ''}"
        case Exact(facet, value) if facet in YEAR_FACETS:
            return f"{facet}:{value}"
        case Exact(facet, value):
            return f'{facet}:"{value}"'
        case _:
            return f"{node.facet if isinstance(node, YearRange) else 'year'}:{node}"


def _prefix(field: Field | None) -> str:
    return f"{field}:" if field else ""

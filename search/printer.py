"""Prints a tree: back into the query language, and in words for people."""

from __future__ import annotations

from corpus.model import PassageKind
from search.query import YEAR_FACETS, And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange

_FIELD_NAMES = {
    Field.TITLE: "the title",
    Field.SECTION: "the headings",
    Field.TEXT: "the text",
    Field.NAMES: "the names",
}
_FACET_NAMES = {"kind": "documents of kind", "passage_kind": "passages of kind"}


def format(tree: Node | None) -> str:  # noqa: A001  (the query language's own verb, used as printer.format)
    """The tree in the query language: `parse(format(tree)) == tree` for every tree that `parse` gives; None is ""."""
    match tree:
        case None:
            return ""
        case And(parts, strict):
            return (" AND " if strict else " ").join(_grouped(part) for part in parts)
        case Or(parts):
            return " OR ".join(_grouped(part) if isinstance(part, Or) else format(part) for part in parts)
        case Not(part):
            return f"-{_grouped(part)}"
        case _:
            return _leaf(tree)


def _grouped(node: Node) -> str:
    return f"({format(node)})" if isinstance(node, And | Or) else format(node)


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


def describe(tree: Node | None) -> str:
    """How the query was read, in words: `the organisation Council of Europe and the word treaty`."""
    match tree:
        case None:
            return "every passage"
        case And(parts):
            return _join([part for part in parts if not isinstance(part, Not)], "and") + _without(parts)
        case Or(parts):
            return _tagged(parts) or _join(parts, "or")
        case Not(part):
            return f"every passage without {describe(part)}"
        case _:
            return _describe_leaf(tree)


def _without(parts: tuple[Node, ...]) -> str:
    excluded = [part.part for part in parts if isinstance(part, Not)]
    return f" without {_join(excluded, 'or')}" if excluded else ""


def _tagged(parts: tuple[Node, ...]) -> str:
    """A recognised name stands for itself and its words; to people it is one thing."""
    tag = parts[0]
    if isinstance(tag, Exact) and not any(isinstance(part, Exact) for part in parts[1:]):
        return _describe_leaf(tag)
    return ""


def _join(parts: list[Node] | tuple[Node, ...], sign: str) -> str:
    """Parts in a row, neighbouring plain words taken together, inner alternatives in brackets."""
    pieces: list[str] = []
    plain = [part.text for part in parts if isinstance(part, Word) and part.field is None]
    if plain:
        pieces.append(f"the word{'s' if len(plain) > 1 else ''} {_listed(plain, sign)}")
    for part in parts:
        if not (isinstance(part, Word) and part.field is None):
            text = describe(part)
            compound = isinstance(part, And | Or) and not (isinstance(part, Or) and _tagged(part.parts))
            pieces.append(f"({text})" if compound else text)
    return f" {sign} ".join(pieces) or "every passage"


def _listed(words: list[str], sign: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {sign} {words[-1]}"


def _describe_leaf(node: Node) -> str:  # noqa: PLR0911  (one per kind of node)
    match node:
        case Word(text, field):
            return f"the word {text}{_place(field)}"
        case Phrase(words, field):
            return f"the phrase “{' '.join(words)}”{_place(field)}"
        case Near(words, distance, field):
            return f"{_listed(list(words), 'and')} with at most {distance} words in between{_place(field)}"
        case Prefix(text, field):
            return f"words that start with {text}{_place(field)}"
        case Fuzzy(text, _, field):
            return f"words spelled like {text}{_place(field)}"
        case Exact("provision", value):
            instrument, _, articles = value.partition("|")
            return f"article {articles} of {instrument}"
        case Exact("within", value):
            return f"the organisation {value} or a body of it"
        case Exact(facet, value):
            shown = value.replace("_", " ") if value in set(PassageKind) else value
            return f"{_FACET_NAMES.get(facet, 'the ' + facet)} {shown}"
        case _:
            return f"the years {node}"


def _place(field: Field | None) -> str:
    return f" in {_FIELD_NAMES.get(field, field)}" if field else ""

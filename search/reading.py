"""How a query was read, in words for people, and its parts, each with what remains without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.model import PassageKind
from search.names import NO_NAMES, Names, units
from search.query import And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange
from search.trees import conjunction, disjunction

_FIELD_NAMES = {
    Field.TITLE: "the title",
    Field.SECTION: "the headings",
    Field.TEXT: "the text",
    Field.NAMES: "the names",
}
_FACET_NAMES = {
    "document_year": "documents of",
    "cited_year": "instruments of",
    "kind": "documents of kind",
    "passage_kind": "passages of kind",
}
#: Codes are cited by section; of other laws the records do not tell.
_BY_SECTION = "US Code"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a query: in words, the tree without it (None if nothing remains), and what joins it to the others."""

    description: str
    without: Node | None
    joined_by: Literal["and", "or", "without"]


def parts(tree: Node | None, names: Names = NO_NAMES) -> tuple[Part, ...]:
    """The parts of a query at its top, in order; one part if it has no others beside it.

    `names` are those that the tree was parsed with.
    """
    match tree:
        case None:
            return ()
        case And(operands, strict):
            return tuple(
                Part(describe(_positive(part)), conjunction(rest, demanded=rest, strict=strict), _joint(part))
                for part, rest in _each(operands)
            )
        case Or(alternatives):
            return tuple(
                Part(describe(part), disjunction(rest), "or") for part, rest in _each(units(alternatives, names))
            )
        case _:
            return (Part(describe(_positive(tree)), None, _joint(tree)),)


def _each(nodes: Sequence[Node]) -> Iterable[tuple[Node, list[Node]]]:
    """Each node with the others."""
    return ((node, [*nodes[:at], *nodes[at + 1 :]]) for at, node in enumerate(nodes))


def _positive(node: Node) -> Node:
    return node.part if isinstance(node, Not) else node


def _joint(node: Node) -> Literal["and", "without"]:
    return "without" if isinstance(node, Not) else "and"


def describe(tree: Node | None) -> str:
    """How the query was read, in words: `the organisation Council of Europe and the word treaty`."""
    match tree:
        case None:
            return "every passage"
        case And(parts):
            return _join([part for part in parts if not isinstance(part, Not)], "and") + _without(parts)
        case Or(parts):
            found = units(parts)
            return _tag(found[0]) if len(found) == 1 else _join(found, "or")
        case Not(part):
            return f"every passage without {_bracketed(part)}"
        case _:
            return _leaf(tree)


def _without(parts: tuple[Node, ...]) -> str:
    excluded = [part.part for part in parts if isinstance(part, Not)]
    return f" without {_join(excluded, 'or')}" if excluded else ""


def _tag(unit: Node) -> str:
    """A recognised name stands for itself and its words; to people it is one thing."""
    return _leaf(unit.parts[0]) if isinstance(unit, Or) else _leaf(unit)


def _join(parts: Sequence[Node], sign: str) -> str:
    """Parts in a row, neighbouring plain words taken together, inner alternatives in brackets."""
    plain = [part.text for part in parts if isinstance(part, Word) and part.field is None]
    pieces = [f"the word{'s' if len(plain) > 1 else ''} {_listed(plain, sign)}"] if plain else []
    pieces += [_bracketed(part) for part in parts if not (isinstance(part, Word) and part.field is None)]
    return f" {sign} ".join(pieces) or "every passage"


def _bracketed(node: Node) -> str:
    named = isinstance(node, Or) and len(units(node.parts)) == 1
    return f"({describe(node)})" if isinstance(node, And | Or) and not named else describe(node)


def _listed(words: Sequence[str], sign: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {sign} {words[-1]}"


def _leaf(node: Node) -> str:  # noqa: PLR0911  (one per kind of node)
    match node:
        case Word(text, field):
            return f"the word {text}{_place(field)}"
        case Phrase(words, field):
            return f"the phrase “{' '.join(words)}”{_place(field)}"
        case Near(words, distance, field):
            return f"{_listed(words, 'and')} with at most {distance} words in between{_place(field)}"
        case Prefix(text, field):
            return f"words that start with {text}{_place(field)}"
        case Fuzzy(text, _, field):
            return f"words spelled like {text}{_place(field)}"
        case Exact(facet, value):
            return _exact(facet, value)
        case YearRange(first, last, facet):
            return f"{_FACET_NAMES.get(facet, 'the years')} {first} to {last}"
        case _:
            return describe(node)


def _exact(facet: str, value: str) -> str:
    match facet:
        case "provision":
            instrument, _, article = value.partition("|")
            return f"{'section' if instrument == _BY_SECTION else 'article'} {article} of {_with_the(instrument)}"
        case "within":
            return f"the organisation {value} or a body of it"
        case _:
            shown = value.replace("_", " ") if value in set(PassageKind) else value
            return f"{_FACET_NAMES.get(facet, 'the ' + facet)} {shown}"


def _with_the(instrument: str) -> str:
    """An instrument in a sentence: names take an article, numbers and symbols (`Directive 95/46/EC`) do not."""
    return instrument if "/" in instrument or " No. " in instrument else f"the {instrument}"


def _place(field: Field | None) -> str:
    return f" in {_FIELD_NAMES.get(field, field)}" if field else ""

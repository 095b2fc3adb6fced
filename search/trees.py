"""The normal form of trees: rows and alternatives without brackets that change nothing, no double negation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.analysis import STOP_WORDS
from search.query import And, Node, Not, Or, Word

#: Stop words as people write them; `WHO` and the A of `annex A` are none.
_DROPPED = STOP_WORDS | {word.capitalize() for word in STOP_WORDS if len(word) > 1}


def is_stop_word(node: Node) -> bool:
    """Whether a node is a word that a passage need not hold (`the`, but neither `WHO` nor `title:the`)."""
    return isinstance(node, Word) and node.field is None and node.text in _DROPPED


def conjunction(parts: Sequence[Node], *, demanded: Sequence[Node] = (), strict: bool = False) -> Node | None:
    """All of the parts, the one if there is one, None for none; `strict` if an AND was written, here or in a part.

    Stop words are left out unless they are `demanded` or there is nothing else to look for.
    """
    strict = strict or any(isinstance(part, And) and part.strict for part in parts)
    row = [operand for part in parts for operand in _operands(part, demanded=part in demanded)]
    kept = [part for part, wanted in row if wanted or not is_stop_word(part)]
    flat = kept if any(not isinstance(part, Not) for part in kept) else [part for part, _ in row]
    return flat[0] if len(flat) == 1 else And(tuple(flat), strict) if flat else None


def disjunction(parts: Iterable[Node]) -> Node | None:
    """Any of the parts, each once; the one if there is one, None for none."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Or(distinct) if distinct else None


def negation(node: Node) -> Node:
    """Everything but the part."""
    return node.part if isinstance(node, Not) else Not(node)


def _operands(part: Node, *, demanded: bool) -> list[tuple[Node, bool]]:
    if isinstance(part, And):
        return [(inner, demanded or part.strict) for inner in part.parts]
    return [(part, demanded)]

"""Passages that hold most of what was asked, for where few hold all: by synonym, nearest spelling and share of words.

A question is seldom answered in its own words. So the words that stand side by side in it (never those joined by a
written AND, nor fields, tags and exclusions, which stay binding) may each be held in another form, and some may be
missing: a passage answers if it holds more than half of them, or, of three words and more, enough of what they say,
measured by their idf. Those that hold more come first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search import synonyms
from search.columns import provision_label
from search.matching import Matching
from search.names import articles_above, cited_article
from search.query import Alternatives, And, Exact, Node, Not, Or, Phrase, Word, YearRange
from search.rows import Rows, intersection, union

#: Passages that hold everything are enough from this number on: a page of them.
ENOUGH = 10
#: More than this share of the words is most of them.
MOST = 0.5
#: Less than this share of words that the library knows is no question to this library: to "Malabo Convention" every
#: convention would be an answer.
LEAST_KNOWN = 0.5
#: Words from which on a part of what they tell is an answer; of two words one is another question, and an answer only
#: where nothing holds both.
LEAST_WORDS = 3
#: That part: what holds only words that most passages hold tells nothing.
LEAST_TOLD = 0.1


class Holding(Protocol):
    """What knows whether any passage holds a part of a tree."""

    def holds(self, node: Node) -> bool:
        """Whether any passage holds it."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A tree whose parts `wanted` may be missing, the rows that hold most of them, and the synonyms that were used.

    `widened` pairs what was asked with what was also looked for.
    """

    tree: Node
    wanted: tuple[Node, ...]
    rows: Rows
    widened: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What may be missing of a tree (`wanted`) and what may not (`binding`)."""

    binding: tuple[Node, ...]
    wanted: tuple[Node, ...]
    widened: tuple[tuple[str, str], ...]

    @property
    def tree(self) -> Node:
        """The whole."""
        return And((*self.binding, *self.wanted))

    def suffices(self, most: int) -> bool:
        """Whether so many passages that hold most of the words are the answer, without those that hold less."""
        return len(self.wanted) < LEAST_WORDS and most > 0


def planned(tree: Node | None, holding: Holding) -> Plan | None:
    """What may be missing of a tree whose parts stand side by side; None where nothing may."""
    parts = _parts(tree)
    binding = tuple(part for part in parts if isinstance(part, Not | Exact | YearRange))
    wanted, widened = _widened(_taken_apart([part for part in parts if part not in binding], holding), holding)
    if sum(map(holding.holds, wanted)) <= LEAST_KNOWN * len(wanted):
        return None
    return Plan(binding, wanted, widened)


def loosened(tree: Node | None, matching: Matching, narrowed: Callable[[Rows], Rows]) -> Loose | None:
    """The passages with most of what a tree asks for side by side; None where nothing may be missing.

    `narrowed` gives of any rows those that pass the filters.
    """
    plan = planned(tree, matching)
    if plan is None:
        return None
    most, telling = _most(plan.wanted, matching)
    if plan.binding:
        bound = matching.rows(And(plan.binding))
        most, telling = intersection(most, bound), intersection(telling, bound)
    rows = most if plan.suffices(len(narrowed(most))) else union([most, telling])
    return Loose(plan.tree, plan.wanted, rows, plan.widened)


def _parts(tree: Node | None) -> tuple[Node, ...]:
    """What stands side by side; a word alone, for which another may stand, an article alone, for which the whole."""
    match tree:
        case And(parts):
            return () if tree.strict else parts
        case Word():
            return (tree,)
        case Or() if cited_article(tree):
            return (tree,)
        case _:
            return ()


def _taken_apart(parts: Sequence[Node], holding: Holding) -> list[Node]:
    """The parts, phrases that no passage holds (`low-paid`) as the words that they are made of."""
    apart: list[Node] = []
    for part in parts:
        if isinstance(part, Phrase) and not holding.holds(part):
            apart += [Word(word, part.field) for word in part.words]
        else:
            apart.append(part)
    return apart


def _widened(parts: Sequence[Node], holding: Holding) -> tuple[tuple[Node, ...], tuple[tuple[str, str], ...]]:
    """The parts with what may stand in their stead, where a passage holds that; a term of several words in each."""
    wanted: list[Node] = []
    used: list[tuple[str, str]] = []
    for group in synonyms.load().widened(parts):
        others = tuple(node for node in group.alternatives if holding.holds(node))
        wanted += [Alternatives((part, *others)) if others else part for part in group.parts]
        used += [
            (group.asked, other) for node, other in zip(group.alternatives, group.others, strict=True) if node in others
        ]
    for place, part in enumerate(wanted):
        if found := _above(part, holding):
            asked, above, whole = found
            wanted[place] = Alternatives((part, whole))
            used.append((provision_label(asked.value), provision_label(above.value)))
    return tuple(wanted), tuple(used)


def _above(part: Node, holding: Holding) -> tuple[Exact, Exact, Node] | None:
    """The article that an article stands in, for a citation that no passage has: both tags, and what to look for."""
    asked = cited_article(part)
    if asked is None or holding.holds(part):
        return None
    found = (above for above in articles_above(asked) if holding.holds(above[1]))
    return next(((asked, *above) for above in found), None)


def _most(wanted: Sequence[Node], matching: Matching) -> tuple[Rows, Rows]:
    """The rows that hold most of the words, and those that hold a part of what they tell."""
    held = [matching.rows(part) for part in wanted]
    rows = union(held)
    count, told = np.zeros(len(rows)), np.zeros(len(rows))
    information = [matching.information(node) for node in wanted]
    for each, tells in zip(held, information, strict=True):
        places = np.searchsorted(rows, each)
        count[places] += 1
        told[places] += tells
    return rows[count > MOST * len(held)], rows[told >= LEAST_TOLD * sum(information)]

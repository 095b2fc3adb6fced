"""Passages that hold most of what was asked, for where few hold all: by synonym, nearest spelling and share of words.

A question is seldom answered in its own words. So the words that stand side by side in it (never those joined by a
written AND, nor fields, tags and exclusions, which stay binding) may each be held in another form, and some may be
missing: a passage answers if it holds more than half of them, or, of three words and more, enough of what they say,
measured by their idf. Those that hold more come first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.matching import Matching
from search.query import And, Exact, Node, Not, YearRange
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


@dataclass(frozen=True, slots=True)
class Loose:
    """A tree whose parts `wanted` may be missing in other words, and the rows that hold most of them."""

    tree: Node
    wanted: tuple[Node, ...]
    rows: Rows


def loosened(tree: Node | None, alternatives: Mapping[Node, Node], matching: Matching) -> Loose | None:
    """The passages with most of what a tree asks for side by side; None where nothing may be missing."""
    if not isinstance(tree, And) or tree.strict:
        return None
    binding = tuple(part for part in tree.parts if isinstance(part, Not | Exact | YearRange))
    wanted = tuple(alternatives.get(part, part) for part in tree.parts if part not in binding)
    held = [matching.rows(part) for part in wanted]
    if sum(len(rows) > 0 for rows in held) <= LEAST_KNOWN * len(wanted):
        return None
    rows = _most(held, matching)
    if binding:
        rows = intersection(rows, matching.rows(And(binding)))
    return Loose(And((*binding, *wanted)), wanted, rows)


def _most(held: list[Rows], matching: Matching) -> Rows:
    rows = union(held)
    count, told = np.zeros(len(rows)), np.zeros(len(rows))
    information = [matching.information(len(each)) for each in held]
    for each, tells in zip(held, information, strict=True):
        places = np.searchsorted(rows, each)
        count[places] += 1
        told[places] += tells
    most = count > MOST * len(held)
    if len(held) >= LEAST_WORDS or not most.any():
        most |= told >= LEAST_TOLD * sum(information)
    return rows[most]

"""The horizontal rules of a PDF page, put together from the pieces that programs draw cell by cell. Units: points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Drawn boxes up to this height are rules; the thickest rules of tables have 2.25 points.
THICKNESS = 2.5
#: Pieces belong to one rule if their heights differ by no more, and the gap between them is no wider.
LEVEL, ABUTTING = 1.0, 1.0
#: Pieces up to this width are the corners that word processors draw where two cells meet.
CORNER = 2.5
#: Joints closer than this are one: corners are set left of, on or right of the edge of a cell.
SAME_JOINT = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule; `joints` are the places where its pieces meet: edges of the cells above or below it."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...] = ()

    def covers(self, x0: float, x1: float) -> bool:
        """Whether the rule runs over the middle of a stretch."""
        return self.x0 - ABUTTING <= (x0 + x1) / 2 <= self.x1 + ABUTTING

    def has_joint(self, x: float) -> bool:
        """Whether two cells meet at `x`."""
        return any(abs(joint - x) <= SAME_JOINT for joint in self.joints)


def rules_of(drawn: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """The rules among a page's lines and boxes, from top to bottom and from left to right."""
    thin = [
        ((item["top"] + item["bottom"]) / 2, item["x0"], item["x1"])
        for item in drawn
        if item["bottom"] - item["top"] <= THICKNESS and item["x1"] > item["x0"]
    ]
    return [rule for level in _levels(sorted(thin)) for rule in _chains(level)]


def _levels(pieces: Sequence[tuple[float, float, float]]) -> Iterator[list[tuple[float, float, float]]]:
    level: list[tuple[float, float, float]] = []
    for piece in pieces:
        if level and piece[0] - level[0][0] > LEVEL:
            yield level
            level = []
        level.append(piece)
    if level:
        yield level


def _chains(level: Sequence[tuple[float, float, float]]) -> Iterator[Rule]:
    """Rules of one height: pieces that follow each other without a gap."""
    chain: list[tuple[float, float]] = []
    for _, x0, x1 in sorted(level, key=lambda piece: piece[1:]):
        if chain and x0 - max(end for _, end in chain) > ABUTTING:
            yield _rule(level[0][0], chain)
            chain = []
        chain.append((x0, x1))
    if chain:
        yield _rule(level[0][0], chain)


def _rule(y: float, chain: Sequence[tuple[float, float]]) -> Rule:
    left, right = chain[0][0], max(end for _, end in chain)
    joints: list[float] = []
    for x0, x1 in chain:
        joint = (x0 + x1) / 2 if x1 - x0 <= CORNER else x0
        inside = left + SAME_JOINT < joint < right - SAME_JOINT
        if inside and (not joints or joint - joints[-1] > SAME_JOINT):
            joints.append(joint)
    return Rule(y, left, right, tuple(joints))

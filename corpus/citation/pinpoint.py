"""Pinpoints: the place of a passage in its work, from its locator, in the words of each style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.locator import UNITS, Step
from corpus.model import Passage

#: `b` and `iv`; not a word such as `one`.
_LETTER_OR_ROMAN = re.compile("[a-z]|[ivxlc]+")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Where a passage stands: divisions, labelled units, else pages as they are printed, else the heading above it."""

    container: tuple[Step, ...] = ()
    units: tuple[Step, ...] = ()
    pages: tuple[str, str] | None = None
    heading: str = ""

    def __bool__(self) -> bool:
        return bool(self.container or self.units or self.pages or self.heading)


@dataclass(frozen=True, slots=True)
class Words:
    """How a style writes places.

    `units` maps a unit to the word before its number (a trailing space is part of the word: `¶ `, `n.`); a unit that is
    not there keeps its name. `page` and `pages` are formats with one `{}`; so is `heading`.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    page: str = "{}"
    pages: str = "{}"
    heading: str = "“{}”"


def pinpoint_of(passage: Passage | None) -> Pinpoint:
    """The place of a passage; empty without one. A counted passage (`p-37`) never prints its count."""
    if passage is None:
        return Pinpoint()
    locator = passage.locator
    units = tuple(step for step in locator.steps if step.unit in UNITS)
    # A page or a heading helps only where no label leads to the passage.
    pages = None if units else passage.pages
    heading = passage.section[-1] if passage.section and not units and not pages else ""
    return Pinpoint(locator.container, units, pages, heading)


def printed(pinpoint: Pinpoint, words: Words) -> str:
    """The pinpoint in a style's words, containers first: `appendix 1, art 16(2)`."""
    containers = [_step(_capitals(step), words) for step in pinpoint.container]
    units = " ".join(_step(step, words) for step in pinpoint.units)
    return ", ".join(filter(None, (*containers, units or _pages(pinpoint, words) or _heading(pinpoint, words))))


def _step(step: Step, words: Words) -> str:
    word = words.units.get(step.unit, f"{UNITS.get(step.unit, step.unit)} ")
    rest = "".join(f"({number})" for number in step.numbers[1:])
    return "".join((word, *step.numbers[:1])).strip() + rest


def _capitals(step: Step) -> Step:
    """Lettered and roman divisions are printed in capitals (`annex II`, `part B`), whatever the address holds."""
    return Step(
        step.unit, tuple(number.upper() if _LETTER_OR_ROMAN.fullmatch(number) else number for number in step.numbers)
    )


def _pages(pinpoint: Pinpoint, words: Words) -> str:
    if pinpoint.pages is None:
        return ""
    first, last = pinpoint.pages
    return words.page.format(first) if first == last else words.pages.format(f"{first}–{last}")


def _heading(pinpoint: Pinpoint, words: Words) -> str:
    # A container's own heading says nothing that the container's number does not.
    return words.heading.format(pinpoint.heading) if pinpoint.heading and not pinpoint.container else ""

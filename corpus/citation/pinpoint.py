"""Pinpoints: the place of a passage in its work, from its locator, in the words of each style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from corpus.citation.ranges import Elision, whole
from corpus.errors import PinciteError
from corpus.locator import UNITS, Step
from corpus.model import Passage

#: `b` and `iv`; not a word such as `one`.
_LETTER_OR_ROMAN = re.compile("[a-z]|[ivxlc]+")
#: Words and signs that are doubled for several numbers (`ss 3–5`, `¶¶ 10–12`); the others take an s.
_DOUBLED = re.compile(r"[¶§nrs]")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Where a passage stands: divisions, labelled units, else pages as they are printed, else the heading above it.

    `until` holds the units in which a range ends, empty for a single place. `page` is the page of a labelled place,
    for styles that cite notes by page and number.
    """

    container: tuple[Step, ...] = ()
    units: tuple[Step, ...] = ()
    pages: tuple[str, str] | None = None
    heading: str = ""
    until: tuple[Step, ...] = ()
    page: str = ""

    def __bool__(self) -> bool:
        return bool(self.container or self.units or self.pages or self.heading)

    @property
    def note_page(self) -> str:
        """The page on which a cited note stands, "" if the place is no note or its page is not known."""
        return self.page if [step.unit for step in self.units] == ["fn"] and not self.container else ""


@dataclass(frozen=True, slots=True)
class Words:
    """How a style writes places.

    `units` maps a unit to the word before its number (a trailing space is part of the word: `¶ `, `n.`); a unit that is
    not there keeps its name. `page` and `pages` are formats with one `{}`; so is `heading`. `elide` shortens the last
    page of a range.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    page: str = "{}"
    pages: str = "{}"
    heading: str = "“{}”"
    elide: Elision = whole


def pinpoint_of(passage: Passage | None, until: Passage | None = None) -> Pinpoint:
    """The place of a passage, or of the passages from it to `until`; empty without one.

    A counted passage (`p-37`) never prints its count. Raises `PinciteError` if no one pinpoint leads from the first
    passage to the last.
    """
    if passage is None:
        return Pinpoint()
    first = _place(passage)
    if until is None or (last := _place(until)) == first:
        return first
    if passage.document_id == until.document_id and first.container == last.container:
        if first.units and _kinds(first.units) == _kinds(last.units):
            return replace(first, until=last.units)
        if passage.pages and until.pages:
            return Pinpoint(first.container, pages=(passage.pages[0], until.pages[1]))
    raise PinciteError(f"no one pinpoint leads from {passage.id} to {until.id}; cite them one by one")


def _place(passage: Passage) -> Pinpoint:
    locator = passage.locator
    units = tuple(step for step in locator.steps if step.unit in UNITS)
    # A page or a heading helps only where no label leads to the passage.
    pages = None if units else passage.pages
    heading = passage.section[-1] if passage.section and not units and not pages else ""
    page = passage.pages[0] if units and passage.pages else ""
    return Pinpoint(locator.container, units, pages, heading, page=page)


def _kinds(steps: tuple[Step, ...]) -> list[str]:
    return [step.unit for step in steps]


def printed(pinpoint: Pinpoint, words: Words) -> str:
    """The pinpoint in a style's words, containers first: `appendix 1, art 16(2)`, `paras 10–12`."""
    containers = [_step(_capitals(step), words) for step in pinpoint.container]
    place = _units(pinpoint, words) or _pages(pinpoint, words) or _heading(pinpoint, words)
    return ", ".join(filter(None, (*containers, place)))


def _units(pinpoint: Pinpoint, words: Words) -> str:
    if not pinpoint.until:
        return " ".join(_step(step, words) for step in pinpoint.units)
    *outer, first = pinpoint.units
    *others, last = pinpoint.until
    if outer != others:
        return "–".join(" ".join(_step(step, words) for step in steps) for steps in (pinpoint.units, pinpoint.until))
    return " ".join((*(_step(step, words) for step in outer), _range(first, last, words)))


def _range(first: Step, last: Step, words: Words) -> str:
    """`arts 16–18`; inside one article `art 16(2)–(4)`; of a whole and its own part the whole."""
    if first.numbers[0] != last.numbers[0]:
        return f"{_plural(_word(first, words))}{_numbers(first)}–{_numbers(last)}"
    alike = next(
        (at for at, pair in enumerate(zip(first.numbers, last.numbers, strict=False)) if len(set(pair)) > 1), 0
    )
    if not alike:
        return _step(min(first, last, key=lambda step: len(step.numbers)), words)
    return _step(first, words) + "–" + "".join(f"({number})" for number in last.numbers[alike:])


def _step(step: Step, words: Words) -> str:
    return f"{_word(step, words)}{_numbers(step)}".strip()


def _word(step: Step, words: Words) -> str:
    return words.units.get(step.unit, f"{UNITS.get(step.unit, step.unit)} ")


def _numbers(step: Step) -> str:
    return "".join((*step.numbers[:1], *(f"({number})" for number in step.numbers[1:])))


def _plural(word: str) -> str:
    """`para. ` -> `paras. `, `s ` -> `ss `, `n` -> `nn`."""
    bare = word.rstrip()
    stem = bare.rstrip(".")
    stops = bare[len(stem) :] + word[len(bare) :]
    return (stem * 2 if _DOUBLED.fullmatch(stem) else f"{stem}s") + stops


def _capitals(step: Step) -> Step:
    """Lettered and roman divisions are printed in capitals (`annex II`, `part B`), whatever the address holds."""
    return Step(
        step.unit, tuple(number.upper() if _LETTER_OR_ROMAN.fullmatch(number) else number for number in step.numbers)
    )


def _pages(pinpoint: Pinpoint, words: Words) -> str:
    if pinpoint.pages is None:
        return ""
    first, last = pinpoint.pages
    return words.page.format(first) if first == last else words.pages.format(f"{first}–{words.elide(first, last)}")


def _heading(pinpoint: Pinpoint, words: Words) -> str:
    # A container's own heading says nothing that the container's number does not.
    return words.heading.format(pinpoint.heading) if pinpoint.heading and not pinpoint.container else ""

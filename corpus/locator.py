"""Locators: the address of a passage inside its document, parsed and printed both ways.

A locator is a path of steps, each a unit and its number: `para-10`, `art-16-2`, `fn-21`, `rec-1.9`,
`art-1/comment-1`, `appendix-1/art-16-2`, and `p-37` where the source gives no label. The same address is
printed for people as a *label*, the way lawyers write a pinpoint: `para 10`, `art 16(2)`, `fn 21`, `rec 1.9`.

    >>> Locator.parse("art-6-1-a-ii").label
    'art 6(1)(a)(ii)'
    >>> Locator.from_label("art 16(2)").path
    'art-16-2'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.errors import LocatorError

#: Units that a source numbers, with the words of their labels, as OSCOLA abbreviates them (4th edn, 1.2 and 4.2.4).
UNITS = {
    "para": "para",
    "preambular": "preambular para",
    "art": "art",
    "rec": "rec",
    "recital": "recital",
    "comment": "comment",
    "fn": "fn",
    "s": "s",
    "reg": "reg",
    "r": "r",
    "rule": "rule",
    "principle": "principle",
    "guideline": "guideline",
    "point": "point",
    "turn": "turn",
}
#: Divisions that restart the numbering of what stands in them.
CONTAINERS = frozenset(
    [
        "appendix",
        "annex",
        "schedule",
        "attachment",
        "protocol",
        "part",
        "book",
        "title",
        "chapter",
        "section",
        "enclosure",
    ]
)
#: Passage ids whose parts are remembered: a page asks for the same ones again and again, a search for many.
_REMEMBERED = 1 << 13
#: The counted passage without a label, and the counted heading, title or other piece of structure.
COUNTED, STRUCTURE = "p", "h"

#: No source numbers anything with more digits, nor counts as many passages at one place; Python refuses to read more
#: than 4,300 digits.
_NUMBER = r"[0-9A-Za-z]{1,40}(?:\.[0-9A-Za-z]{1,40})*"
_COPY = re.compile(r"[1-9][0-9]{0,8}")
_STEP = re.compile(rf"(?P<unit>[a-z]+)(?:-(?P<numbers>{_NUMBER}(?:-{_NUMBER})*))?")
_WORDS = "|".join(sorted(UNITS.values(), key=len, reverse=True))
_LABEL = re.compile(rf"(?P<words>{_WORDS}) (?P<first>{_NUMBER})(?P<rest>(?:\({_NUMBER}\))*)")
_UNIT_OF = {words: unit for unit, words in UNITS.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """One unit with its number and sub-numbers: `art 16(2)` is `Step("art", ("16", "2"))`.

    A container may have no number: the only annex of a treaty is `Step("annex")`.
    """

    unit: str
    numbers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`art 16(2)`: the unit, its number, and sub-numbers in parentheses."""
        rest = "".join(f"({number})" for number in self.numbers[1:])
        return " ".join((UNITS.get(self.unit, self.unit), *self.numbers[:1])) + rest

    def __str__(self) -> str:
        return "-".join((self.unit, *self.numbers))


@dataclass(frozen=True, slots=True)
class Locator:
    """A path of steps, outermost first; containers (`appendix 1`) come before the labelled unit.

    `copy` counts passages that share every step (2 for the second unnumbered paragraph of `art 2`).
    """

    steps: tuple[Step, ...]
    copy: int = 1

    @property
    def path(self) -> str:
        """The form that stands in ids and links: `appendix-1/art-16-2`, `art-2~2` for a second passage at one place."""
        return "/".join(map(str, self.steps)) + (f"~{self.copy}" if self.copy > 1 else "")

    @property
    def label(self) -> str | None:
        """The pinpoint as the source gives it (`art 16(2)`, `art 1 comment 1`), None for a counted passage."""
        named = [step.label for step in self.steps if step.unit in UNITS]
        return " ".join(named) or None

    @property
    def container(self) -> tuple[Step, ...]:
        """The divisions in front of the unit: `(Step("appendix", ("1",)),)` or empty."""
        return tuple(step for step in self.steps if step.unit in CONTAINERS)

    @property
    def order(self) -> tuple[object, ...]:
        """A sort key: numbers by value, letters by the alphabet, a whole before its parts: art 2, art 2(1), art 10."""
        return (*((step.unit, *map(_natural, step.numbers)) for step in self.steps), ("", self.copy))

    @classmethod
    def parse(cls, path: str) -> Locator:
        """Read the form of `path`; raises `LocatorError` naming what it could not read."""
        body, mark, copy = path.partition("~")
        steps = tuple(_parse_step(part, path) for part in body.split("/"))
        if mark and (copy == "1" or not _COPY.fullmatch(copy)):
            raise LocatorError(f"not a locator: {path!r} (after '~' stands a number from 2)")
        return cls(steps, int(copy or 1))

    @classmethod
    def from_label(cls, label: str, container: tuple[Step, ...] = (), copy: int = 1) -> Locator:
        """Read a label (`art 6(1)(a)(ii)`, `art 1 comment 1`) inside `container`; raises `LocatorError`."""
        matches = list(_LABEL.finditer(label))
        if not matches or " ".join(match[0] for match in matches) != label:
            raise LocatorError(f"not a label: {label!r} (expected for example 'para 10' or 'art 16(2)')")
        steps = [Step(_UNIT_OF[m["words"]], (m["first"], *re.findall(_NUMBER, m["rest"]))) for m in matches]
        return cls((*container, *steps), copy)

    def __str__(self) -> str:
        return self.path


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    """`10` -> ((10, ""),); `1a` -> ((1, "a"),); `1.9` -> ((1, ""), (9, "")); letters alone come behind numbers."""
    parts = (re.fullmatch(r"(\d*)(.*)", part) for part in number.split("."))
    return tuple((int(part[1]) if part[1] else 10**9, part[2].casefold()) for part in parts if part)


def _parse_step(text: str, whole: str) -> Step:
    match = _STEP.fullmatch(text)
    if not match or match["unit"] not in {*UNITS, *CONTAINERS, COUNTED, STRUCTURE}:
        raise LocatorError(f"not a locator: {whole!r} (cannot read {text!r})")
    if match["numbers"] is None and match["unit"] not in CONTAINERS:
        raise LocatorError(f"not a locator: {whole!r} ({text!r} has no number)")
    return Step(match["unit"], tuple(match["numbers"].split("-")) if match["numbers"] else ())


def passage_id(document_id: str, locator: Locator) -> str:
    """The permalink: `<document id>/<locator>`."""
    return f"{document_id}/{locator.path}"


@lru_cache(maxsize=_REMEMBERED)
def split_passage_id(identifier: str) -> tuple[str, Locator]:
    """`gastorn-aalco-vienna-2018/fn-21` -> document id and locator; raises `LocatorError`."""
    document_id, _, path = identifier.partition("/")
    if not document_id or not path:
        raise LocatorError(f"not a passage id: {identifier!r} (expected <document id>/<locator>)")
    return document_id, Locator.parse(path)

"""Resolves Word's automatic numbers to the labels that it prints: `1.`, `(a)`, `2.3`, `•`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ingest.readers.docx_styles import Styles, is_on
from ingest.readers.numbering import numeral

_VAL = str(qn("w:val"))
_PLACEHOLDER = re.compile(r"%([1-9])")
#: Word has nine list levels (ISO/IEC 29500-1, 17.9.6).
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: numeral style, label pattern (`%1.%2`), first number.

    `restart` is the level (from 1) whose use restarts it, 0 for never, None for every higher one; `legal` prints all
    numbers of the pattern as decimals; `paragraph_style` is the style that the level numbers.
    """

    style: str = "none"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class Numbering:
    """Counters of all lists; lists that share an abstract definition share its counters, as in Word."""

    styles: Styles
    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: WordDocument, styles: Styles) -> Numbering:
        """The lists that a document defines; none if it has no numbering part."""
        numbering = cls(styles)
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is None:
            return numbering
        root = part.element
        linked = {
            _child(node, "styleLink"): node for node in root.iter(qn("w:abstractNum")) if _child(node, "styleLink")
        }
        for node in root.iter(qn("w:abstractNum")):
            source = linked.get(_child(node, "numStyleLink"), node)
            numbering.levels[node.get(qn("w:abstractNumId"))] = _levels(source)
        for node in root.iter(qn("w:num")):
            numbering._add(node)
        return numbering

    def label(self, paragraph: Any) -> tuple[str, int]:
        """The printed label and the depth (from 0) of a paragraph, `("", 0)` outside of lists; call once, in order."""
        properties = self.styles.numbering(paragraph)
        number = _child(properties, "numId") if properties is not None else ""
        if number not in self.abstract_of:
            return "", 0
        depth = self._depth(paragraph, properties, number)
        level = self._level(number, depth)
        self._count(number, depth)
        return self._print(number, level), depth

    def _add(self, node: Any) -> None:
        number = node.get(qn("w:numId"))
        self.abstract_of[number] = _child(node, "abstractNumId")
        for override in node.iter(qn("w:lvlOverride")):
            depth = int(override.get(qn("w:ilvl")) or 0)
            self.overrides.setdefault(number, {}).update(_levels(override))
            if start := _child(override, "startOverride"):
                self.starts.setdefault(number, {})[depth] = int(start)

    def _depth(self, paragraph: Any, properties: Any, number: str) -> int:
        stated = _child(properties, "ilvl")
        if stated:
            return min(int(stated), LEVELS - 1)
        style = self.styles.style_id(paragraph)
        levels = self.levels.get(self.abstract_of[number], {})
        return next((depth for depth, level in levels.items() if level.paragraph_style == style), 0)

    def _level(self, number: str, depth: int) -> Level:
        return self.overrides.get(number, {}).get(depth) or self.levels.get(self.abstract_of[number], {}).get(
            depth, Level()
        )

    def _count(self, number: str, depth: int) -> None:
        counters = self._counters.setdefault(self.abstract_of[number], {})
        if number not in self._seen:
            self._seen.add(number)
            for at in self.starts.get(number, {}):
                counters.pop(at, None)
        first = self.starts.get(number, {}).get(depth, self._level(number, depth).start)
        counters[depth] = counters[depth] + 1 if depth in counters else first
        for deeper in [at for at in counters if at > depth and self._restarts(number, at, depth)]:
            del counters[deeper]

    def _restarts(self, number: str, deeper: int, depth: int) -> bool:
        restart = self._level(number, deeper).restart
        return restart is None or (restart > 0 and depth < restart)

    def _print(self, number: str, level: Level) -> str:
        if level.style == "bullet":
            return "•"
        counters = self._counters[self.abstract_of[number]]

        def value(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            above = self._level(number, depth)
            return numeral(counters.get(depth, above.start), "decimal" if level.legal else above.style)

        return _PLACEHOLDER.sub(value, level.pattern).strip() if level.style != "none" else ""


def _levels(node: Any) -> dict[int, Level]:
    return {int(level.get(qn("w:ilvl")) or 0): _level(level) for level in node.iter(qn("w:lvl"))}


def _level(node: Any) -> Level:
    restart, legal = _child(node, "lvlRestart"), node.find(qn("w:isLgl"))
    return Level(
        style=_child(node, "numFmt") or "decimal",
        pattern=_child(node, "lvlText"),
        start=int(_child(node, "start") or 0),
        restart=int(restart) if restart else None,
        legal=legal is not None and is_on(legal.get(_VAL, "on")),
        paragraph_style=_child(node, "pStyle"),
    )


def _child(node: Any, name: str) -> str:
    found = node.find(qn(f"w:{name}"))
    return str(found.get(_VAL) or "") if found is not None else ""

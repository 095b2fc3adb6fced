"""Footnotes and endnotes of a Word document, numbered in the order of their calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from ingest.blocks import Block, Shape
from ingest.readers.docx_runs import paragraph_runs, q
from ingest.readers.docx_styles import Styles

#: Word reserves notes of these types for the rule above the notes.
_RULES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(slots=True)
class Notes:
    """Note bodies by kind and id; `call` numbers them, `pending` and `endnotes` give the bodies of those called."""

    styles: Styles
    bodies: dict[tuple[str, str], Any] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _given: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, document: WordDocument, styles: Styles) -> Notes:
        """The notes that a document holds; python-docx knows the parts, not their content."""
        notes = cls(styles)
        for kind in ("footnote", "endnote"):
            for rel in document.part.rels.values():
                if not rel.is_external and rel.reltype.endswith(f"/{kind}s"):
                    notes._load(kind, rel.target_part.blob)
        return notes

    def call(self, kind: str, identifier: str) -> int | None:
        """The number of the note called, None if the document holds no such note."""
        key = (kind, identifier)
        if key not in self.bodies:
            return None
        return self._numbers.setdefault(key, 1 + sum(known == kind for known, _ in self._numbers))

    def pending(self) -> Iterator[Block]:
        """Bodies of the footnotes called since the last time."""
        yield from self._give("footnote")

    def endnotes(self) -> Iterator[Block]:
        """Bodies of the endnotes called."""
        yield from self._give("endnote")

    def _load(self, kind: str, xml: bytes) -> None:
        for node in parse_xml(xml).iter(q(kind)):
            if node.get(q("type")) not in _RULES:
                self.bodies[kind, node.get(q("id")) or ""] = node

    def _give(self, kind: str) -> Iterator[Block]:
        due = [key for key in self._numbers if key[0] == kind and key not in self._given]
        for key in due:
            self._given.add(key)
            yield from self._body(key)

    def _body(self, key: tuple[str, str]) -> Iterator[Block]:
        """One block per paragraph; only the first bears the number."""
        marker = str(self._numbers[key])
        for paragraph in self.bodies[key].iter(q("p")):
            runs = paragraph_runs(paragraph, self.styles, self)
            if runs.text:
                yield Block(runs.text, Shape.NOTE, marker=marker, calls=runs.calls)
                marker = ""

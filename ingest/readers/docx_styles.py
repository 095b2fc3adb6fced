"""Word's styles: what a paragraph or run inherits (bold, size, outline level) through `basedOn` chains."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

#: `w:outlineLvl` counts from 0; 9 means body text (ISO/IEC 29500-1, 17.3.1.20).
BODY_LEVEL = 9
#: Chains are short; a longer one is a loop in a damaged file.
MAX_CHAIN = 20
_HEADING_NAME = re.compile(r"heading (\d)", re.IGNORECASE)
_QUOTE_NAME = re.compile(r"(?:intense |block )?(?:quote|quotation|text)\b.*", re.IGNORECASE)
_VAL = str(qn("w:val"))


def is_on(value: str | None) -> bool:
    """Whether an on/off property is on; written without a value it is (ISO/IEC 29500-1, 17.17.4)."""
    return value is not None and value not in {"0", "false", "off", "none"}


@dataclass(slots=True)
class Styles:
    """Style definitions by id, with the document's default style and its body size in half-points."""

    by_id: dict[str, Any]
    default: str
    body_size: int = 0
    _cache: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, document: WordDocument) -> Styles:
        """The styles of a document."""
        root = document.styles.element
        nodes = list(root.iter(qn("w:style")))
        default = [
            n.get(qn("w:styleId"))
            for n in nodes
            if n.get(qn("w:type")) == "paragraph" and is_on(n.get(qn("w:default")))
        ]
        styles = cls({node.get(qn("w:styleId")): node for node in nodes}, default[0] if default else "")
        styles.body_size = styles._measure(document)
        return styles

    def paragraph(self, node: Any, prop: str) -> str | None:
        """A run property (`b`, `sz`, `vanish`) that the paragraph's style gives."""
        return self._inherited(self.style_id(node), "rPr", prop)

    def run(self, paragraph: Any, run: Any, prop: str) -> str | None:
        """A run property: set on the run, by its character style, or by the paragraph's style."""
        own = _value(run.find(qn("w:rPr")), prop)
        if own is not None:
            return own
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        inherited = self._inherited(style.get(_VAL), "rPr", prop) if style is not None else None
        return inherited if inherited is not None else self.paragraph(paragraph, prop)

    def style_id(self, node: Any) -> str:
        """The id of the paragraph's style."""
        style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return str(style.get(_VAL)) if style is not None else self.default

    def name(self, node: Any) -> str:
        """The name of the paragraph's style as Word shows it, in lower case."""
        style = self.by_id.get(self.style_id(node))
        name = style.find(qn("w:name")) if style is not None else None
        return str(name.get(_VAL)).casefold() if name is not None else ""

    def heading_level(self, node: Any) -> int:
        """1-9 by style name or outline level, 1 for a title, 0 for body text."""
        name = self.name(node)
        if match := _HEADING_NAME.fullmatch(name):
            return int(match[1])
        if name == "title":
            return 1
        own = _value(node.find(qn("w:pPr")), "outlineLvl")
        level = own if own is not None else self._inherited(self.style_id(node), "pPr", "outlineLvl")
        return int(level) + 1 if level is not None and level.isdecimal() and int(level) < BODY_LEVEL else 0

    def is_quote(self, node: Any) -> bool:
        """Whether the style is one for block quotes."""
        return bool(_QUOTE_NAME.fullmatch(self.name(node)))

    def numbering(self, node: Any) -> Any | None:
        """The `w:numPr` that the paragraph states or inherits, nearest first."""
        own = node.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is not None:
            return own
        for style in self._chain(self.style_id(node)):
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                return found
        return None

    def relative_size(self, node: Any) -> float:
        """The paragraph's font size relative to body text, 1.0 if unknown."""
        size = self._size(node)
        return round(size / self.body_size, 2) if size and self.body_size else 1.0

    def _size(self, node: Any) -> int:
        for run in node.iter(qn("w:r")):
            if run.find(qn("w:t")) is not None:
                size = self.run(node, run, "sz")
                return int(size) if size and size.isdecimal() else 0
        return 0

    def _measure(self, document: WordDocument) -> int:
        """The size in half-points that most characters have."""
        sizes: Counter[int] = Counter()
        for node in document.element.body.iter(qn("w:p")):
            sizes[self._size(node)] += sum(len(text.text or "") for text in node.iter(qn("w:t")))
        return sizes.most_common(1)[0][0] if sizes else 0

    def _chain(self, style_id: str) -> list[Any]:
        chain: list[Any] = []
        while style_id in self.by_id and len(chain) < MAX_CHAIN:
            style = self.by_id[style_id]
            chain.append(style)
            parent = style.find(qn("w:basedOn"))
            style_id = parent.get(_VAL) if parent is not None else ""
        return chain

    def _inherited(self, style_id: str, group: str, prop: str) -> str | None:
        key = (style_id, group, prop)
        if key not in self._cache:
            values = (_value(style.find(qn(f"w:{group}")), prop) for style in self._chain(style_id))
            self._cache[key] = next((value for value in values if value is not None), None)
        return self._cache[key]


def _value(properties: Any | None, prop: str) -> str | None:
    node = properties.find(qn(f"w:{prop}")) if properties is not None else None
    return None if node is None else str(node.get(_VAL, "on"))

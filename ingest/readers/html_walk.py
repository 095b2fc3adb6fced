"""Walks the main content of an HTML page and turns it into blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from ingest.blocks import Block, Shape
from ingest.readers.html_notes import NoteLinks
from ingest.readers.numbering import numeral
from ingest.readers.runs import Runs

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "body",
            "html",
            "aside",
            "header",
            "footer",
            "address",
            "center",
            "hr",
        ),
        *(
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "figure",
            "figcaption",
            "details",
            "summary",
            "fieldset",
        ),
        *("table", "caption", "tbody", "thead", "tfoot", "tr", "td", "th"),
    ]
) | frozenset(_HEADINGS)
#: The cells of a row that lays out a list item, as EUR-Lex writes all its lists.
_MARK_AND_TEXT = ("mark", "text")
_OL_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
#: Where a list starts, or goes on; longer numbers are none.
_WHOLE = re.compile(r"-?\d{1,6}")
# A cell or the first words of a layout row that only number what follows: "(a)", "1.", "(iv)", "—", "•".
_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4}|[A-Z])[.)]{1,2}|[—–•‣▪-]")
# The printed number in front of a note's text: "1", "[12]", "3.", "4 ^".
_PRINTED_NUMBER = re.compile(r"[\[(]?\d{1,3}[\])]?[.:]?\s+")


@dataclass(slots=True)
class _List:
    style: str  # numeral style, "" for bullets
    next: int


@dataclass(slots=True)
class Walk:
    """Collects blocks while walking element trees in document order; `notes` tells calls and bodies of footnotes."""

    notes: NoteLinks
    blocks: list[Block] = field(default_factory=list)
    _runs: Runs = field(default_factory=Runs)
    _path: list[lxml_html.HtmlElement] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _marker: str = ""
    _breaks: int = 0

    def visit(self, root: lxml_html.HtmlElement) -> None:
        """Walk one element with all that it holds."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                if self._enter(node):
                    self._path.append(node)
                    self._text(node.text)
                else:
                    walker.skip_subtree()
            elif event == "end" and self._path and self._path[-1] is node:
                self._leave(node)
            if event != "start" and node is not root:
                self._text(node.tail)
        self._flush()

    def _enter(self, node: lxml_html.HtmlElement) -> bool:
        """Handle a start tag; False if the element is done with, children included."""
        if node in self.notes.calls and not self._in_note():
            self._runs.call(self.notes.calls[node])
            return False
        if node in self.notes.returns:
            return False
        if node.tag == "sup" and not any(inner in self.notes.calls or inner in self.notes.returns for inner in node):
            self._runs.add_raised(node.text_content())
            return False
        if node.tag == "br":
            self._break()
        if node.tag in _BLOCKS:
            self._flush()
            return self._enter_block(node)
        return True

    def _enter_block(self, node: lxml_html.HtmlElement) -> bool:
        if node.tag in {"ol", "ul"}:
            self._lists.append(_list_of(node))
        elif node.tag == "li":
            self._marker = self._item_marker(node)
        elif node.tag == "hr":
            self.blocks.append(Block("---", Shape.RULE))
        elif node.tag == "tr":
            return self._enter_row(node)
        elif node.tag == "pre":
            self._preformatted(node)
            return False
        return True

    def _leave(self, node: lxml_html.HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self._flush()
        self._path.pop()
        if node.tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if node.tag in {"li", "tr"}:
            self._marker = ""

    def _text(self, text: str | None) -> None:
        if not text or not text.strip("\ufeff"):
            return
        if text.strip():
            self._breaks = 0
        tags = {node.tag for node in self._path}
        self._runs.add(text, bold=bool(tags & {"b", "strong", "th"}), italic=bool(tags & {"i", "em", "cite"}))

    def _break(self) -> None:
        """One line break is a blank, two make a new paragraph."""
        self._breaks += 1
        if self._breaks == 1:
            self._runs.add(" ")
        else:
            self._flush()

    def _preformatted(self, node: lxml_html.HtmlElement) -> None:
        for paragraph in re.split(r"\n\s*\n", node.text_content()):
            self._runs.add(paragraph)
            self._flush()

    def _enter_row(self, row: lxml_html.HtmlElement) -> bool:
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        texts = [" ".join(cell.text_content().split()) for cell in cells]
        filled = [place for place, text in enumerate(texts) if text]
        if len(filled) == len(_MARK_AND_TEXT) and _MARK.fullmatch(texts[filled[0]]):
            self._marker = texts[filled[0]]
            cells[filled[0]].clear(keep_tail=True)
            return True
        if len(filled) <= 1 or _is_layout(row):
            return True
        self._row(cells)
        return False

    def _row(self, cells: list[lxml_html.HtmlElement]) -> None:
        """One data row, cells joined by tabs; calls keep their place."""
        parts = [Walk(self.notes).cell(cell) for cell in cells]
        text, calls, at = "\t".join(part.text for part in parts), [], 0
        for part in parts:
            calls += [type(call)(call.number, at + call.at) for call in part.calls]
            at += len(part.text) + 1
        self.blocks.append(Block(text.rstrip("\t"), Shape.TABLE, calls=tuple(calls)))

    def cell(self, cell: lxml_html.HtmlElement) -> Runs:
        """The text of one table cell, its paragraphs joined by blanks."""
        runs = Runs()
        walker = etree.iterwalk(cell, events=("start", "end", "comment"))
        for event, node in walker:
            if event == "start" and node in self.notes.calls:
                runs.call(self.notes.calls[node])
                walker.skip_subtree()
            elif event == "start" and node.tag == "sup":
                runs.add_raised(node.text_content())
                walker.skip_subtree()
            elif event == "start":
                runs.add((" " if node.tag in _BLOCKS or node.tag == "br" else "") + (node.text or ""))
            elif node is not cell:
                runs.add(node.tail or "")
        return runs

    def _in_note(self) -> bool:
        return any(node in self.notes.holders for node in self._path)

    def _item_marker(self, node: lxml_html.HtmlElement) -> str:
        if not self._lists:
            return "•"
        current = self._lists[-1]
        if (value := node.get("value")) and _WHOLE.fullmatch(value):
            current.next = int(value)
        current.next += 1
        return f"{numeral(current.next - 1, current.style)}." if current.style else "•"

    def _flush(self) -> None:
        runs, self._runs, self._breaks = self._runs, Runs(), 0
        if runs.text:
            self.blocks.append(self._block(runs))
            self._marker = ""

    def _block(self, runs: Runs) -> Block:
        tags = [node.tag for node in self._path]
        level = next((_HEADINGS[tag] for tag in tags if tag in _HEADINGS), 0)
        note = next((self.notes.holders[node] for node in self._path if node in self.notes.holders), runs.lead)
        if level:
            return Block(runs.text, Shape.HEADING, level, emphasis=runs.emphasis, calls=runs.calls)
        if note is not None:
            return self._note(runs, note)
        if self._marker or "li" in tags:
            depth = max(len(self._lists) - 1, tags.count("tr") - 1, 0)
            return Block(runs.text, Shape.ITEM, depth, self._marker, runs.emphasis, calls=runs.calls)
        shape = Shape.QUOTE if "blockquote" in tags else Shape.TEXT
        return Block(runs.text, shape, emphasis=runs.emphasis, calls=runs.calls)

    def _note(self, runs: Runs, number: int) -> Block:
        """A note's body, or its further paragraph, which bears no number."""
        first = not any(block.shape == Shape.NOTE and block.marker == str(number) for block in self.blocks)
        printed = _PRINTED_NUMBER.match(runs.text) if first else None
        cut = printed.end() if printed and printed[0].strip("[](). :\t") == str(number) else 0
        calls = tuple(type(call)(call.number, call.at - cut) for call in runs.calls if call.at > cut)
        return Block(runs.text[cut:], Shape.NOTE, marker=str(number) if first else "", calls=calls)


def _list_of(node: lxml_html.HtmlElement) -> _List:
    start = node.get("start") or ""
    style = _OL_TYPES.get(node.get("type") or "1", "decimal") if node.tag == "ol" else ""
    return _List(style, int(start) if _WHOLE.fullmatch(start) else 1)


def _is_layout(row: lxml_html.HtmlElement) -> bool:
    """Whether the row's table only places things: it says so, or it holds headings, lists or tables."""
    table = next(row.iterancestors("table"), None)
    return table is not None and (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table", "h1", "h2", "h3", "h4", "ol", "ul"), None) is not None
    )

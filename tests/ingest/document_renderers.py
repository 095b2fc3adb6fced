"""Prints a generated document as plain text, Markdown, HTML, DOCX and PDF."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator

from docx import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from fpdf import FPDF, XPos, YPos

from tests.ingest.document_strategies import Layout, Node, Tree

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: From this place on a paragraph may be cut by a page; a shorter first half could be a heading.
CUT_FROM = 70
#: A last line up to this share of the column shows that it is the last; behind others a blank line stands.
SHORT = 0.7


def runs(node: Node) -> Iterator[str | int]:
    """The text of a node in pieces, the numbers of notes between them."""
    at = 0
    for number, place in node.calls:
        yield node.text[at:place]
        yield number
        at = place
    yield node.text[at:]


# -- text and Markdown ------------------------------------------------------------------------------------------------


def to_text(tree: Tree, layout: Layout, *, marked: bool) -> bytes:
    """The document as a text file; `marked` with the headings of Markdown."""
    printer = _Printer(tree, layout, marked=marked)
    return layout.newline.join(printer.lines()).encode(layout.encoding)


class _Printer:
    def __init__(self, tree: Tree, layout: Layout, *, marked: bool) -> None:
        self.tree, self.layout, self.marked = tree, layout, marked
        self.due: list[int] = []
        self.page = 1

    def lines(self) -> list[str]:
        out = [*self._heading(self.tree.title, 1), ""]
        breaks = _breaks(self.tree, self.layout)
        for index, node in enumerate(self.tree.nodes):
            self.due += [number for number, _ in node.calls]
            halves = _halves(_marked_up(node, self.layout)) if index in breaks and self.layout.cut else None
            if halves:
                out += [*self._body(halves[0], whole=False), *self._break(), *self._body(halves[1], begins=False)]
            else:
                out += self._heading(node.text, node.level + 1) if node.kind == "heading" else self._node(node)
                out += self._break() if index in breaks else []
        return [*out, *self._notes()]

    def _heading(self, text: str, level: int) -> list[str]:
        return ["", f"{'#' * level} {text}" if self.marked else text, ""]

    def _node(self, node: Node) -> list[str]:
        return self._body(_marked_up(node, self.layout))

    def _body(self, text: str, *, whole: bool = True, begins: bool = True) -> list[str]:
        layout = self.layout
        if not layout.wrap:
            return [text, ""]
        indent = "    " if layout.apart == "indent" and begins else ""
        lines = _wrap(text, layout, indent)
        told = layout.apart == "indent" or (layout.apart == "short" and len(lines[-1]) < SHORT * layout.wrap)
        return lines if told and whole else [*lines, ""]

    def _break(self) -> list[str]:
        notes = self._notes()
        self.page += 1
        feed = "\f" if self.layout.feed else ""
        return [*notes, "", f"{self.page - 1}", "", f"{feed}Session of the River Library, page {self.page}", ""]

    def _notes(self) -> list[str]:
        numbers, self.due = self.due, []
        lines = []
        for number in numbers:
            text = f"{_mark(number, self.layout)} {self.tree.notes[number]}"
            lines += ["", *(_wrap(text, self.layout, "") if self.layout.wrap else [text])]
        return [*lines, ""] if lines else []


def _breaks(tree: Tree, layout: Layout) -> frozenset[int]:
    """Places of the nodes in or behind which a page ends; fewer than two prove no running header."""
    if not layout.page:
        return frozenset()
    places = range(layout.page - 1, len(tree.nodes) - 1, layout.page)
    found = frozenset(place for place in places if tree.nodes[place].kind != "heading")
    return found if len(found) > 1 else frozenset()


def _marked_up(node: Node, layout: Layout) -> str:
    return "".join(_mark(run, layout) if isinstance(run, int) else run for run in runs(node))


def _mark(number: int, layout: Layout) -> str:
    if layout.call == "sup":
        return f"<sup>{number}</sup>"
    return f"[{number}]" if layout.call == "bracket" else str(number).translate(_RAISED)


def _halves(text: str) -> tuple[str, str] | None:
    """A text cut before a small word in its middle."""
    match = re.compile(r"(?<=[a-z]) (?=[a-z]{2})").search(text, CUT_FROM)
    if not match or len(text) - match.end() < CUT_FROM:
        return None
    return text[: match.start()], text[match.end() :]


def _wrap(text: str, layout: Layout, indent: str) -> list[str]:
    """Lines as a word processor fills them; with `broken_words` a long word is broken where its first half fits."""
    lines, line = [], indent
    for word in text.split():
        room = layout.wrap - len(line) - bool(line.strip())
        half = min(room - 1, len(word) - 3)
        if len(word) > room and layout.broken_words and half >= 3 and re.fullmatch(r"[a-zà-ÿ]+[.,;:]?", word):
            lines.append(f"{line} {word[:half]}-")
            line = word[half:]
        elif len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line.strip() else line + word
    return [*lines, line]


# -- HTML -------------------------------------------------------------------------------------------------------------


def to_html(tree: Tree) -> bytes:
    """The document as a page with navigation around it."""
    parts = [f"<h1>{html.escape(tree.title)}</h1>", *map(_element, tree.nodes)]
    parts += [f'<p id="fn{n}"><a href="#r{n}">{n}</a> {html.escape(text)}</p>' for n, text in tree.notes.items()]
    head = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(tree.title)}</title></head>'
    menu = '<nav><a href="/">Start</a> <a href="/all">All papers</a></nav>'
    return f"{head}<body>{menu}<main>{''.join(parts)}</main><footer>Imprint</footer></body></html>".encode()


def _element(node: Node) -> str:
    inner = "".join(
        f'<sup><a href="#fn{run}" id="r{run}">{run}</a></sup>' if isinstance(run, int) else html.escape(run)
        for run in runs(node)
    )
    if node.kind == "quote":
        return f"<blockquote><p>{inner}</p></blockquote>"
    tag = f"h{node.level + 1}" if node.kind == "heading" else "p"
    return f"<{tag}>{inner}</{tag}>"


# -- DOCX -------------------------------------------------------------------------------------------------------------


def to_docx(tree: Tree) -> bytes:
    """The document with Word's heading styles and footnotes."""
    document = WordDocument()
    document.add_paragraph(tree.title, style="Title")
    for node in tree.nodes:
        if node.kind == "heading":
            document.add_heading(node.text, node.level)
            continue
        paragraph = document.add_paragraph(style="Quote" if node.kind == "quote" else None)
        for run in runs(node):
            if isinstance(run, int):
                paragraph._p.append(parse_xml(f'<w:r xmlns:w="{_W}"><w:footnoteReference w:id="{run}"/></w:r>'))
            else:
                paragraph.add_run(run)
    if tree.notes:
        _add_footnotes(document, tree.notes.items())
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_footnotes(document, notes: Iterable[tuple[int, str]]) -> None:
    bodies = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_W}">{bodies}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


# -- PDF --------------------------------------------------------------------------------------------------------------


class Sheets(FPDF):
    """Pages with a running header, the notes called on the page at its foot, and page numbers."""

    def __init__(self, tree: Tree, *, headed: bool) -> None:
        super().__init__(format="A4")
        self.tree, self.due, self.headed = tree, [], headed
        self.set_auto_page_break(auto=True, margin=60)
        self.set_margins(25, 30, 25)
        self.core_fonts_encoding = "cp1252"

    def header(self) -> None:
        self.set_font("Times", "I", 9)
        self.set_xy(25, 12)
        self.cell(0, 5, "Papers of the River Library" if self.headed else "")
        self.set_xy(25, 30)
        self.set_font("Times", "", 11)

    def footer(self) -> None:
        self.set_y(-55)
        due, self.due = self.due, []
        for number in due:
            self._note(number)
        self.set_font("Times", "", 9)
        self.set_y(-15)
        self.cell(0, 5, str(self.page_no()), align="C")

    def _note(self, number: int) -> None:
        self.set_font("Times", "", 8)
        self.char_vpos = "SUP"
        self.write(3.6, str(number))
        self.char_vpos = "LINE"
        self.write(3.6, f" {self.tree.notes[number]}")
        self.ln(4.2)

    def node(self, node: Node) -> None:
        if node.kind == "heading":
            self.set_font("Times", "B", 15 - node.level)
            if self.get_y() > 200:
                self.add_page()
                self.set_font("Times", "B", 15 - node.level)
            self.ln(3)
            self.multi_cell(0, 6, node.text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(1.5)
            return
        self.set_font("Times", "", 11)
        for run in runs(node):
            if isinstance(run, int):
                self.due.append(run)
                self.r_margin -= 5  # a call hangs over the edge rather than begin a line
                self.char_vpos = "SUP"
                self.write(5, str(run))
                self.char_vpos = "LINE"
                self.r_margin += 5
            else:
                self.write(5, run)
        self.ln(8)


def to_pdf(tree: Tree) -> bytes:
    """The document as an A4 PDF in Times; a single page has no running header, as nothing would tell what it is."""
    sheets = _printed(tree, headed=True)
    return bytes((sheets if sheets.pages_count > 1 else _printed(tree, headed=False)).output())


def _printed(tree: Tree, *, headed: bool) -> Sheets:
    sheets = Sheets(tree, headed=headed)
    sheets.add_page()
    sheets.set_font("Times", "B", 18)
    sheets.multi_cell(0, 8, tree.title, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheets.ln(6)
    for node in tree.nodes:
        sheets.node(node)
    return sheets

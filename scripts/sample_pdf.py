"""Typesets a sample source as PDF: justified lines, notes at the foot that may run over, running heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from sample_markup import Source, SourceBlock, pieces

#: Width and height in points: journals are printed in A5, reports in A4.
PAGES = {"journal": (419.53, 595.28), "report": (595.28, 841.89)}
#: Margins of the text in points: sides, top and bottom.
SIDE, ABOVE, BELOW = 62.0, 78.0, 66.0
#: Sizes in points; leading is 1.22 of the size.
BODY, NOTE = 11.0, 8.5
LEADING = 1.22
HEADINGS = {1: 17.0, 2: 13.0, 3: 11.0}
#: Indents: a tabulator's width, from which paragraphs, items and sub-items hang.
TAB = 28.0
#: Lines of notes that one page takes at most; longer notes run over to the next page.
FOOT_LINES = 7


@dataclass(frozen=True)
class Glyphs:
    """Text in one style at one height; `call` marks a raised number."""

    text: str
    style: str = ""
    call: int = 0


@dataclass
class Row:
    """One set line: words (each a run of glyphs), where it starts, and how it is drawn."""

    words: list[list[Glyphs]]
    size: float
    x: float
    width: float
    justified: bool = False
    centred: bool = False
    before: float = 0.0
    label: str = ""
    label_x: float = 0.0
    keep: bool = False
    cells: tuple[str, ...] = ()

    @property
    def calls(self) -> list[int]:
        """Numbers of the notes called in the line."""
        return [glyphs.call for word in self.words for glyphs in word if glyphs.call]

    @property
    def height(self) -> float:
        """Distance to the line below."""
        return self.size * LEADING


@dataclass
class Sheet:
    """One page: its lines with their tops, and the lines of its foot."""

    rows: list[tuple[float, Row]] = field(default_factory=list)
    foot: list[Row] = field(default_factory=list)


class Setter:
    """Breaks a source into lines and pages and draws them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pdf = FPDF(unit="pt", format=PAGES["journal" if "journal" in source.facts else "report"])
        self.left, self.right = SIDE, self.pdf.w - SIDE
        self.bottom = self.pdf.h - BELOW
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_creation_date(datetime.fromisoformat(source.facts["created"]).replace(tzinfo=UTC))
        self.pdf.set_title(source.facts["title"])
        self.pdf.set_author(source.facts["author"])

    def write(self, path: Path) -> None:
        """Set, draw and save."""
        for number, sheet in enumerate(self._sheets(), start=1):
            self._draw(sheet, number)
        self.pdf.output(str(path))

    # Breaking into lines

    def _rows(self) -> Iterator[Row]:
        for block in self.source.blocks:
            yield from self._block_rows(block)

    def _block_rows(self, block: SourceBlock) -> Iterator[Row]:
        if block.kind == "row":
            cells = tuple(cell.strip() for cell in block.text.split("|"))
            yield Row([], NOTE + 1, self.left, self.right - self.left, cells=cells)
            return
        if block.kind == "heading":
            rows = self._break(block.text, HEADINGS[block.level], self.left, self.right, style="B", justified=False)
            for row in rows:
                row.keep, row.centred = True, block.level == 1
        elif block.kind in {"numbered", "item"}:
            indent = self.left + TAB * (block.level + 1)
            rows = self._break(
                block.text, BODY, self.left if block.kind == "numbered" else indent, self.right, first=indent
            )
            rows[0].label, rows[0].label_x = block.label, indent - TAB
        elif block.kind == "quote":
            rows = self._break(block.text, BODY - 1, self.left + TAB, self.right - TAB)
        else:
            rows = self._break(block.text, BODY, self.left, self.right)
        rows[0].before = BODY * (0.9 if block.kind == "heading" else 0.5)
        yield from rows

    def _break(
        self,
        text: str,
        size: float,
        left: float,
        right: float,
        *,
        first: float | None = None,
        style: str = "",
        justified: bool = True,
    ) -> list[Row]:
        rows = [Row([], size, left if first is None else first, right - (left if first is None else first), justified)]
        used = 0.0
        for word in self._words(text, style):
            width = self._width(word, size)
            if rows[-1].words and used + self._blank(size) + width > rows[-1].width:
                rows.append(Row([], size, left, right - left, justified))
                used = 0.0
            used += width + (self._blank(size) if rows[-1].words else 0)
            rows[-1].words.append(word)
        rows[-1].justified = False
        return rows

    def _words(self, text: str, style: str) -> Iterator[list[Glyphs]]:
        word: list[Glyphs] = []
        for piece in pieces(text):
            if piece.note:
                word.append(Glyphs(piece.text, call=piece.note))
                continue
            for index, part in enumerate(piece.text.split(" ")):
                if index and word:
                    yield word
                    word = []
                if part:
                    word.append(Glyphs(part, style + ("I" if piece.italic else "")))
        if word:
            yield word

    def _width(self, word: list[Glyphs], size: float) -> float:
        return sum(self._glyph_width(glyphs, size) for glyphs in word)

    def _glyph_width(self, glyphs: Glyphs, size: float) -> float:
        self.pdf.set_font("Times", glyphs.style, size * 0.65 if glyphs.call else size)
        return float(self.pdf.get_string_width(glyphs.text))

    def _blank(self, size: float) -> float:
        return size * 0.25

    # Breaking into pages

    def _sheets(self) -> list[Sheet]:
        sheets, y = [Sheet()], ABOVE
        waiting: list[Row] = []
        rows = list(self._rows())
        for index, row in enumerate(rows):
            notes = [line for number in row.calls for line in self._note_rows(number)]
            needed = row.height + (rows[index + 1].height * 2 if row.keep and index + 1 < len(rows) else 0)
            if y + row.before + needed + self._foot_height(len(sheets[-1].foot) + min(len(notes), 1)) > self.bottom:
                sheets.append(Sheet(foot=waiting[:FOOT_LINES]))
                waiting, y = waiting[FOOT_LINES:], ABOVE - row.before
            y += row.before
            sheets[-1].rows.append((y, row))
            y += row.height
            room = self._room(sheets[-1], y) if not waiting else 0
            sheets[-1].foot += notes[:room]
            waiting += notes[room:]
        while waiting:
            sheets.append(Sheet(foot=waiting[:FOOT_LINES]))
            waiting = waiting[FOOT_LINES:]
        return sheets

    def _room(self, sheet: Sheet, y: float) -> int:
        """Lines of notes that still fit under a line that ends at `y`."""
        fitting = int((self.bottom - y - 12) / (NOTE * LEADING)) - len(sheet.foot)
        return max(0, min(fitting, FOOT_LINES - len(sheet.foot)))

    def _foot_height(self, lines: int) -> float:
        return lines * NOTE * LEADING + 12 if lines else 0.0

    def _note_rows(self, number: int) -> list[Row]:
        rows = self._break(self.source.notes[number], NOTE, self.left, self.right)
        rows[0].words[0].insert(0, Glyphs(f"{number} ", call=number))
        return rows

    # Drawing

    def _draw(self, sheet: Sheet, number: int) -> None:
        self.pdf.add_page()
        self._draw_edges(number)
        for y, row in sheet.rows:
            self._draw_row(row, y)
        y = self.bottom - len(sheet.foot) * NOTE * LEADING
        if sheet.foot:
            self.pdf.set_line_width(0.5)
            self.pdf.line(self.left, y - 5, self.left + 110, y - 5)
        for row in sheet.foot:
            self._draw_row(row, y)
            y += row.height

    def _draw_edges(self, number: int) -> None:
        facts = self.source.facts
        self.pdf.set_font("Times", "I" if "journal" in facts else "", 9)
        if "journal" in facts and number > 1:
            text = facts["author"] + ": " + facts["title"].split(":")[0] if number % 2 else facts["header"]
            x = self.right - self.pdf.get_string_width(text) if number % 2 else self.left
            self.pdf.text(x, 46, text)
        elif "symbol" in facts:
            text = facts["symbol"]
            self.pdf.text(self.right - self.pdf.get_string_width(text) if number % 2 else self.left, 46, text)
        self.pdf.set_font("Times", "", 9)
        label = str(number)
        self.pdf.text((self.pdf.w - self.pdf.get_string_width(label)) / 2, self.pdf.h - 38, label)

    def _draw_row(self, row: Row, y: float) -> None:
        baseline = y + row.size
        if row.cells:
            self._draw_cells(row, y)
            return
        if row.label:
            self.pdf.set_font("Times", "", row.size)
            self.pdf.text(row.label_x, baseline, row.label)
        width = sum(self._width(word, row.size) for word in row.words)
        blanks = max(1, len(row.words) - 1)
        blank = (row.width - width) / blanks if row.justified else self._blank(row.size)
        x = row.x + ((row.width - width - blank * blanks) / 2 if row.centred else 0)
        for word in row.words:
            for glyphs in word:
                step = self._glyph_width(glyphs, row.size)
                self.pdf.text(x, baseline - (row.size * 0.35 if glyphs.call else 0), glyphs.text)
                x += step
            x += blank

    def _draw_cells(self, row: Row, y: float) -> None:
        self.pdf.set_line_width(0.5)
        self.pdf.set_font("Times", "", row.size)
        width, height = row.width / len(row.cells), row.height
        for index, cell in enumerate(row.cells):
            x = row.x + index * width
            self.pdf.rect(x, y, width, height)
            self.pdf.text(x + 4, y + row.size, cell)


def write_pdf(source: Source, path: Path) -> None:
    """Write the document; the same source gives the same bytes."""
    Setter(source).write(path)

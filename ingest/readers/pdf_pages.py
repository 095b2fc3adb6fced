"""One PDF page as lines, tables and rules: all that the layout stages need, so that the page can be closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page

from ingest.readers.pdf_cells import Cell
from ingest.readers.pdf_charts import chart_boxes, in_box
from ingest.readers.pdf_columns import in_reading_order
from ingest.readers.pdf_grid import Columns, Table, ruled_tables
from ingest.readers.pdf_lines import Line, rows_of
from ingest.readers.pdf_rotation import is_sideways, turned
from ingest.readers.pdf_rules import THICKNESS, rules_of

#: A page with more glyphs is a map, a drawing or an attack; a dense newspaper page has 15,000.
MAX_GLYPHS = 60_000
#: Finding tables grows with the square of the ruled edges; forms have hundreds, drawings have more.
MAX_EDGES = 1_500
#: A page with more drawn pieces is a drawing; long tables drawn cell by cell have some thousands.
MAX_PIECES = 20_000
#: Upright edges shorter than this (points) are the corners of rules or strokes of a drawing.
MIN_UPRIGHT = 6.0
#: Footers stand below this part of the page's height.
FOOTER = 0.92
#: Part of the name of the invisible font in which Tesseract and its kin write what they recognised.
RECOGNISED = "GlyphLess"
#: A rule this wide (share of the page) separates notes from text.
RULE_WIDTH = (0.05, 0.5)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The lines of a page in reading order, its ruled tables, and the tops of its short rules.

    `recognised` tells that a program has read its text in a picture. `charts` are the lines inside each chart.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    rules: tuple[float, ...] = ()
    recognised: bool = False
    charts: tuple[tuple[Line, ...], ...] = ()

    def open_columns(self) -> Columns | None:
        """The columns of a table that is the last thing on the page, so that it may go on overleaf."""
        if not self.tables:
            return None
        last = max(self.tables, key=lambda table: table.bottom)
        below = [line for line in self.lines if last.bottom < line.top < FOOTER * self.height]
        return None if below else last.columns


def extract(page: Page, before: PdfPage | None = None) -> PdfPage:
    """Everything of one page; the caller closes it. A table may go on from the page `before`."""
    left, top, right, bottom = page.bbox
    glyphs = [char for char in page.chars if left <= char["x0"] < right and top - 1 <= char["top"] < bottom]
    if is_sideways(glyphs):
        return _sideways(page, glyphs[:MAX_GLYPHS])
    drawn = [*page.lines, *page.rects]
    charts, outside = _charts(page, drawn, glyphs[:MAX_GLYPHS])
    boxed, rest = _boxed_tables(page, outside)
    lines = rows_of(rest, page.page_number)
    ruled: list[Table] = []
    if len(drawn) <= MAX_PIECES:
        carried = before.open_columns() if before else None
        ruled, lines = ruled_tables(rules_of(drawn), lines, float(page.height), carried)
    ordered = in_reading_order(lines, float(page.width))
    tables = tuple(sorted([*boxed, *ruled], key=lambda table: table.top))
    size = float(page.width), float(page.height)
    recognised = bool(glyphs) and RECOGNISED in str(glyphs[0].get("fontname"))
    return PdfPage(page.page_number, *size, tuple(ordered), tables, _separators(drawn, size[0]), recognised, charts)


def _charts(
    page: Page, drawn: Sequence[Mapping[str, Any]], glyphs: Sequence[Mapping[str, Any]]
) -> tuple[tuple[tuple[Line, ...], ...], Sequence[Mapping[str, Any]]]:
    """The lines in each chart, and the glyphs outside of them."""
    found = []
    boxes = chart_boxes(drawn, float(page.width * page.height)) if len(drawn) <= MAX_PIECES else []
    for box in boxes:
        inside = [glyph for glyph in glyphs if in_box(glyph, box)]
        glyphs = [glyph for glyph in glyphs if not in_box(glyph, box)]
        found.append(tuple(rows_of(inside, page.page_number)))
    return tuple(lines for lines in found if lines), glyphs


def _sideways(page: Page, glyphs: Sequence[Mapping[str, Any]]) -> PdfPage:
    """A page whose text is set sideways; its rules are not looked at."""
    width, height = float(page.height), float(page.width)
    lines = rows_of(turned(glyphs, height, width), page.page_number)
    return PdfPage(page.page_number, width, height, tuple(in_reading_order(lines, width)))


def _boxed_tables(page: Page, glyphs: Sequence[Mapping[str, Any]]) -> tuple[list[Table], list[Mapping[str, Any]]]:
    """Tables drawn with rules both ways, and the glyphs outside of them."""
    tables, rest = list[Table](), list(glyphs)
    upright = sum(edge["orientation"] == "v" and edge["height"] >= MIN_UPRIGHT for edge in page.edges)
    if upright <= 1 or len(page.edges) > MAX_EDGES:
        return tables, rest
    for found in page.find_tables(table_settings={"edge_min_length": MIN_UPRIGHT}):
        box = found.bbox
        inside = [glyph for glyph in rest if in_box(glyph, box)]
        rows = tuple(_row(row, inside, page.page_number) for row in found.rows)
        rows = tuple(row for row in rows if any(row))
        if len(rows) <= 1 or sum(sum(map(bool, row)) > 1 for row in rows) <= 1:
            continue  # a frame around text
        tables.append(Table(rows, box[1], box[3]))
        taken = set(map(id, inside))
        rest = [glyph for glyph in rest if id(glyph) not in taken]
    return tables, rest


def _row(row: Any, glyphs: Sequence[Mapping[str, Any]], page: int) -> tuple[Cell, ...]:
    beside = [glyph for glyph in glyphs if in_box(glyph, row.bbox)]
    return tuple(
        tuple(rows_of([glyph for glyph in beside if cell and in_box(glyph, cell)], page)) for cell in row.cells
    )


def _separators(drawn: Sequence[Mapping[str, Any]], width: float) -> tuple[float, ...]:
    """The tops of rules that may stand above notes."""
    return tuple(
        sorted(
            float(item["top"])
            for item in drawn
            if item["height"] <= THICKNESS and RULE_WIDTH[0] <= item["width"] / width <= RULE_WIDTH[1]
        )
    )

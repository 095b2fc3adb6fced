"""One PDF page as lines, tables and rules: all that the layout stages need, so that the page can be closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page

from ingest.readers.pdf_columns import in_reading_order
from ingest.readers.pdf_lines import Line, rows_of

#: A page with more glyphs is a map, a drawing or an attack; a dense newspaper page has 15,000.
MAX_GLYPHS = 60_000
#: Finding tables grows with the square of the ruled edges; forms have hundreds, drawings have more.
MAX_EDGES = 1_500
#: A drawn line this thin (points) is a rule, and this wide (share of the page) it separates notes from text.
RULE_THICKNESS = 2.0
RULE_WIDTH = (0.05, 0.5)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its rows of cell texts, and its top and bottom edge."""

    rows: tuple[tuple[str, ...], ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The lines of a page in reading order, its ruled tables, and the tops of its short rules."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    rules: tuple[float, ...] = ()


def extract(page: Page) -> PdfPage:
    """Everything of one page; the caller closes it."""
    left, top, right, bottom = page.bbox
    glyphs = [char for char in page.chars if left <= char["x0"] < right and top - 1 <= char["top"] < bottom]
    if len(glyphs) > MAX_GLYPHS:
        glyphs = glyphs[:MAX_GLYPHS]
    tables, rest = _tables(page, glyphs)
    lines = in_reading_order(rows_of(rest, page.page_number), float(page.width))
    return PdfPage(page.page_number, float(page.width), float(page.height), tuple(lines), tables, _rules(page))


def _tables(page: Page, glyphs: Sequence[Mapping[str, Any]]) -> tuple[tuple[Table, ...], list[Mapping[str, Any]]]:
    """Tables drawn with rules both ways, and the glyphs outside of them."""
    edges = page.edges
    upright = {edge["orientation"] for edge in edges}
    if len(edges) > MAX_EDGES or len(upright) <= 1:
        return (), list(glyphs)
    tables, rest = [], list(glyphs)
    for found in page.find_tables():
        box = found.bbox
        inside = [glyph for glyph in rest if _within(glyph, box)]
        rows = tuple(_row(row, inside) for row in found.rows)
        rows = tuple(row for row in rows if any(row))
        if len(rows) <= 1 or sum(sum(map(bool, row)) > 1 for row in rows) <= 1:
            continue  # a frame around text
        tables.append(Table(rows, box[1], box[3]))
        taken = set(map(id, inside))
        rest = [glyph for glyph in rest if id(glyph) not in taken]
    return tuple(tables), rest


def _row(row: Any, glyphs: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    texts, box = [], row.bbox
    beside = [glyph for glyph in glyphs if _within(glyph, box)]
    for cell in row.cells:
        inside = [glyph for glyph in beside if cell and _within(glyph, cell)]
        texts.append(" ".join(line.text for line in rows_of(inside, 0)))
    return tuple(texts)


def _within(glyph: Mapping[str, Any], box: Sequence[float]) -> bool:
    x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _rules(page: Page) -> tuple[float, ...]:
    drawn = [*page.lines, *page.rects]
    return tuple(
        sorted(
            float(item["top"])
            for item in drawn
            if item["height"] <= RULE_THICKNESS and RULE_WIDTH[0] <= item["width"] / float(page.width) <= RULE_WIDTH[1]
        )
    )

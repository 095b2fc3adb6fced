"""Finds tables that a PDF page sets without rules both ways: rows of cells that stand under each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf_cells import LEADING, Cell, body_rows
from ingest.readers.pdf_lines import Line, Word, size_of

#: A gap between words, in ems, that parts two cells; blanks of justified text stay below one em.
CELL_GAP = 1.6
#: A gap, in ems, that parts what has nothing to do with each other.
SPREAD = 4.0
#: Cells stand under each other if their left or right edges differ by no more, in points.
ALIGNED = 4.0
#: Lines of wrapped cells between two rows are no more than this.
MAX_WRAPPED = 8
#: Blank columns between cells are wider than this, in points.
MIN_BLANK = 4.0
# Marks in front of a paragraph, which a tabulator parts from it: "1.", "(a)", "•", "IV.", "3.2".
_MARK = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d+)*|[A-Za-z]|[ivxIVX]{1,5})[.)\]]{0,2}|[•–—*‣·-]|§+|\W|Art(?:icle|\.)|Sec(?:tion|\.)"
)


def cells_of(line: Line) -> list[list[Word]]:
    """The words of a line parted at wide gaps, a leading mark kept with what follows it."""
    cells: list[list[Word]] = []
    for word in line.words:
        if cells and word.x0 - cells[-1][-1].x1 <= CELL_GAP * line.size:
            cells[-1].append(word)
        else:
            cells.append([word])
    if len(cells) > 1 and _MARK.fullmatch("".join(word.text for word in cells[0])):
        cells[:2] = [cells[0] + cells[1]]
    return cells


def table_rows(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that are rows of a table; wrapped cells between and behind two rows belong to it."""
    rows: set[int] = set()
    parted = [index for index, line in enumerate(lines) if len(cells_of(line)) > 1]
    for first, second in pairwise(parted):
        between = lines[first + 1 : second]
        if lines[first].page != lines[second].page or not _aligned(lines[first], lines[second]):
            continue
        edge = _common_edge(lines[first], lines[second])
        wrapped = edge is not None and len(between) <= MAX_WRAPPED and all(_beside(line, edge) for line in between)
        if len(between) <= 1 or wrapped:
            rows.update(range(first, second + 1))
            rows.update(_wrapped_behind(lines, second, edge))
    return rows


def rows_of_cells(lines: Sequence[Line]) -> list[tuple[Cell, ...]]:
    """The rows of lines that `table_rows` found: cells of several lines put together where blank columns part them."""
    joints = _joints(lines)
    if joints:
        return body_rows(lines, joints)
    return [tuple((cell,) for cell in cell_lines(line)) for line in lines]


def _common_edge(one: Line, other: Line) -> float | None:
    """Where the second cells of both lines begin, None if they do not begin under each other."""
    first, second = (cells_of(line)[1][0].x0 for line in (one, other))
    return min(first, second) if abs(first - second) <= ALIGNED else None


def _beside(line: Line, edge: float) -> bool:
    """Whether the line stands in the first column or right of it, and not across."""
    return line.x1 < edge - 1 or line.x0 >= edge - ALIGNED


def _wrapped_behind(lines: Sequence[Line], last: int, edge: float | None) -> Iterator[int]:
    """Indices of the lines behind the last row that its second cell runs on with."""
    for index in range(last + 1, len(lines)):
        line, above = lines[index], lines[index - 1]
        close = 0 < line.bottom - above.bottom <= LEADING * above.size
        if edge is None or not close or line.x0 < edge - ALIGNED or len(cells_of(line)) > 1:
            return
        yield index


def _joints(lines: Sequence[Line]) -> list[float]:
    """The middles of the blank columns between the cells of all lines."""
    spans = sorted((cell[0].x0, cell[-1].x1) for line in lines for cell in cells_of(line))
    joints, right = [], spans[0][1]
    for x0, x1 in spans:
        if x0 - right > MIN_BLANK:
            joints.append((right + x0) / 2)
        right = max(right, x1)
    return joints


def cell_lines(line: Line) -> list[Line]:
    """The cells of a row as lines of their own."""
    return [replace(line, words=tuple(cell), size=size_of(cell)) for cell in cells_of(line)]


def spread(line: Line) -> list[Line]:
    """The parts of a line that stand far from each other, as in a letterhead; one part if the last is a page number."""
    parts: list[list[Word]] = []
    for cell in cells_of(line):
        if parts and cell[0].x0 - parts[-1][-1].x1 <= SPREAD * line.size:
            parts[-1] += cell
        else:
            parts.append(cell)
    if "".join(word.text for word in parts[-1]).isdecimal():
        return [line]
    return [replace(line, words=tuple(part), size=size_of(part)) for part in parts]


def _aligned(one: Line, other: Line) -> bool:
    """Whether cells after the first one share an edge."""
    edges = [{(cell[0].x0, cell[-1].x1) for cell in cells_of(line)[1:]} for line in (one, other)]
    return any(abs(a[0] - b[0]) <= ALIGNED or abs(a[1] - b[1]) <= ALIGNED for a in edges[0] for b in edges[1])

"""Finds tables that a PDF page sets without rules both ways: rows of cells that stand under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf_lines import Line, Word, size_of

#: A gap between words, in ems, that parts two cells; blanks of justified text stay below one em.
CELL_GAP = 1.6
#: A gap, in ems, that parts what has nothing to do with each other.
SPREAD = 4.0
#: Cells stand under each other if their left or right edges differ by no more, in points.
ALIGNED = 4.0
#: Fewest rows that make a table.
MIN_ROWS = 2
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
    """Indices of the lines that are rows of a table; wrapped cells between two rows belong to it."""
    rows: set[int] = set()
    parted = [index for index, line in enumerate(lines) if len(cells_of(line)) > 1]
    for first, second in pairwise(parted):
        between = second - first - 1
        if between <= 1 and lines[first].page == lines[second].page and _aligned(lines[first], lines[second]):
            rows.update(range(first, second + 1))
    return rows


def row_text(line: Line) -> str:
    """The cells joined by tabs."""
    return "\t".join(
        "".join((" " if word.blank else "") + word.text for word in cell).strip() for cell in cells_of(line)
    )


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

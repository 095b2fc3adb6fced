"""The rows of a Word table as they print: merged cells once, where their text stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.model import NoteCall
from ingest.blocks import Block, Shape
from ingest.readers.docx_runs import children, q
from ingest.readers.runs import Runs

#: A cell's own words: given its element, its text with the calls in it.
ReadCell = Callable[[Any], Runs]


@dataclass(slots=True)
class _Cell:
    """A cell at a column of the table's grid; `merge` is "", "restart" or "continue" (ISO/IEC 29500-1, 17.4.84)."""

    column: int
    merge: str
    at_bottom: bool
    runs: Runs


def cells_of(table: Any) -> list[list[Any]]:
    """The cell elements of a table row by row."""
    return [[cell for cell in children(row) if cell.tag == q("tc")] for row in children(table) if row.tag == q("tr")]


def table_blocks(rows: Sequence[Sequence[Any]], read: ReadCell) -> list[Block]:
    """One block for each row that prints text; `read` is called once for each cell, in order."""
    cells = [_row(row, read) for row in rows]
    for place, row in enumerate(cells):
        for cell in row:
            if cell.merge == "restart" and cell.at_bottom:
                _sink(cell, cells[place + 1 :])
    return [block for row in cells if (block := _block(row)) is not None]


def _row(row: Sequence[Any], read: ReadCell) -> list[_Cell]:
    cells, column = [], 0
    for element in row:
        merge = _property(element, "vMerge", "continue")
        runs = read(element) if merge != "continue" else Runs()
        cells.append(_Cell(column, merge, _property(element, "vAlign", "") == "bottom", runs))
        span = _property(element, "gridSpan", "1")
        column += int(span) if span.isdecimal() else 1
    return cells


def _sink(cell: _Cell, below: Sequence[Sequence[_Cell]]) -> None:
    """Move the text of a cell that is merged downwards and set at its bottom into the last row of the merge."""
    last = cell
    for row in below:
        under = next((other for other in row if other.column == cell.column and other.merge == "continue"), None)
        if under is None:
            break
        last = under
    if last is not cell:
        last.runs, cell.runs = cell.runs, Runs()


def _block(row: Sequence[_Cell]) -> Block | None:
    texts: list[str] = []
    calls: list[NoteCall] = []
    at = 0
    for cell in row:
        texts.append(cell.runs.text)
        calls += [NoteCall(call.number, at + call.at) for call in cell.runs.calls]
        at += len(cell.runs.text) + 1
    text = "\t".join(texts).rstrip("\t")
    return Block(text, Shape.TABLE, calls=tuple(calls)) if text.strip() else None


def _property(cell: Any, name: str, without_value: str) -> str:
    """The value of a cell's property, `without_value` if it is written without one, "" if it is not written."""
    node = cell.find(f"{q('tcPr')}/{q(name)}")
    return "" if node is None else str(node.get(q("val"), without_value))

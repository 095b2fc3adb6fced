"""Cells and rows of a table whose columns are known: stacked heads, cells of several lines, merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from ingest.readers.pdf_lines import Line, Word, size_of
from ingest.readers.pdf_rules import Rule

#: The lines of one cell from top to bottom.
Cell: TypeAlias = tuple[Line, ...]

#: Lines of one cell follow each other within so many sizes; rows without a rule between have more space.
LEADING = 1.32
#: Baselines that differ by no more points are one.
LEVEL = 2.0
#: Words closer than this, in sizes, follow each other in one cell; justified lines stretch blanks to 0.4.
NEXT_WORD = 0.4
#: A word this far (points) on both sides of a column's edge belongs to a cell that spans both columns.
STRADDLE = 1.5
#: Share of the lines of a table that must fill all its columns, and of one column's cells that must be single words
#: or numbers, for each line to be a row of its own.
FILLED = 0.8

# A number, an amount or a dash alone: cells of these never run over two lines. Must not match words.
_NUMBER = re.compile(r"[-–—+−($€£]*[\d\s.,:/%]*\d[\d\s.,:/%)]*[a-z]?|[-–—−]|n/?a|\.{2,}", re.IGNORECASE)


@dataclass(slots=True)
class _Chunk:
    """Lines of one column that follow each other closely: one cell, or part of one."""

    column: int
    lines: list[Line]

    @property
    def first(self) -> float:
        return self.lines[0].bottom

    @property
    def last(self) -> float:
        return self.lines[-1].bottom


def head_rows(
    lines: Sequence[Line], above: Rule | None, short: Sequence[Rule], joints: Sequence[float]
) -> list[tuple[Cell, ...]]:
    """The rows of a table's head between two full rules: shorter rules part cells that stand above each other.

    A cell that no shorter rule cuts stands in the row where its last line is printed.
    """
    levels = sorted({round(rule.y) for rule in short})
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.bottom):
        middle = _middle(line)
        edges = _open_edges(above, short, joints, middle)
        for part, column in _parts(line, joints, edges):
            cut = [rule for rule in short if rule.y < middle and rule.covers(part.x0, part.x1)]
            cells.setdefault((len({round(rule.y) for rule in cut}), column), []).append(part)
    rows: list[dict[int, Cell]] = [{} for _ in range(len(levels) + 1)]
    for (_, column), parts in sorted(cells.items()):
        row = rows[sum(level < _middle(parts[-1]) for level in levels)]
        row[column] = row.get(column, ()) + tuple(parts)
    return [tuple(row.get(column, ()) for column in range(len(joints) + 1)) for row in rows]


def _open_edges(above: Rule | None, short: Sequence[Rule], joints: Sequence[float], middle: float) -> set[float]:
    """The edges at which no cells meet at this height, by the rule over it and the next shorter rule under it."""
    open_edges: set[float] = set()
    for joint in joints:
        over = [rule for rule in short if rule.y < middle and rule.x0 < joint < rule.x1]
        rule = max(over, key=lambda rule: rule.y) if over else above
        under = rule is not None and any(other.y > middle and other.x0 + 1 < joint < other.x1 - 1 for other in short)
        if under and rule is not None and not rule.has_joint(joint):
            open_edges.add(joint)
    return open_edges


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def body_rows(lines: Sequence[Line], joints: Sequence[float]) -> list[tuple[Cell, ...]]:
    """The rows of a table's body; a cell merged downwards stands in the first of its rows."""
    ordered = sorted(lines, key=lambda line: line.bottom)
    columns: list[list[Line]] = [[] for _ in range(len(joints) + 1)]
    for line in ordered:
        for part, column in _parts(line, joints):
            columns[column].append(part)
    each = _each_line_a_row(ordered, columns)
    chunks = [chunk for column, parts in enumerate(columns) for chunk in _chunks(column, parts, each=each)]
    rows: list[list[_Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: (round(chunk.first), chunk.column)):
        row = next((row for row in reversed(rows) if _joins(chunk, row)), None)
        if row is None:
            rows.append([chunk])
        else:
            row.append(chunk)
    return [_row(row, len(columns)) for row in sorted(rows, key=lambda row: min(chunk.first for chunk in row))]


def _each_line_a_row(lines: Sequence[Line], columns: Sequence[Sequence[Line]]) -> bool:
    """Whether the rows stand as close as lines of text: all columns are filled on nearly every line, one by words."""
    if any(below.bottom - above.bottom > LEADING * above.size for above, below in pairwise(lines)):
        return False
    used = [parts for parts in columns if parts]
    filled = len(used) > 1 and sum(map(len, used)) >= FILLED * len(used) * len(lines)
    return filled and any(
        sum(" " not in part.text or bool(_NUMBER.fullmatch(part.text)) for part in parts) >= FILLED * len(parts)
        for parts in used
    )


def _chunks(column: int, parts: Sequence[Line], *, each: bool) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for part in parts:
        last = chunks[-1].lines[-1] if chunks else None
        close = last is not None and 0 < part.bottom - last.bottom <= LEADING * max(part.size, last.size)
        numbers = last is not None and bool(_NUMBER.fullmatch(part.text) and _NUMBER.fullmatch(last.text))
        if last is not None and close and not each and not numbers and part.words[0].bold == last.words[0].bold:
            chunks[-1].lines.append(part)
        else:
            chunks.append(_Chunk(column, [part]))
    return chunks


def _joins(chunk: _Chunk, row: Sequence[_Chunk]) -> bool:
    """Whether a chunk stands beside the others of a row: on their first line, or a shorter one on their last."""
    if any(other.column == chunk.column for other in row):
        return False
    return any(
        abs(chunk.first - other.first) <= LEVEL
        or (len(chunk.lines) < len(other.lines) and abs(chunk.last - other.last) <= LEVEL)
        for other in row
    )


def _row(chunks: Sequence[_Chunk], columns: int) -> tuple[Cell, ...]:
    cells: list[Cell] = [()] * columns
    for chunk in chunks:
        cells[chunk.column] = tuple(chunk.lines)
    return tuple(cells)


def _parts(line: Line, joints: Sequence[float], open_edges: set[float] | None = None) -> list[tuple[Line, int]]:
    """The parts of a line with their columns; a word that straddles an edge joins the columns on both sides.

    So do two words with a mere blank between them: cells keep their words off their edges.
    """
    straddled = {
        joint for word in line.words for joint in joints if word.x0 < joint - STRADDLE and word.x1 > joint + STRADDLE
    } | (open_edges or set())
    for word, after in pairwise(line.words):
        if after.x0 - word.x1 < NEXT_WORD * line.size:
            straddled |= {joint for joint in joints if word.x1 - STRADDLE <= joint <= after.x0 + STRADDLE}
    cells: dict[int, list[Word]] = {}
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        column = sum(middle > joint for joint in joints)
        while column and joints[column - 1] in straddled:
            column -= 1
        cells.setdefault(column, []).append(word)
    return [(replace(line, words=tuple(words), size=size_of(words)), column) for column, words in sorted(cells.items())]

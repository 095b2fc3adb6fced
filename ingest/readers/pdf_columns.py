"""Reading order of a PDF page: finds the gutters between text columns and reads each column down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_lines import Line, Word, size_of

#: Gutters are sought in the middle of the page; margins are no gutters.
WITHIN = (0.2, 0.8)
#: Narrowest gutter in points; newspapers set 10 to 12.
MIN_GUTTER = 7
#: Share of rows that may cross a gutter: titles, tables, figures over both columns.
MAX_CROSSING = 0.25
#: A column of text has at least this many rows and this share of the page's width; columns of numbers are narrower.
MIN_ROWS = 8
MIN_WIDTH = 0.17


def in_reading_order(rows: Sequence[Line], width: float) -> list[Line]:
    """The lines in reading order; rows that span two columns are cut at the gutter and read column by column."""
    gutters = find_gutters(rows, width)
    if not gutters:
        return list(rows)
    ordered: list[Line] = []
    band: list[Line] = []
    for row in rows:
        if any(_crosses(row, gutter) for gutter in gutters):
            ordered += [*_down(band), row]
            band = []
        else:
            band += _cut(row, gutters)
    return ordered + _down(band)


def find_gutters(rows: Sequence[Line], width: float) -> list[float]:
    """The x of each gutter between text columns, left to right; empty for a page of one column."""
    if len(rows) < MIN_ROWS:
        return []
    covered = [0] * (int(width) + 2)
    for row in rows:
        for x in {x for word in _joined(row) for x in range(max(int(word[0]), 0), min(int(word[1]) + 1, len(covered)))}:
            covered[x] += 1
    limit = MAX_CROSSING * len(rows)
    free = [x for x in range(int(WITHIN[0] * width), int(WITHIN[1] * width)) if covered[x] <= limit]
    # The left edge of a gutter is ragged, the right one is where the next column begins.
    candidates = [run[-1] - MIN_GUTTER / 2 for run in _stretches(free) if len(run) >= MIN_GUTTER]
    while candidates and not _are_columns(rows, candidates, width):
        candidates = _without_narrowest(rows, candidates)
    return candidates


def _joined(row: Line) -> list[tuple[float, float]]:
    """Stretches of the row without a gap wider than a blank."""
    stretches: list[tuple[float, float]] = []
    for word in row.words:
        if stretches and word.x0 - stretches[-1][1] < min(row.size * 0.6, MIN_GUTTER):
            stretches[-1] = (stretches[-1][0], word.x1)
        else:
            stretches.append((word.x0, word.x1))
    return stretches


def _stretches(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = [[number] for number in numbers[:1]]
    for last, number in pairwise(numbers):
        if number == last + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _without_narrowest(rows: Sequence[Line], gutters: Sequence[float]) -> list[float]:
    """The gutters but one: a narrow column, such as one of numbers, belongs to the column on its right."""
    parts = [part for row in rows for part in _cut(row, gutters)]
    widths = [
        median([part.x1 - part.x0 for part in parts if part.column == column] or [0.0])
        for column in range(len(gutters) + 1)
    ]
    narrowest = min(range(len(gutters)), key=lambda column: widths[column])
    return [gutter for column, gutter in enumerate(gutters) if column != narrowest]


def _are_columns(rows: Sequence[Line], gutters: Sequence[float], width: float) -> bool:
    """Whether every column is full of text: enough lines, wide ones."""
    parts = [
        part for row in rows if not any(_crosses(row, gutter) for gutter in gutters) for part in _cut(row, gutters)
    ]
    for column in range(len(gutters) + 1):
        widths = [part.x1 - part.x0 for part in parts if part.column == column]
        if len(widths) < MIN_ROWS or median(widths) < MIN_WIDTH * width:
            return False
    return True


def _crosses(row: Line, gutter: float) -> bool:
    return any(x0 < gutter - 1 and x1 > gutter + 1 for x0, x1 in _joined(row))


def _cut(row: Line, gutters: Sequence[float]) -> list[Line]:
    columns: dict[int, list[Word]] = {}
    for word in row.words:
        columns.setdefault(sum(word.x0 > gutter for gutter in gutters), []).append(word)
    return [
        replace(row, words=tuple(words), size=size_of(words), column=column)
        for column, words in sorted(columns.items())
    ]


def _down(band: Sequence[Line]) -> list[Line]:
    return sorted(band, key=lambda line: (line.column, line.top))

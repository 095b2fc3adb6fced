"""Tables that are ruled across only: columns from the joints of the rules, rows from rules and distances of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_cells import Cell, body_rows, head_rows
from ingest.readers.pdf_frames import LARGER, SAME_END, Frame, crosses, frames, middle, parted, stretches, within
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_rules import Rule

#: A head stands between so many rules.
HEAD_RULES = 2
#: Heads have at most so many lines under their last shorter rule.
HEAD_LINES = 4
#: Running headers stand in this upper part of a page.
HEADER = 0.1
#: Footers stand below this part of a page.
FOOTER = 0.93
#: Text of one table has one size, raised marks apart; letterheads differ by more than this factor.
SIZES = 1.6
#: Without a closing rule (the table goes on overleaf) rows follow each other within so many sizes.
NEAR = 3.5


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the number of its head rows, and its top and bottom edge."""

    rows: tuple[tuple[Cell, ...], ...]
    top: float
    bottom: float
    head: int = 0
    columns: Columns | None = None

    @property
    def text(self) -> str:
        """All letters of the table, cell by cell."""
        return " ".join(line.text for row in self.rows for cell in row for line in cell)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: its left and right end and the edges between."""

    x0: float
    x1: float
    joints: tuple[float, ...]


def ruled_tables(
    rules: Sequence[Rule], lines: Sequence[Line], height: float, carried: Columns | None = None
) -> tuple[list[Table], list[Line]]:
    """The tables among the lines of a page, and the lines and parts of lines that stand outside of them.

    `carried` are the columns of a table that the page before leaves open.
    """
    tables, rest = [], list(lines)
    for frame in frames(rules, lines, _reopened(carried, rules, lines, height)):
        last = frame.full[-1].y
        limit = min((rule.y for rule in rules if rule.y > last and rule.joints), default=FOOTER * height)
        bottom = _bottom(frame, rest, limit, _open_size(frame, rest, height))
        inside, outside = parted(rest, frame, frame.full[0].y, bottom)
        if _is_table(inside, frame.joints()):
            tables.append(_table(frame, inside, bottom))
            rest = outside
    return tables, rest


def _reopened(carried: Columns | None, rules: Sequence[Rule], lines: Sequence[Line], height: float) -> Frame | None:
    """The frame of a table that goes on from the page before without its head; it begins above the first line."""
    if carried is None:
        return None
    # headers have rules of their own, those of pages with wide text stand as low as the top of a table
    running = [rule.y for rule in rules if rule.y < HEADER * height and not _shares(rule, carried)]
    start = max(running, default=0.0)
    below = sorted(line.top for line in lines if middle(line) > start and line.bottom > HEADER * height)
    if not below or any(start < rule.y < below[0] for rule in rules):
        return None
    return Frame([Rule(below[0] - 1, carried.x0, carried.x1, carried.joints)], reopened=True)


def _shares(rule: Rule, columns: Columns) -> bool:
    """Whether a rule is jointed where the columns meet."""
    return bool(columns.joints) and all(
        any(abs(joint - other) <= SAME_END for other in rule.joints) for joint in columns.joints
    )


def _is_table(lines: Sequence[Line], joints: Sequence[float]) -> bool:
    """Whether the text has the sizes and the cells of a table, and is no frame around text, no letterhead."""
    sizes = [line.size for line in lines]
    if not sizes or max(sizes) > SIZES * min(sizes):
        return False
    return any(len({_column(x0, x1, joints) for x0, x1 in stretches(line)}) > 1 for line in lines)


def _bottom(frame: Frame, lines: Sequence[Line], limit: float, small: float) -> float:
    """Where the table ends: at its last rule, or below it where rows of size `small` or within columns follow."""
    joints, last = frame.joints(), frame.full[-1].y
    end, before = last, last
    below = sorted((line for line in lines if middle(line) > last), key=lambda line: line.bottom)
    for line in below:
        part = within(line, frame)
        if part is None:
            continue
        near = line.top - before <= NEAR * line.size and line.bottom <= limit
        fits = line.size <= small or not crosses(part, joints)
        if not near or line.x0 < frame.x0 - SAME_END or not fits:
            break
        before = line.bottom
        several = len({_column(x0, x1, joints) for x0, x1 in stretches(part)}) > 1
        if several or line.size <= small or (end > last and line.top - end <= 0.6 * line.size):
            end = line.bottom
    return end


def _open_size(frame: Frame, lines: Sequence[Line], height: float) -> float:
    """The size of a table's rows where nothing but its head is framed, so that it goes on until larger text; else 0.

    Rows that are merged across all columns keep to no edge; they are smaller than the text above the table.
    """
    start, last = frame.full[0].y, frame.full[-1].y
    above = [line.size for line in lines if HEADER * height < line.top and line.bottom < start]
    below = [part for line in lines if middle(line) > last and (part := within(line, frame))]
    if frame.reopened or len(frame.full) != HEAD_RULES or not above or not below:
        return 0.0
    first = min(below, key=lambda line: line.bottom)
    return first.size if first.size * LARGER < median(above) else 0.0


def _table(frame: Frame, lines: Sequence[Line], bottom: float) -> Table:
    joints = frame.joints()
    levels = [rule.y for rule in frame.full]
    bands = [*pairwise(levels), *([(levels[-1], bottom)] if bottom > levels[-1] else [])]
    rows: list[tuple[Cell, ...]] = []
    head = 0
    for place, (top, end) in enumerate(bands):
        inside = [line for line in lines if top < middle(line) <= end]
        short = [rule for rule in frame.short if top < rule.y < end]
        if short or (place == 0 and len(bands) > 1 and not frame.reopened):
            split = _head_end(inside, short, end)
            rows += head_rows([line for line in inside if middle(line) <= split], frame.full[place], short, joints)
            head = len(rows)
            inside = [line for line in inside if middle(line) > split]
        rows += body_rows(inside, joints)
    columns = Columns(frame.x0, frame.x1, tuple(joints))
    return Table(tuple(row for row in rows if any(row)), levels[0], bottom, head, columns)


def _head_end(lines: Sequence[Line], short: Sequence[Rule], end: float) -> float:
    """Where the head between two full rules ends: at its last shorter rule if too many lines for a head follow it."""
    last = max((rule.y for rule in short), default=end)
    return last if sum(middle(line) > last for line in lines) > HEAD_LINES else end


def _column(x0: float, x1: float, joints: Sequence[float]) -> int:
    return sum((x0 + x1) / 2 > joint for joint in joints)

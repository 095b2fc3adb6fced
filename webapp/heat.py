"""Where in a document the hits of a search fall: the cells of a bar, and the hits under each heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from webapp.language import gettext
from webapp.order import Entry
from webapp.wording import counted

#: Cells of the bar, 7 px wide on a phone.
CELLS = 50
#: Width of the bar in its own units.
WIDTH = 100
#: Shades of a cell, the last for the cells with most hits.
SHADES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of the document with hits: its place in the bar, its shade from 1, and the first hit in it."""

    x: float
    width: float
    warmth: int
    label: str
    anchor: str


def heat(entries: Sequence[Entry], hits: Collection[str]) -> tuple[Cell, ...]:
    """The cells that hold hits, by the length of the text before them; notes lie where they are called."""
    shown = [each for entry in entries for each in (entry, *entry.notes)]
    lengths = [len(each.passage.text) for each in shown]
    whole = sum(lengths)
    cells: dict[int, list[Entry]] = {}
    for each, before in zip(shown, accumulate(lengths, initial=0), strict=False):
        if each.passage.id in hits:
            cells.setdefault(min(before * CELLS // max(whole, 1), CELLS - 1), []).append(each)
    most = max(map(len, cells.values()), default=1)
    return tuple(_cell(number, found, most) for number, found in sorted(cells.items()))


def under_headings(entries: Iterable[Entry], hits: Collection[str]) -> Counter[str]:
    """How many hits stand below each heading and before the next, by the heading's anchor."""
    counts: Counter[str] = Counter()
    heading = ""
    for entry in entries:
        heading = entry.anchor if entry.is_heading else heading
        if heading:
            counts[heading] += sum(each.passage.id in hits for each in (entry, *entry.notes))
    return counts


def _cell(number: int, found: Sequence[Entry], most: int) -> Cell:
    width = WIDTH / CELLS
    first = found[0].passage
    hits = counted(len(found), "hit")
    label = gettext("%(hits)s under “%(heading)s”", hits=hits, heading=first.section[-1]) if first.section else hits
    return Cell(
        x=round(number * width, 2),
        width=width,
        warmth=-(-len(found) * SHADES // most),
        label=label,
        anchor=found[0].anchor,
    )

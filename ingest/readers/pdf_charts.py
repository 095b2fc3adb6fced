"""Charts drawn on a page: a frame around an axis with its ticks. What stands in them is drawing, not text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ingest.readers.pdf_rules import THICKNESS

Box = tuple[float, float, float, float]

#: Ticks are strokes of one to six points; an axis has at least so many of them on one side, at equal distances.
TICK = (1.0, 6.0)
TICKS = 4
#: How far, in points, ticks may be off their axis, and their distances off each other.
OFF = 1.0
#: A frame fills at most this part of the page: a larger one is the page's own.
FRAME_SHARE = 0.8


def chart_boxes(drawn: Sequence[Mapping[str, Any]], area: float) -> list[Box]:
    """The frames of the charts on a page of this area (square points), by the strokes and rectangles drawn on it."""
    ticks = list(_scales(drawn))
    if not ticks:
        return []
    frames = [_box(item) for item in drawn if min(item["width"], item["height"]) > TICK[1]]
    frames = sorted((box for box in frames if _area(box) <= FRAME_SHARE * area), key=_area)
    found = (next((frame for frame in frames if _holds(frame, scale)), None) for scale in ticks)
    return list(dict.fromkeys(frame for frame in found if frame is not None))


def in_box(glyph: Mapping[str, Any], box: Box) -> bool:
    """Whether a glyph's middle stands in a box."""
    x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _scales(drawn: Iterable[Mapping[str, Any]]) -> Iterator[Box]:
    """The boxes around the ticks of every upright axis."""
    columns: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
    axes: list[Box] = []
    for item in drawn:
        box = _box(item)
        if item["height"] <= THICKNESS and TICK[0] <= item["width"] <= TICK[1]:
            columns[round(box[0]), round(box[2])].append(box)
        elif item["width"] <= THICKNESS and item["height"] > TICK[1]:
            axes.append(box)
    for ticks in columns.values():
        rows = sorted({round(tick[1], 1) for tick in ticks})
        scale = ticks[0][0], rows[0], ticks[0][2], rows[-1]
        if len(rows) >= TICKS and _even(rows) and any(_carries(axis, scale) for axis in axes):
            yield scale


def _even(rows: Sequence[float]) -> bool:
    gaps = [below - above for above, below in pairwise(rows)]
    return max(gaps) - min(gaps) <= OFF


def _carries(axis: Box, scale: Box) -> bool:
    """Whether the ticks end on the axis and stand along it."""
    touches = min(abs(axis[0] - scale[0]), abs(axis[0] - scale[2])) <= OFF
    return touches and axis[1] - OFF <= scale[1] and scale[3] <= axis[3] + OFF


def _holds(frame: Box, scale: Box) -> bool:
    """Whether a frame holds an axis and leaves room for what its ticks say."""
    return frame[0] < scale[0] and scale[2] < frame[2] and frame[1] <= scale[1] and scale[3] <= frame[3]


def _box(item: Mapping[str, Any]) -> Box:
    return float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])

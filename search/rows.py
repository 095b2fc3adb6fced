"""Sets of rows as ascending arrays: their operations cost what the sets hold, never what the collection holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Row numbers, ascending and distinct. As wide as numpy's own indexes: converting them costs more than counting.
Rows: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Scores: TypeAlias = NDArray[np.float64]

#: From this ratio of sizes on it is quicker to look the few up among the many than to merge both.
_FEW = 8

NONE: Rows = np.empty(0, np.int64)


def held(rows: Rows, among: Rows) -> Mask:
    """Which of `rows` are also `among` the others."""
    if not len(among):
        return np.zeros(len(rows), np.bool_)
    places = np.searchsorted(among, rows)
    places[places == len(among)] = 0
    mask: Mask = among[places] == rows
    return mask


def intersection(first: Rows, second: Rows) -> Rows:
    """Rows of both."""
    few, many = (first, second) if len(first) <= len(second) else (second, first)
    if len(few) * _FEW < len(many):
        return few[held(few, many)]
    merged = _merged(few, many)
    both: Rows = merged[:-1][merged[1:] == merged[:-1]]
    return both


def intersections(sets: Sequence[Rows]) -> Rows:
    """Rows of all the sets, of which there is at least one."""
    return reduce(intersection, sorted(sets, key=len))


def union(sets: Sequence[Rows]) -> Rows:
    """Rows of any of the sets."""
    filled = [rows for rows in sets if len(rows)]
    if len(filled) <= 1:
        return filled[0] if filled else NONE
    merged = _merged(*filled)
    distinct = np.empty(len(merged), np.bool_)
    distinct[0] = True
    np.not_equal(merged[1:], merged[:-1], out=distinct[1:])
    return merged[distinct]


def difference(rows: Rows, without: Rows) -> Rows:
    """The rows that are not in the other set."""
    if not len(without):
        return rows
    if len(rows) * _FEW < len(without):
        return rows[~held(rows, without)]
    keep = np.ones(len(rows), np.bool_)
    places = np.searchsorted(rows, without)
    inside = places < len(rows)
    places = places[inside]
    keep[places[rows[places] == without[inside]]] = False
    return rows[keep]


def _merged(*sets: Rows) -> Rows:
    merged = np.concatenate(sets)
    merged.sort(kind="stable")  # finds the ascending runs and merges them
    return merged

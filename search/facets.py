"""Filters and exact facet counts over columns of ids; no engine takes part.

Measured, not assumed: `tests/benchmarks/bench_search.py` prints the counting beside Whoosh's own grouping.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.columns import Column, Columns, Mask
from search.query import FACETS, YEAR_FACETS, Filters, YearRange
from search.results import FacetValue

#: Below this share of all rows it is quicker to look up the values of the hits than to walk the whole column.
_FEW = 8


def value_rows(column: Column, values: Sequence[str]) -> Mask:
    """The rows that hold at least one of the values."""
    mask = np.zeros(len(column.starts) - 1, np.bool_)
    for value in values:
        if value in column.index:
            mask[column.rows(column.index[value])] = True
    return mask


def year_values(column: Column, ranges: Sequence[YearRange]) -> tuple[str, ...]:
    """The years of the column that lie in one of the ranges."""
    return tuple(year for year in column.vocabulary if any(span.first <= int(year) <= span.last for span in ranges))


def chosen(columns: Columns, filters: Filters, facet: str) -> tuple[str, ...]:
    """The values of a facet that the filters ask for, ranges of years spelled out."""
    values = getattr(filters, facet)
    if facet in YEAR_FACETS:
        single = [str(span) for span in values if span.first == span.last]
        return tuple(dict.fromkeys((*single, *year_values(columns.columns[facet], values))))
    return tuple(values)


def filter_masks(columns: Columns, filters: Filters) -> dict[str, Mask]:
    """Facet -> the rows that it lets through, for every facet with something chosen; OR within a facet."""
    return {
        facet: value_rows(columns.columns[facet], chosen(columns, filters, facet))
        for facet in FACETS
        if getattr(filters, facet)
    }


def intersect(matches: Mask, masks: dict[str, Mask], *, but: str = "") -> Mask:
    """The matches that pass every filter but one: facets are AND."""
    for facet, mask in masks.items():
        if facet != but:
            matches = matches & mask
    return matches


def count(column: Column, matches: Mask, total: int | None = None) -> NDArray[np.int64]:
    """How many of the matches hold each value of the vocabulary; `total` is the number of matches, if known."""
    rows = int(np.count_nonzero(matches)) if total is None else total
    if rows == len(matches):
        return column.totals
    if rows * 2 > len(matches):  # most rows match: counting those that do not is quicker
        return column.totals - count(column, ~matches, len(matches) - rows)
    if rows * _FEW < len(matches):
        ids = column.ids.take(_entries(column, np.flatnonzero(matches)))
    else:
        ids = column.ids[matches if column.is_single else matches.take(column.owners)]
    return np.bincount(ids, minlength=len(column.vocabulary)).astype(np.int64, copy=False)


def _entries(column: Column, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Places in `ids` of all values of the rows."""
    if column.is_single:
        return rows
    starts = column.starts.take(rows)
    lengths = column.starts.take(rows + 1) - starts
    before = np.cumsum(lengths) - lengths
    shifts: NDArray[np.int64] = np.repeat(starts - before, lengths)
    return np.arange(len(shifts), dtype=np.int64) + shifts


def facets(columns: Columns, matches: Mask, filters: Filters) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet counted under all filters but its own; chosen values are listed even when nothing holds them."""
    masks = filter_masks(columns, filters)
    common = intersect(matches, masks)
    total = int(np.count_nonzero(common))
    result = {}
    for facet in FACETS:
        own = facet in masks
        counts = count(
            columns.columns[facet], intersect(matches, masks, but=facet) if own else common, None if own else total
        )
        result[facet] = _values(columns, facet, counts, chosen(columns, filters, facet))
    return result


def _values(
    columns: Columns, facet: str, counts: NDArray[np.int64], selected: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    column = columns.columns[facet]
    labels, places = columns.labels(facet)
    numbers = np.flatnonzero(counts)
    if facet not in YEAR_FACETS:  # the vocabulary of years is in order already
        numbers = numbers[np.lexsort((places[numbers], -counts[numbers]))]
    chosen_values = set(selected)
    found = [
        FacetValue(value, labels[number], count, value in chosen_values)
        for number, count in zip(numbers.tolist(), counts[numbers].tolist(), strict=True)
        for value in (column.vocabulary[number],)
    ]
    missing = chosen_values.difference(value.value for value in found) if chosen_values else ()
    if not missing:
        return tuple(found)
    found += [FacetValue(value, columns.label(facet, value), 0, selected=True) for value in missing]
    if facet in YEAR_FACETS:
        return tuple(sorted(found, key=lambda value: int(value.value)))
    return tuple(sorted(found, key=lambda value: (-value.count, value.label.casefold(), value.value)))

"""Filters and exact facet counts over columns of ids; no engine takes part.

Measured, not assumed: `tests/benchmarks/RESULTS.md` shows the counting beside that of the engines' own libraries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.analysis import words
from search.column import Column, Ints
from search.columns import Columns
from search.query import FACETS, YEAR_FACETS, Filters, Query, YearRange
from search.results import FacetPage, FacetValue
from search.rows import Mask, Rows

#: From this share of all rows on (one in so many) a column is walked as a whole.
_MANY = 5
#: Cells of the table of values by documents up to which it is quicker to fill the table than to sort the pairs.
_TABLE = 32_000_000


def chosen(columns: Columns, filters: Filters, facet: str) -> tuple[str, ...]:
    """The values of a facet that the filters ask for, ranges of years spelled out."""
    values = getattr(filters, facet)
    if facet in YEAR_FACETS:
        single = [str(span) for span in values if span.first == span.last]
        return tuple(dict.fromkeys((*single, *_years(columns.columns[facet], values))))
    return tuple(values)


def _years(column: Column, ranges: Sequence[YearRange]) -> tuple[str, ...]:
    return tuple(year for year in column.vocabulary if any(span.first <= int(year) <= span.last for span in ranges))


class Narrowing:
    """What the filters of a query leave of any rows: several values of one facet are OR, facets are AND."""

    def __init__(self, columns: Columns, query: Query) -> None:
        self.columns = columns
        self._wanted = self._masks(query.filters)
        self._unwanted = self._masks(query.excluded)

    def rows(self, rows: Rows, *, but: str = "", but_excluded: str = "") -> Rows:
        """The rows that pass every filter but those of one facet, and every exclusion but those of one facet."""
        for facet, mask in self._wanted.items():
            if facet != but:
                rows = rows[mask[rows]]
        for facet, mask in self._unwanted.items():
            if facet != but_excluded:
                rows = rows[~mask[rows]]
        return rows

    def filters(self, facet: str) -> bool:
        """Whether values of the facet are chosen."""
        return facet in self._wanted

    def excludes(self, facet: str) -> bool:
        """Whether values of the facet are excluded."""
        return facet in self._unwanted

    def _masks(self, filters: Filters) -> dict[str, Mask]:
        return {facet: self._mask(facet, filters) for facet in FACETS if getattr(filters, facet)}

    def _mask(self, facet: str, filters: Filters) -> Mask:
        column = self.columns.columns[facet]
        mask = np.zeros(len(self.columns), np.bool_)
        for value in chosen(self.columns, filters, facet):
            if value in column.index:
                mask[column.rows(column.index[value])] = True
        return mask


def facets(columns: Columns, matches: Rows, query: Query) -> tuple[dict[str, tuple[FacetValue, ...]], dict[str, int]]:
    """Every facet counted under all filters but its own, and how many values each has with a count above 0."""
    narrowing = Narrowing(columns, query)
    common = narrowing.rows(matches)
    pages = {}
    for facet in FACETS:
        rows = narrowing.rows(matches, but=facet) if narrowing.filters(facet) else common
        pages[facet] = _Counting(columns, facet, rows).page(query, narrowing, matches)
    return {facet: page.values for facet, page in pages.items()}, {
        facet: page.distinct for facet, page in pages.items()
    }


def facet_page(columns: Columns, matches: Rows, query: Query, facet: str, containing: str) -> FacetPage:
    """The values of one facet under all filters but its own, those whose label holds every word of `containing`."""
    narrowing = Narrowing(columns, query)
    rows = narrowing.rows(matches, but=facet)
    return _Counting(columns, facet, rows).page(query, narrowing, matches, containing)


def entries(column: Column, rows: Rows) -> Ints:
    """Places in `ids` of all values of the rows."""
    total = len(column.starts) - 1
    if column.is_single:
        return rows
    if len(rows) * _MANY > total:  # walking the column is quicker than looking each row up
        mask = np.zeros(total, np.bool_)
        mask[rows] = True
        return np.flatnonzero(mask[column.owners])
    starts = column.starts[rows]
    lengths = column.starts[rows + 1] - starts
    before = np.cumsum(lengths) - lengths
    shifts: Ints = np.repeat(starts - before, lengths)
    return np.arange(len(shifts), dtype=np.int64) + shifts


def distinct_pairs(values: Ints, documents: Ints, value_count: int, document_count: int) -> Ints:
    """With how many different documents each value is paired."""
    pairs = values * document_count + documents
    if value_count * document_count > _TABLE:
        return np.bincount(np.unique(pairs) // document_count, minlength=value_count)
    table = np.zeros(value_count * document_count, np.bool_)
    table[pairs] = True
    counts: Ints = table.reshape(value_count, document_count).sum(axis=1, dtype=np.int64)
    return counts


@dataclass(frozen=True)
class _Counting:
    """The counts of one facet over some rows."""

    columns: Columns
    facet: str
    rows: Rows

    @cached_property
    def column(self) -> Column:
        return self.columns.columns[self.facet]

    @cached_property
    def everything(self) -> bool:
        """Whether all rows are counted, which is remembered."""
        return len(self.rows) == len(self.columns)

    @cached_property
    def entries(self) -> Ints:
        """Places in the column of all values of the rows."""
        return entries(self.column, self.rows)

    @cached_property
    def counts(self) -> Ints:
        """How many of the rows hold each value of the vocabulary."""
        if self.everything:
            return self.column.totals
        return np.bincount(self.column.ids[self.entries], minlength=len(self.column.vocabulary))

    def documents(self, numbers: Ints) -> Ints:
        """In how many documents the rows that hold each of the values `numbers` stand."""
        if self.facet == "document":
            return np.ones(len(numbers), np.int64)
        if self.everything:
            return self.columns.document_totals(self.facet)[numbers]
        places = np.full(len(self.column.vocabulary), -1, np.int64)
        places[numbers] = np.arange(len(numbers))
        asked = places[self.column.ids[self.entries]]
        rows = self.entries if self.column.is_single else self.column.owners[self.entries]
        shown = asked >= 0
        documents = self.columns.documents[rows[shown]]
        return distinct_pairs(asked[shown], documents, len(numbers), self.columns.document_count)

    def page(self, query: Query, narrowing: Narrowing, matches: Rows, containing: str = "") -> FacetPage:
        """The values in their order, cut to the query's `facet_limit`, chosen and excluded ones always among them."""
        numbers = self._ordered(self._labelled(np.flatnonzero(self.counts), containing))
        shown = numbers if self.facet in YEAR_FACETS else numbers[: query.facet_limit]
        selected = chosen(self.columns, query.filters, self.facet)
        values = {value.value: value for value in self._values(shown, frozenset(selected))}
        for value in selected:
            values.setdefault(value, self._single(value))
        if narrowing.excludes(self.facet):
            taken = narrowing.rows(matches, but_excluded=self.facet)
            values |= _Counting(self.columns, self.facet, taken).excluded(
                chosen(self.columns, query.excluded, self.facet)
            )
        ordered = tuple(values.values()) if len(values) == len(shown) else self._sorted(values)
        return FacetPage(ordered, len(numbers))

    def excluded(self, unwanted: Sequence[str]) -> dict[str, FacetValue]:
        """The excluded values with what each takes away."""
        return {value: self._single(value, excluded=True) for value in unwanted}

    def _labelled(self, numbers: Ints, containing: str) -> Ints:
        wanted = words(containing)
        if not wanted:
            return numbers
        labels, _ = self.columns.labels(self.facet)
        holds = (all(any(w.startswith(each) for w in words(labels[number])) for each in wanted) for number in numbers)
        return numbers[np.fromiter(holds, np.bool_, len(numbers))]

    def _ordered(self, numbers: Ints) -> Ints:
        if self.facet in YEAR_FACETS:  # the vocabulary of years is in order already
            return numbers
        _, places = self.columns.labels(self.facet)
        return numbers[np.lexsort((places[numbers], -self.counts[numbers]))]

    def _values(self, numbers: Ints, selected: frozenset[str]) -> list[FacetValue]:
        labels, _ = self.columns.labels(self.facet)
        documents = self.documents(numbers).tolist()
        vocabulary = self.column.vocabulary
        return [
            FacetValue(vocabulary[number], labels[number], passages, vocabulary[number] in selected, held)
            for number, passages, held in zip(numbers.tolist(), self.counts[numbers].tolist(), documents, strict=True)
        ]

    def _single(self, value: str, *, excluded: bool = False) -> FacetValue:
        """One value, listed whatever its count."""
        number = self.column.index.get(value, -1)
        label = self.columns.label(self.facet, value)
        if number < 0:
            return FacetValue(value, label, 0, not excluded, 0, excluded)
        documents = self.documents(np.array([number]))
        return FacetValue(value, label, int(self.counts[number]), not excluded, int(documents[0]), excluded)

    def _sorted(self, values: Mapping[str, FacetValue]) -> tuple[FacetValue, ...]:
        if self.facet in YEAR_FACETS:
            return tuple(sorted(values.values(), key=lambda value: int(value.value)))
        return tuple(sorted(values.values(), key=lambda value: (-value.count, value.label.casefold(), value.value)))

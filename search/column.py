"""One facet of every row: small ids into a sorted vocabulary; a row may have none, one or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from search.rows import Mask

#: In memory numbers are as wide as numpy's own indexes: converting them costs more than counting.
Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Column:
    """Values of one facet: row r holds `ids[starts[r]:starts[r + 1]]` of `vocabulary`, each named so many `times`."""

    vocabulary: tuple[str, ...]
    starts: Ints
    ids: Ints
    times: Ints

    @classmethod
    def build(cls, rows: Sequence[Mapping[str, int]]) -> Column:
        """The column of these rows."""
        vocabulary = tuple(sorted({value for row in rows for value in row}))
        index = {value: number for number, value in enumerate(vocabulary)}
        starts = _starts(np.fromiter(map(len, rows), np.int64, len(rows)))
        ids = np.fromiter((index[value] for row in rows for value in row), np.int64, int(starts[-1]))
        times = np.fromiter((count for row in rows for count in row.values()), np.int64, int(starts[-1]))
        return cls(vocabulary, starts, ids, times)

    @cached_property
    def index(self) -> dict[str, int]:
        """Value -> id."""
        return {value: number for number, value in enumerate(self.vocabulary)}

    @cached_property
    def folded(self) -> dict[str, int]:
        """Value without case -> id."""
        return {value.casefold(): number for number, value in enumerate(self.vocabulary)}

    @cached_property
    def is_single(self) -> bool:
        """Whether every row holds exactly one value, so that rows and entries are the same."""
        return len(self.ids) == len(self.starts) - 1 and bool((np.diff(self.starts) == 1).all())

    @cached_property
    def owners(self) -> Ints:
        """The row of each entry of `ids`."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int64), np.diff(self.starts))

    @cached_property
    def by_value(self) -> tuple[Ints, Ints]:
        """Entries sorted by id, and where each id starts among them."""
        order = np.argsort(self.ids, kind="stable").astype(np.int64)
        bounds = np.searchsorted(self.ids[order], np.arange(len(self.vocabulary) + 1)).astype(np.int64)
        return order, bounds

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """Rows per value over the whole index."""
        return np.bincount(self.ids, minlength=len(self.vocabulary)).astype(np.int64, copy=False)

    def entries(self, number: int) -> Ints:
        """The entries that hold the value `number`."""
        order, bounds = self.by_value
        return order[bounds[number] : bounds[number + 1]]

    def rows(self, number: int) -> Ints:
        """The rows that hold the value `number`, ascending."""
        return self.owners[self.entries(number)]

    def taken(self, keep: Mask) -> Column:
        """The column of the rows that `keep` marks, values that nothing names any more left out."""
        entries = keep[self.owners]
        used, ids = np.unique(self.ids[entries], return_inverse=True)
        vocabulary = tuple(self.vocabulary[number] for number in used)
        return Column(vocabulary, _starts(np.diff(self.starts)[keep]), ids.astype(np.int64), self.times[entries])

    @classmethod
    def joined(cls, columns: Sequence[Column]) -> Column:
        """The rows of all the columns, one column after the other."""
        vocabulary = tuple(sorted({value for column in columns for value in column.vocabulary}))
        index = {value: number for number, value in enumerate(vocabulary)}
        lengths = np.concatenate([np.diff(column.starts) for column in columns])
        ids = np.concatenate([_translated(column, index) for column in columns])
        return cls(vocabulary, _starts(lengths), ids, np.concatenate([column.times for column in columns]))

    def ordered(self, order: Ints) -> Column:
        """The rows in another order, `order` naming for each new place the row that comes there."""
        lengths = np.diff(self.starts)[order]
        starts = _starts(lengths)
        entries = np.arange(len(self.ids)) + np.repeat(self.starts[order] - starts[:-1], lengths)
        return Column(self.vocabulary, starts, self.ids[entries], self.times[entries])


def _starts(lengths: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _translated(column: Column, index: Mapping[str, int]) -> Ints:
    table = np.array([index[value] for value in column.vocabulary], np.int64)
    return table[column.ids] if len(table) else column.ids

"""What an index knows of every passage besides its words: one column a facet, rows in (document, sequence) order.

Rows are kept in the order of the library, so a row number is also the tie-breaker of every sort. A column holds small
ids into its sorted vocabulary; a passage may have none, one or many. `key` names a row for the engine, whose own
numbers change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.authority import instruments
from corpus.model import InstrumentType, PassageKind
from search.column import Column, Ints
from search.query import FACETS
from search.rows import Mask

#: Columns of every index: the facets of `search.query`.
COLUMNS = FACETS
#: Kinds of passages that stand behind body text.
NOTES = frozenset({PassageKind.FOOTNOTE.value, PassageKind.REFERENCE.value})
#: Indexed fields whose lengths ranking needs.
LENGTHS = ("text", "section", "title", "names")


@dataclass(frozen=True, slots=True)
class Row:
    """One passage on its way into the columns: `values` per column with how often each is named."""

    key: int
    passage_id: str
    document_id: str
    sequence: int
    values: Mapping[str, Mapping[str, int]]
    lengths: Mapping[str, int]


@dataclass(frozen=True)
class Columns:
    """All rows of an index with the documents they come from: facts of documents by their ids.

    `described` is what is known of a document in words: title, kind, body, place and whatever else names it.
    """

    passage_ids: tuple[str, ...] = ()
    keys: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    sequences: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    lengths: Mapping[str, Ints] = field(default_factory=lambda: {name: np.empty(0, np.int64) for name in LENGTHS})
    columns: Mapping[str, Column] = field(default_factory=lambda: {name: Column.build([]) for name in COLUMNS})
    revisions: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    next_key: int = 0

    def __len__(self) -> int:
        return len(self.passage_ids)

    @classmethod
    def build(cls, rows: Iterable[Row]) -> Columns:
        """The columns of these rows alone, in any order, without facts about their documents."""
        rows = sorted(rows, key=lambda row: (row.document_id, row.sequence))
        return cls(
            passage_ids=tuple(row.passage_id for row in rows),
            keys=np.array([row.key for row in rows], np.int64),
            sequences=np.array([row.sequence for row in rows], np.int64),
            lengths={name: np.array([row.lengths[name] for row in rows], np.int64) for name in LENGTHS},
            columns={name: Column.build([row.values[name] for row in rows]) for name in COLUMNS},
        )

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Passage id -> row."""
        return {passage_id: row for row, passage_id in enumerate(self.passage_ids)}

    @cached_property
    def documents(self) -> Ints:
        """The document of each row, as an id into the vocabulary of the column `document`; that order is by id."""
        return self.columns["document"].ids

    @property
    def document_count(self) -> int:
        """Number of documents that hold passages."""
        return len(self.columns["document"].vocabulary)

    def document_totals(self, facet: str) -> Ints:
        """Documents per value of a facet over the whole index."""
        if facet not in self._document_totals:
            column = self.columns[facet]
            pairs = np.unique(column.ids * self.document_count + self.documents[column.owners])
            counts = np.bincount(pairs // self.document_count, minlength=len(column.vocabulary))
            self._document_totals[facet] = counts
        return self._document_totals[facet]

    @cached_property
    def _document_totals(self) -> dict[str, Ints]:
        return {}

    @cached_property
    def is_note(self) -> Mask:
        """Which rows are footnotes or references."""
        column = self.columns["passage_kind"]
        notes = [number for number, kind in enumerate(column.vocabulary) if kind in NOTES]
        mask: Mask = np.isin(column.ids, notes)
        return mask

    @cached_property
    def by_date(self) -> Ints:
        """The place of each row when documents stand newest first, undated ones last."""
        vocabulary = self.columns["document"].vocabulary
        dated = sorted(vocabulary, key=lambda document: self.dates.get(document, ""), reverse=True)
        place = {document: number for number, document in enumerate(dated)}
        return np.array([place[document] for document in vocabulary], np.int64)[self.documents]

    def labels(self, facet: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """What people read for each value of a facet's vocabulary, and the place of each by alphabet."""
        if facet not in self._labels:
            vocabulary = self.columns[facet].vocabulary
            labels = tuple(self.label(facet, value) for value in vocabulary)
            order = sorted(range(len(labels)), key=lambda number: (labels[number].casefold(), vocabulary[number]))
            places = np.empty(len(order), np.int64)
            places[order] = np.arange(len(order))
            self._labels[facet] = labels, places
        return self._labels[facet]

    def label(self, facet: str, value: str) -> str:
        """What people read for a value: a document's title, a kind in words, otherwise the value itself."""
        if facet == "document":
            return self.titles.get(value) or value
        if facet == "provision":
            return provision_label(value)
        return value.replace("_", " ").capitalize() if facet in {"kind", "passage_kind"} else value

    @cached_property
    def _labels(self) -> dict[str, tuple[tuple[str, ...], NDArray[np.int64]]]:
        return {}

    def dilution(self, field: str, share: float) -> NDArray[np.float64]:
        """Length of a field relative to the average, in the share that ranking wants: 1 for a row of average length."""
        if (field, share) not in self._dilutions:
            lengths = self.lengths[field]
            average = float(lengths.mean()) if lengths.any() else 1.0
            self._dilutions[field, share] = (1 - share + share * lengths / average).astype(np.float64)
        return self._dilutions[field, share]

    @cached_property
    def _dilutions(self) -> dict[tuple[str, float], NDArray[np.float64]]:
        return {}

    def rows(self, keys: NDArray[np.int64]) -> Ints:
        """The row of each key, -1 for keys of passages that are not held."""
        table = self._row_of_key
        return table[np.minimum(keys, len(table) - 1)]

    def holders(self, facet: str, value: str, but: str = "") -> Iterator[str]:
        """The ids of the passages found under a value, in library order, without those of document `but`."""
        column = self.columns[facet]
        rows = column.rows(column.index[value]) if value in column.index else ()
        return (self.passage_ids[row] for row in rows if not but or not self.passage_ids[row].startswith(f"{but}/"))

    def keys_of(self, document_id: str) -> list[int]:
        """The keys of a document's passages."""
        column = self.columns["document"]
        number = column.index.get(document_id, -1)
        keys: list[int] = self.keys[column.rows(number)].tolist() if number >= 0 else []
        return keys

    @cached_property
    def _row_of_key(self) -> Ints:
        """The row of each key; beyond the last key in use stands one that is not."""
        rows = np.full(int(self.keys.max(initial=-1)) + 2, -1, np.int64)
        rows[self.keys] = np.arange(len(self))
        return rows

    def without(self, documents: Iterable[str]) -> Columns:
        """These columns without some documents."""
        gone = set(documents)
        names = self.columns["document"].vocabulary
        keep = ~np.isin(self.documents, [number for number, name in enumerate(names) if name in gone])
        return Columns(
            passage_ids=tuple(np.array(self.passage_ids, object)[keep]) if len(self) else (),
            keys=self.keys[keep],
            sequences=self.sequences[keep],
            lengths={name: lengths[keep] for name, lengths in self.lengths.items()},
            columns={name: column.taken(keep) for name, column in self.columns.items()},
            revisions=_dropped(self.revisions, gone),
            titles=_dropped(self.titles, gone),
            described=_dropped(self.described, gone),
            dates=_dropped(self.dates, gone),
            next_key=self.next_key,
        )

    def joined(self, *others: Columns) -> Columns:
        """These rows and those of the others, in library order; of facts about one document the last win."""
        parts = (self, *others)
        columns = {name: Column.joined([part.columns[name] for part in parts]) for name in COLUMNS}
        sequences = np.concatenate([part.sequences for part in parts])
        order = np.lexsort((sequences, columns["document"].ids))
        ids = [passage_id for part in parts for passage_id in part.passage_ids]
        return Columns(
            passage_ids=tuple(ids[row] for row in order),
            keys=np.concatenate([part.keys for part in parts])[order],
            sequences=sequences[order],
            lengths={name: np.concatenate([part.lengths[name] for part in parts])[order] for name in LENGTHS},
            columns={name: column.ordered(order) for name, column in columns.items()},
            revisions=_all(part.revisions for part in parts),
            titles=_all(part.titles for part in parts),
            described=_all(part.described for part in parts),
            dates=_all(part.dates for part in parts),
            next_key=max(part.next_key for part in parts),
        )


def _all(facts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {document: fact for part in facts for document, fact in part.items()}


def _dropped(facts: Mapping[str, str], gone: set[str]) -> dict[str, str]:
    return {document: fact for document, fact in facts.items() if document not in gone}


def provision_label(value: str) -> str:
    """`Convention on Cybercrime, art 16(2)` for `Convention on Cybercrime|16(2)`; laws have sections."""
    instrument, _, article = value.partition("|")
    record = instruments.load().get(instrument)
    unit = "s" if record and record.type == InstrumentType.NATIONAL_LAW else "art"
    return f"{instrument}, {unit} {article}" if article[:1].isdigit() else f"{instrument}, {article}"

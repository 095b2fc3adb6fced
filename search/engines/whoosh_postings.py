"""One committed state of a Whoosh index, read as `search.postings.Postings`."""

from __future__ import annotations

import pickle
import struct
import threading
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.index import IndexError as WhooshIndexError
from whoosh.matching.mcore import ReadTooFar
from whoosh.reading import TermNotFound

from search.columns import Columns, Ints
from search.errors import EngineError
from search.lookup import Lookup
from search.postings import Posting, Stored, Term
from search.query import Field
from search.vocabulary import Vocabulary

#: Postings kept in memory, about 12 bytes a passage that holds the term.
_CACHED_TERMS = 4_096


def field_name(field: Field, *, stemmed: bool) -> str:
    """The Whoosh field that holds a field's stems or its exact words."""
    return f"{field.value}_stem" if stemmed else field.value


#: What Whoosh raises over files that were cut short or changed; it checks nothing itself.
_DAMAGE = (
    WhooshIndexError, ReadTooFar, OSError, EOFError, ValueError, LookupError, NameError, TypeError, AttributeError,
    AssertionError, struct.error, pickle.UnpicklingError, zlib.error,
)  # fmt: skip


@contextmanager
def reading_whoosh() -> Iterator[None]:
    """Turns what Whoosh raises over damaged files into `EngineError`; a file that is gone stays `FileNotFoundError`."""
    try:
        yield
    except FileNotFoundError:
        raise
    except _DAMAGE as error:
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        raise EngineError(f"the index is damaged ({reason}): run `pincite reindex`") from error


class Snapshot:
    """The postings of one generation. Whoosh's files have one reading position, so one thread at a time reads."""

    def __init__(self, reader: Any, columns: Columns, generation: int) -> None:
        self.columns, self.generation = columns, generation
        self._leaves: list[tuple[Any, int]] = reader.leaf_readers() if reader else []
        self._reader = reader
        self._lock = threading.RLock()
        self._postings: dict[Term, Posting] = {}
        self._vocabularies: dict[Field, Vocabulary] = {}

    def close(self) -> None:
        """Release the files."""
        if self._reader:
            self._reader.close()
            self._reader = None

    @cached_property
    def _rows(self) -> Ints:
        """Whoosh's document number -> row, -1 for what is no longer held."""
        with self._lock, reading_whoosh():
            return self._read_rows()

    def _read_rows(self) -> Ints:
        keys = [key for leaf, _ in self._leaves for key in leaf.column_reader("key")]
        return self.columns.rows(np.array(keys, np.int64))

    @cached_property
    def _numbers(self) -> Ints:
        """Row -> Whoosh's document number."""
        numbers = np.zeros(len(self.columns), np.int64)
        held = self._rows >= 0
        numbers[self._rows[held]] = np.flatnonzero(held)
        return numbers

    @cached_property
    def lookup(self) -> Lookup:
        """Matching and frequencies over these postings."""
        return Lookup(self)

    # -- Postings ----------------------------------------------------------------------------------------------
    def posting(self, term: Term) -> Posting:
        """Rows and frequencies, empty for an unknown term."""
        found = self._postings.get(term)
        if found is None:
            with self._lock, reading_whoosh():
                found = self._read(term)
                if len(self._postings) >= _CACHED_TERMS:
                    self._postings.clear()
                self._postings[term] = found
        return found

    def positions(self, term: Term, rows: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Row -> ascending places of the term in the field, for those of `rows` that hold it."""
        numbers = np.sort(self._numbers[np.fromiter(rows, np.int64, len(rows))])
        places: dict[int, Sequence[int]] = {}
        with self._lock, reading_whoosh():
            for matcher, offset in self._matchers(term):
                for number in numbers[numbers >= offset].tolist():
                    if not matcher.is_active():
                        break
                    matcher.skip_to(number - offset)
                    if matcher.is_active() and matcher.id() == number - offset:
                        places[int(self._rows[number])] = matcher.value_as("positions")
        return places

    def vocabulary(self, field: Field) -> Vocabulary:
        """The exact words of a field."""
        found = self._vocabularies.get(field)
        if found is None:
            name = field_name(field, stemmed=False)
            with self._lock, reading_whoosh():
                found = Vocabulary(text.decode() for leaf, _ in self._leaves for text in leaf.lexicon(name))
            self._vocabularies[field] = found
        return found

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""
        with self._lock, reading_whoosh():
            return [Stored(*self._reader.stored_fields(int(self._numbers[row]))["shown"]) for row in rows]

    # -- reading Whoosh ----------------------------------------------------------------------------------------
    def _matchers(self, term: Term) -> Iterator[tuple[Any, int]]:
        """A matcher per segment that holds the term, with the number of the segment's first document."""
        name = field_name(term.field, stemmed=term.stemmed)
        for leaf, offset in self._leaves:
            try:
                yield leaf.postings(name, term.text), offset
            except TermNotFound:
                continue

    def _read(self, term: Term) -> Posting:
        numbers: list[int] = []
        times: list[float] = []
        for matcher, offset in self._matchers(term):
            while matcher.is_active():
                numbers.append(matcher.id() + offset)
                times.append(matcher.weight())
                matcher.next()
        rows = self._rows[np.array(numbers, np.int64)]
        order = np.argsort(rows)[np.count_nonzero(rows < 0) :]
        return Posting(rows[order], np.array(times, np.float64)[order])

"""What an engine's index gives to our evaluation: who holds a term, how often, and where."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search.column import Ints
from search.columns import Columns
from search.query import Field
from search.vocabulary import Vocabulary

#: Fields searched when a query names none, and the only ones that hold words.
WORD_FIELDS = (Field.TEXT, Field.SECTION, Field.TITLE, Field.NAMES)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of one field: a stem, or an exact folded word."""

    field: Field
    text: str
    stemmed: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """The rows that hold a term, ascending, and how often each holds it."""

    rows: Ints
    times: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rows)


#: A tagged span: start, end, facet, value.
Tag: TypeAlias = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is shown of a passage: its text and the spans of it that are tagged."""

    text: str
    tags: tuple[Tag, ...] = ()


class Postings(Protocol):
    """One state of an index. Rows are those of `columns`; nothing changes while a search reads it."""

    @property
    def columns(self) -> Columns:
        """Facets, documents and lengths of every row."""

    def posting(self, term: Term) -> Posting:
        """Rows and frequencies, empty for an unknown term."""

    def positions(self, term: Term, rows: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Row -> ascending places of the term in the field, for those of `rows` that hold it."""

    def vocabulary(self, field: Field, prefix: str = "") -> Vocabulary:
        """The exact words of a field, those alone that start with a prefix if one is given, which is much quicker."""

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""

"""One committed state of an index: all that matching and ranking ask of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from search.columns import Columns
from search.postings import Stored
from search.query import Field, Fuzzy, Near, Node, Phrase, Prefix, Query, Word
from search.rows import Mask, Rows, Scores
from search.vocabulary import Vocabulary

#: The parts of a tree that are looked up in the words of passages.
Leaf: TypeAlias = Word | Phrase | Near | Prefix | Fuzzy


class State(Protocol):
    """Rows are those of `columns`; nothing changes while a search reads it. All row arrays are ascending."""

    @property
    def columns(self) -> Columns:
        """Facets, documents and lengths of every row."""

    def rows(self, leaf: Leaf) -> Rows:
        """The rows that hold a leaf, in any field if it names none."""

    def frequencies(self, leaf: Leaf, rows: Rows) -> Scores:
        """How often each of the rows holds the leaf, weighted and diluted by field as `search.scoring` says."""

    def typed(self, word: Word, rows: Rows) -> Mask:
        """Which of the rows hold a word in the very form that was typed."""

    def adjacent(self, left: Word, right: Word, rows: Rows) -> Mask:
        """Which of the rows hold the two words side by side in this order, in any of their forms."""

    def promising(self, tree: Node, rows: Rows, limit: int, query: Query, *, notes_last: bool) -> Rows:
        """Up to `limit` of the rows, those that match the tree best first; `notes_last` puts body text before notes.

        The rows have passed the filters of the query, which tells engines that filter while they score.
        """

    def vocabulary(self, field: Field, prefix: str = "") -> Vocabulary:
        """The exact words of a field, those alone that start with a prefix if one is given, which is much quicker."""

    def frequency(self, word: str) -> int:
        """How many passages hold an exact folded word in their text."""

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""

"""The interface that every engine fulfils. One contract suite runs over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from corpus.model import Document, Passage
from search.query import Query
from search.results import Completion, Explanation, FacetPage, Results


class Engine(Protocol):
    """An index of passages, opened on a folder or address by the engine's own `open(...)`.

    Writing is `add`/`remove` of whole documents, visible to searches after `commit`, which is atomic.
    A search over an index that another process commits to sees the newest commit at its next call.
    """

    name: str

    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        """Put a document's passages in place of what the index holds of that document; `revision` names this state."""

    def remove(self, document_id: str) -> None:
        """Take a document's passages out; unknown ids are no error."""

    def commit(self) -> None:
        """Make everything added and removed since the last commit visible, at once."""

    def revisions(self) -> Mapping[str, str]:
        """Committed document ids with the revision given to `add`; what a rebuild compares with the store."""

    def holds(self, document_id: str, revision: str) -> bool:
        """Whether a document is committed in this revision, by whichever process."""

    def search(self, query: Query) -> Results:
        """Answer a query; raises `QueryError` for what it cannot read, `EngineError` if it is away."""

    def state(self) -> object:
        """What stands for the newest committed state: the same object until something is committed, then another."""

    def citing(self, facet: str, values: Iterable[str], limit: int, but: str = "") -> Mapping[str, tuple[str, ...]]:
        """For each value of a facet up to `limit` passages found under it, in library order, none of document `but`."""

    def count(self) -> int:
        """Number of body passages in the index."""

    def values(self, query: Query, facet: str, containing: str = "", limit: int | None = None) -> FacetPage:
        """The values of one facet under every filter but its own, those whose label holds `containing`."""

    def explain(self, query: Query, passage_id: str) -> Explanation | None:
        """The parts of a passage's score; None if the passage does not answer the query."""

    def complete(self, typed: str, limit: int = 10) -> tuple[Completion, ...]:
        """Names (by any alias) and words of the collection that continue what was typed, most frequent first."""

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Words of the collection that start with `prefix`, most frequent first."""

    def similar(self, passage_id: str, limit: int = 10) -> tuple[str, ...]:
        """Ids of passages that are most like the given one, best first; empty for an unknown id."""

    def health(self) -> str:
        """Return "" if the engine can answer, else one line saying what is wrong."""

    def clear(self) -> None:
        """Forget everything (for a rebuild), visible after `commit`; what was not committed is dropped."""

    def close(self) -> None:
        """Release files and connections; the engine is not used afterwards."""

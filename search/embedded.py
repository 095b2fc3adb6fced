"""What the engines over files share: batches that are committed at once, and searches over the newest state."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice
from typing import Protocol

from corpus.model import Document, Passage
from search.answering import Answering
from search.completing import complete
from search.errors import EngineError
from search.query import Query
from search.results import Completion, Explanation, FacetPage, Results
from search.similarity import similar
from search.state import State
from search.suggest import completions


class Batch(Protocol):
    """What is added and removed until it is committed or dropped; as long as it lives nobody else writes."""

    def remove(self, document_id: str) -> None:
        """Take a document out; unknown ids are no error."""

    def add(self, document: Document, passages: Sequence[Passage], revision: str) -> None:
        """Put in a document that has been taken out."""

    def commit(self) -> None:
        """Make the batch the newest state."""

    def drop(self) -> None:
        """Forget the batch."""


class EmbeddedEngine(ABC):
    """An engine over files; see `search.engine.Engine` for what its methods promise."""

    def __init__(self) -> None:
        self._writing = threading.RLock()
        self._batch: Batch | None = None

    @abstractmethod
    def _begin(self, *, anew: bool) -> Batch:
        """A batch over what is held, or over nothing."""

    @abstractmethod
    def _newest(self) -> AbstractContextManager[State]:
        """The newest committed state for the time of one search; raises `EngineError` if it is damaged."""

    @abstractmethod
    def _release(self) -> None:
        """Close files."""

    # -- writing -----------------------------------------------------------------------------------------------
    def add(self, document: Document, passages: Iterable[Passage], revision: str) -> None:
        """Put a document's passages in place of what the index holds of that document; `revision` names this state."""
        with self._writing:
            batch = self._begun()
            batch.remove(document.id)
            batch.add(document, [passage for passage in passages if passage.is_body], revision)

    def remove(self, document_id: str) -> None:
        """Take a document's passages out; unknown ids are no error."""
        with self._writing:
            if self._batch or document_id in self.revisions():
                self._begun().remove(document_id)

    def commit(self) -> None:
        """Make everything added and removed since the last commit visible, at once."""
        with self._writing:
            batch, self._batch = self._batch, None
            if batch:
                batch.commit()

    def clear(self) -> None:
        """Forget everything, visible after `commit`; what was not committed is dropped."""
        with self._writing:
            self._drop()
            self._batch = self._begin(anew=True)

    def close(self) -> None:
        """Release files; what was not committed is dropped."""
        with self._writing:
            self._drop()
            self._release()

    def _begun(self) -> Batch:
        if self._batch is None:
            self._batch = self._begin(anew=False)
        return self._batch

    def _drop(self) -> None:
        batch, self._batch = self._batch, None
        if batch:
            batch.drop()

    # -- reading -----------------------------------------------------------------------------------------------
    def revisions(self) -> Mapping[str, str]:
        """Committed document ids with the revision given to `add`."""
        with self._newest() as state:
            return dict(state.columns.revisions)

    def holds(self, document_id: str, revision: str) -> bool:
        """Whether a document is committed in this revision, by whichever process."""
        with self._newest() as state:
            return state.columns.revisions.get(document_id) == revision

    def search(self, query: Query) -> Results:
        """Answer a query; raises `EngineError` for a damaged index."""
        with self._newest() as state:
            return Answering(query, state).results()

    def state(self) -> object:
        """The columns of the newest commit, which are read anew with every commit."""
        with self._newest() as state:
            return state.columns

    def citing(self, facet: str, values: Iterable[str], limit: int, but: str = "") -> Mapping[str, tuple[str, ...]]:
        """For each value of a facet up to `limit` passages found under it, in library order, none of document `but`."""
        with self._newest() as state:
            return {value: tuple(islice(state.columns.holders(facet, value, but), limit)) for value in values}

    def count(self) -> int:
        """Number of body passages in the index."""
        with self._newest() as state:
            return len(state.columns)

    def values(self, query: Query, facet: str, containing: str = "", limit: int | None = None) -> FacetPage:
        """The values of one facet under every filter but its own, those whose label holds `containing`."""
        with self._newest() as state:
            return Answering(replace(query, facet_limit=limit), state).values(facet, containing)

    def explain(self, query: Query, passage_id: str) -> Explanation | None:
        """The parts of a passage's score; None if the passage does not answer the query."""
        with self._newest() as state:
            return Answering(query, state).explain(passage_id)

    def complete(self, typed: str, limit: int = 10) -> tuple[Completion, ...]:
        """Names (by any alias) and words of the collection that continue what was typed, most frequent first."""
        with self._newest() as state:
            return complete(typed, state, limit)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Words of the collection that start with `prefix`, most frequent first."""
        with self._newest() as state:
            return completions(prefix, state, limit)

    def similar(self, passage_id: str, limit: int = 10) -> tuple[str, ...]:
        """Ids of passages that are most like the given one, best first; empty for an unknown id."""
        with self._newest() as state:
            return similar(passage_id, state, limit)

    def health(self) -> str:
        """Nothing if the engine can answer, else one line saying what is wrong."""
        try:
            self.count()
        except EngineError as error:
            return str(error)
        return ""

"""What the engines over files share: searches over the newest committed state."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice

from search.answering import Answering
from search.batches import Writing
from search.completing import complete
from search.errors import EngineError
from search.query import Query
from search.results import Completion, Explanation, FacetPage, Results
from search.similarity import similar
from search.state import State
from search.suggest import completions


class EmbeddedEngine(Writing):
    """An engine over files; see `search.engine.Engine` for what its methods promise."""

    @abstractmethod
    def _newest(self) -> AbstractContextManager[State]:
        """The newest committed state for the time of one search; raises `EngineError` if it is damaged."""

    def _is_held(self, document_id: str) -> bool:
        return document_id in self.revisions()

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

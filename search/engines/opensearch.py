"""The engine for more than one machine: an index in an OpenSearch cluster (`pip install "pincite[cluster]"`).

`opensearch_index` tells how passages are kept, `opensearch_commits` how a commit is made at once, `opensearch_queries`
how our trees are asked for, `opensearch_answering` how an answer is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Self, TypeVar

import numpy as np

from search.analysis import fold
from search.batches import Writing
from search.completing import FACETS as COMPLETED
from search.completing import completed
from search.engines.cluster import Cluster
from search.engines.opensearch_answering import Answering
from search.engines.opensearch_candidates import Candidates, Comparing
from search.engines.opensearch_client import Client
from search.engines.opensearch_commits import Batch, Commits
from search.engines.opensearch_index import exact_name, tag
from search.engines.opensearch_queries import all_of, matching, relevant
from search.engines.opensearch_view import ORDERS, Entry, Known, View, ids_of
from search.engines.patience import Patience
from search.errors import ClusterAway, EngineError
from search.query import Field, Or, Prefix, Query, Sort, Word
from search.results import Completion, Explanation, FacetPage, Results
from search.scoring import Scoring
from search.similarity import COMPARED, telling_words

T = TypeVar("T")

#: Seconds that a cluster which did not answer is not asked again: a page of a site asks several times.
_PAUSE = 3.0
_ANOTHER_VERSION = "the index was made by another version of Pincite: run `pincite reindex`"
_AWAY = "the search cluster did not answer a moment ago; search is away for the moment"
#: Passages that are looked at for words that continue a beginning, and how often others are looked for.
_READ, _ROUNDS = 200, 4


class OpenSearchEngine(Writing):
    """An index of passages in a cluster; see `search.engine.Engine` for what its methods promise."""

    name = "opensearch"

    def __init__(self, folder: Path, cluster: Cluster, patience: Patience) -> None:
        super().__init__()
        if not cluster.addresses:
            raise EngineError("the engine opensearch needs the address of a cluster: set PINCITE_OPENSEARCH")
        self._folder, self._patience = folder, patience
        self._client = Client(cluster)
        self._commits = Commits(self._client, cluster)
        self._known = Known(("", 0))
        self._away_until = 0.0

    @classmethod
    def open(cls, folder: Path, patience: Patience, cluster: Cluster) -> Self:
        """The index of a library in a cluster; it is made when something is written."""
        return cls(folder, cluster, patience)

    def _begin(self, *, anew: bool) -> Batch:
        return Batch(self._commits, self._patience, self._folder, anew=anew)

    def _is_held(self, document_id: str) -> bool:
        return self._document(document_id) is not None

    def _release(self) -> None:
        self._client.close()

    def _over(self, answer: Callable[[View], T], empty: T) -> T:
        """What is answered over the newest commit; `empty` where nothing was ever committed.

        A rebuild takes the old index away: who was reading it reads the new one.
        """
        if monotonic() < self._away_until:
            raise ClusterAway(_AWAY)
        try:
            return self._answered(answer, empty)
        except ClusterAway:
            self._away_until = monotonic() + _PAUSE
            raise

    def _answered(self, answer: Callable[[View], T], empty: T) -> T:
        view = self._view()
        if view is None:
            return empty
        try:
            return answer(view)
        except EngineError:
            newer = self._view()
            if newer is None or newer.known is view.known:
                raise
            return answer(newer)

    def _view(self) -> View | None:
        state = self._commits.read()
        if state.is_foreign:
            raise EngineError(_ANOTHER_VERSION)
        if not state.index:
            return None
        if self._known.commit != state.commit:
            self._known = Known(state.commit)
        return View(self._client, state, self._known)

    def revisions(self) -> Mapping[str, str]:
        """Committed document ids with the revision given to `add`."""
        return self._over(View.revisions, {})

    def holds(self, document_id: str, revision: str) -> bool:
        """Whether a document is committed in this revision, by whichever process."""
        held = self._document(document_id)
        return held is not None and held["revision"] == revision

    def _document(self, document_id: str) -> Entry | None:
        def answer(view: View) -> Entry | None:
            return next(iter(view.documents({"term": {"document": document_id}}, 1)), None)

        return self._over(answer, None)

    def state(self) -> object:
        """What stands for the newest commit."""
        return self._over(lambda view: view.known, self._known)

    def search(self, query: Query) -> Results:
        """Answer a query; raises `EngineError` for a cluster that is away."""
        return self._over(lambda view: Answering(query, view).results(), Results(0, 0))

    def values(self, query: Query, facet: str, containing: str = "", limit: int | None = None) -> FacetPage:
        """The values of one facet under every filter but its own, those whose label holds `containing`."""
        asked = replace(query, facet_limit=limit)
        return self._over(lambda view: Answering(asked, view).values(facet, containing), FacetPage((), 0))

    def explain(self, query: Query, passage_id: str) -> Explanation | None:
        """The parts of a passage's score; None if the passage does not answer the query."""
        return self._over(lambda view: Answering(query, view).explain(passage_id), None)

    def count(self) -> int:
        """Number of body passages in the index."""
        return self._over(lambda view: view.size, 0)

    def citing(self, facet: str, values: Iterable[str], limit: int, but: str = "") -> Mapping[str, tuple[str, ...]]:
        """For each value of a facet up to `limit` passages found under it, in library order, none of document `but`."""
        wanted = list(values)
        return self._over(lambda view: _citing(view, facet, wanted, limit, but), dict.fromkeys(wanted, ()))

    def complete(self, typed: str, limit: int = 10) -> tuple[Completion, ...]:
        """Names (by any alias) and words of the collection that continue what was typed, most frequent first."""

        def answer(view: View) -> tuple[Completion, ...]:
            return completed(typed, lambda: _values(view), lambda start: _continued(start, view, limit), limit)

        return self._over(answer, ())

    def suggest(self, prefix: str, limit: int = 10) -> tuple[str, ...]:
        """Words of the collection that start with `prefix`, most frequent first."""
        return self._over(lambda view: tuple(word for word, _ in _continued(prefix, view, limit)), ())

    def similar(self, passage_id: str, limit: int = 10) -> tuple[str, ...]:
        """Ids of passages that are most like the given one, best first; empty for an unknown id."""
        return self._over(lambda view: _similar(passage_id, view, limit), ())

    def health(self) -> str:
        """Nothing if the engine can answer, else one line saying what is wrong."""
        try:
            state = self._commits.read()
            if state.is_foreign:
                return _ANOTHER_VERSION
            if state.index and not self._client.exists(state.index):
                return "the index in the cluster is gone: run `pincite reindex`"
            if state.index and self._client.status(state.index) == "red":
                return "a part of the index is on no node of the cluster; search is away until one comes back"
        except EngineError as error:
            return str(error)
        return ""


def _citing(view: View, facet: str, values: Sequence[str], limit: int, but: str) -> Mapping[str, tuple[str, ...]]:
    unwanted = [{"term": {"document": but}}] if but else []
    clauses = [view.visible(all_of([{"term": {"tags": tag(facet, value)}}], unwanted)) for value in values]
    bodies = [view.named(clause, ORDERS[Sort.DOCUMENT]) | {"size": limit} for clause in clauses]
    return {value: tuple(ids_of(answer)) for value, answer in zip(values, view.ask(bodies), strict=True)}


def _values(view: View) -> Sequence[Completion]:
    """All values of the facets that are completed, worked out once for a commit."""
    kept = view.known.kept
    if "completed" not in kept:
        everything = Answering(Query(limit=0), view)
        pages = {facet: everything.values(facet, "") for facet in COMPLETED}
        kept["completed"] = [
            Completion(value.value, value.label, facet, value.count)
            for facet, page in pages.items()
            for value in page.values
        ]
    values: Sequence[Completion] = kept["completed"]
    return values


def _continued(prefix: str, view: View, limit: int) -> Iterator[tuple[str, int]]:
    """Words that start with the prefix with the number of passages that hold each, the most frequent first.

    A cluster has no list of words. The frequent ones stand in the first passages that hold any; what stands in those
    that hold none of them is looked for in further rounds.
    """
    start = fold(prefix)
    if not start:
        return
    field = exact_name(Field.TEXT)
    found: set[str] = set()
    for _ in range(_ROUNDS):
        others = [{"terms": {field: sorted(found)}}] if found else []
        clause = view.visible(all_of([matching(Prefix(start, Field.TEXT))], others))
        (answer,) = view.ask([{"query": clause, "size": _READ, "_source": [field], "track_total_hits": False}])
        texts = [part for hit in answer["hits"]["hits"] for part in hit["_source"][field]]
        found |= {word for text in texts for word in text.split() if word.startswith(start)}
        if len(answer["hits"]["hits"]) < _READ:
            break
    words = sorted(found)
    counts = view.counts([{"term": {field: word}} for word in words])
    yield from sorted(zip(words, counts, strict=True), key=lambda each: (-each[1], each[0]))[:limit]


def _similar(passage_id: str, view: View, limit: int) -> tuple[str, ...]:
    held = view.entries([passage_id])
    if not held:
        return ()

    def holders(words: Sequence[Word]) -> Sequence[int]:
        return view.counts([matching(word) for word in words])

    telling = telling_words(held[passage_id]["body"]["text"], view.size, holders)
    if not telling:
        return ()
    tree = Or(telling)
    clause = view.visible(all_of([matching(tree)], [{"term": {"passage": passage_id}}]))
    scored = {"bool": {"should": [relevant(tree)], "filter": [clause]}}
    body = {"query": scored, "size": max(limit, COMPARED), "track_total_hits": False}
    (answer,) = view.ask([body])
    near = Candidates([hit["_source"] for hit in answer["hits"]["hits"]], view.averages)
    rows = np.arange(len(near.entries))
    scores = Scoring(Comparing(near, view.size, view.holders)).scores(tree, rows).round(6)
    best = rows[np.lexsort((rows, -scores))][:limit]
    return tuple(near.columns.passage_ids[row] for row in best)

"""One committed state of an index in a cluster, asked in our terms: how many, which, and in what order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from search.cache import Cache
from search.engines.opensearch_client import Body, Client
from search.engines.opensearch_commits import State
from search.engines.opensearch_index import length_name
from search.engines.opensearch_numbers import different, different_of
from search.engines.opensearch_queries import EVERYTHING, Clause, all_of, matching
from search.matching import confined
from search.postings import WORD_FIELDS
from search.query import Node, Query, Sort

Entry: TypeAlias = Mapping[str, Any]

#: Counts kept of one committed state; each is a number under the text of its query.
_COUNTS = 1 << 20
#: Hits that a cluster gives at one go (`index.max_result_window`), and those of one page of a snapshot.
WINDOW, PAGE = 10_000, 5_000

_LIBRARY: list[Body] = [{"document": "asc"}, {"sequence": "asc"}]
#: The orders of results as the cluster sorts them.
ORDERS: Mapping[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, *_LIBRARY],
    Sort.DATE: [{"date": "desc"}, *_LIBRARY],
    Sort.DOCUMENT: _LIBRARY,
}
NOTES_LAST: Body = {"is_note": "asc"}


class Known:
    """What is worked out once for a committed state."""

    def __init__(self, commit: tuple[str, int]) -> None:
        self.commit = commit
        self.counts: Cache[str, tuple[int]] = Cache(_COUNTS)
        self.kept: dict[str, Any] = {}


class View:
    """A committed state. Clauses are those of `opensearch_queries`; only passages that it holds are seen."""

    def __init__(self, client: Client, state: State, known: Known) -> None:
        self._client, self._state, self.known = client, state, known

    def ask(self, bodies: Sequence[Body]) -> list[Body]:
        """The answers to several requests."""
        return self._client.search_all(self._state.index, bodies)

    def visible(self, *clauses: Clause, entry: str = "passage") -> Clause:
        """The entries that hold all the clauses."""
        return all_of([{"term": {"entry": entry}}, *clauses], self._state.hidden())

    def counts(self, clauses: Sequence[Clause]) -> list[int]:
        """How many passages each of the clauses matches."""
        named = {json.dumps(clause): clause for clause in clauses}
        missing = [name for name in named if name not in self.known.counts]
        answers = iter(self.ask([self._counting(named[name]) for name in missing]))
        for name in missing:
            self.known.counts.get(name, lambda: _count(next(answers)))
        return [self._count(json.dumps(clause), clause) for clause in clauses]

    def _count(self, name: str, clause: Clause) -> int:
        return self.known.counts.get(name, lambda: _count(self.ask([self._counting(clause)])[0]))[0]

    def _counting(self, clause: Clause) -> Body:
        return {"size": 0, "query": self.visible(clause), "track_total_hits": True}

    def holders(self, node: Node) -> int:
        """How many passages hold a tree."""
        return self.counts([matching(node)])[0]

    def holds(self, node: Node) -> bool:
        """Whether any passage holds it; what its text holds is asked first, for ranking needs that number too."""
        return self.holders(confined(node)) > 0 or self.holders(node) > 0

    @property
    def numbered(self) -> int:
        """How many documents have been given a number."""
        return self._state.documents

    @property
    def size(self) -> int:
        """The number of all passages."""
        return self.counts([EVERYTHING])[0]

    @property
    def averages(self) -> Mapping[str, float]:
        """The average length of each field, over all passages."""
        if "averages" not in self.known.kept:
            aggs = {field.value: {"avg": {"field": length_name(field)}} for field in WORD_FIELDS}
            (answer,) = self.ask([{"size": 0, "query": self.visible(), "aggs": aggs}])
            held = {name: each["value"] or 0.0 for name, each in answer["aggregations"].items()}
            self.known.kept["averages"] = held
        averages: Mapping[str, float] = self.known.kept["averages"]
        return averages

    def years(self, facet: str) -> Sequence[int]:
        """The years that any passage is found under."""
        if facet not in self.known.kept:
            values = {"terms": {"field": facet, "size": PAGE, "order": {"_key": "asc"}}}
            (answer,) = self.ask([{"size": 0, "query": self.visible(), "aggs": {"years": values}}])
            self.known.kept[facet] = [bucket["key"] for bucket in answer["aggregations"]["years"]["buckets"]]
        years: Sequence[int] = self.known.kept[facet]
        return years

    def different_values(self, field: str) -> int:
        """How many different values a field has in the whole index."""
        name = f"different {field}"
        if name not in self.known.kept:
            (answer,) = self.ask([{"size": 0, "query": self.visible(), "aggs": {"values": different(field)}}])
            self.known.kept[name] = different_of(answer["aggregations"]["values"]["value"])
        return int(self.known.kept[name])

    def entries(self, passage_ids: Sequence[str]) -> dict[str, Entry]:
        """Entries by the ids of their passages, unknown ids left out."""
        batches = [list(passage_ids[at : at + PAGE]) for at in range(0, len(passage_ids), PAGE)]
        bodies: list[Body] = [
            {"size": len(batch), "query": self.visible({"terms": {"passage": batch}})} for batch in batches
        ]
        hits = [hit["_source"] for answer in self.ask(bodies) for hit in answer["hits"]["hits"]]
        return {entry["passage"]: entry for entry in hits}

    def named(self, clause: Clause, order: Sequence[Body]) -> Body:
        """A request for the ids of passages, and nothing else of them."""
        return {"query": clause, "sort": list(order), "_source": ["passage"], "track_total_hits": False}

    def walk(self, clause: Clause, order: Sequence[Body], most: int) -> Iterator[str]:
        """The ids of up to so many passages; many come from a snapshot, so that none is met twice or missed."""
        if most <= WINDOW:
            (answer,) = self.ask([self.named(clause, order) | {"size": most}])
            yield from ids_of(answer)
            return
        with self._client.snapshot(self._state.index) as snapshot:
            after: Body = {}
            while most > 0:
                body = self.named(clause, order) | {"size": min(PAGE, most)} | after
                answer = self._client.page(snapshot, body)
                yield from ids_of(answer)
                hits = answer["hits"]["hits"]
                if len(hits) < min(PAGE, most):
                    return
                after, most = {"search_after": hits[-1]["sort"]}, most - len(hits)

    def revisions(self) -> Mapping[str, str]:
        """Document ids with their revisions."""
        if "revisions" not in self.known.kept:
            held: dict[str, str] = {}
            with self._client.snapshot(self._state.index) as snapshot:
                body: Body = {"size": PAGE, "query": self.visible(entry="document"), "sort": [{"document": "asc"}]}
                body |= {"_source": ["document", "revision"], "track_total_hits": False}
                while hits := self._client.page(snapshot, body)["hits"]["hits"]:
                    held |= {hit["_source"]["document"]: hit["_source"]["revision"] for hit in hits}
                    body |= {"search_after": hits[-1]["sort"]}
            self.known.kept["revisions"] = held
        revisions: Mapping[str, str] = self.known.kept["revisions"]
        return revisions

    def documents(self, clause: Clause, most: int) -> list[Entry]:
        """Up to so many entries of documents, by id."""
        body: Body = {"size": most, "query": self.visible(clause, entry="document"), "sort": [{"document": "asc"}]}
        (answer,) = self.ask([body])
        return [hit["_source"] for hit in answer["hits"]["hits"]]

    def likes(self, folded: str, edits: int, most: int) -> list[str]:
        """Words of texts that begin with the same letter and are spelled much like one, those nearest first."""
        term = {
            "field": "text_exact",
            "suggest_mode": "always",
            "max_edits": edits,
            "prefix_length": 1,
            "min_word_length": 1,
            "string_distance": "damerau_levenshtein",
            "size": most,
            "shard_size": most,
            "max_inspections": 1_000,
            "max_term_freq": 1e9,
            "accuracy": 0.0,
        }
        (answer,) = self.ask([{"size": 0, "suggest": {"like": {"text": folded, "term": term}}}])
        return [option["text"] for found in answer["suggest"]["like"] for option in found["options"]]


def _count(answer: Body) -> tuple[int]:
    return (int(answer["hits"]["total"]["value"]),)


def ids_of(answer: Body) -> list[str]:
    """The passages of an answer in their order."""
    return [hit["_source"]["passage"] for hit in answer["hits"]["hits"]]


def order_of(query: Query, *, notes_last: bool) -> list[Body]:
    """The order that a query wants, as the cluster sorts."""
    if query.sort == Sort.RELEVANCE and query.tree is None:
        return ORDERS[Sort.DOCUMENT]
    behind = [NOTES_LAST] if notes_last and query.sort == Sort.RELEVANCE else []
    return [*behind, *ORDERS[query.sort]]

"""The engine `opensearch` beside the same questions as hand-written DSL, over one index in one cluster.

    python -m tests.benchmarks.bench_cluster [--passages 1000000] [--questions 300] [--shards 3] [--replicas 1]
                                             [--cluster URL,...] [--heap 2g] [--out tests/benchmarks/RESULTS.md]

The cluster is three nodes on this machine (`tests/servers/search_cluster.py`) or the one that `--cluster` names, where
the index stays for another run. The questions are those that readers ask (`searching/crowd.py`), each once: words,
pairs, phrases, prefixes, names, filters, second pages. Both sides take turns and give twenty hits with marked words,
the exact total, and eleven facets with passages and documents of each value; totals and counts are compared before a
number is printed. Of all answers the share `_WARM` is left out at the beginning, where the servers' code is compiled.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import opensearchpy

from search.analysis import fold, stem
from search.engines.cluster import Cluster
from search.engines.opensearch import OpenSearchEngine
from search.engines.opensearch_index import value_and_label
from search.engines.patience import Patience
from search.query import FACETS, And, Exact, Node, Or, Phrase, Prefix, Query, Word
from search.results import Results
from tests.benchmarks.searching.collection import collection
from tests.benchmarks.searching.crowd import address
from tests.benchmarks.searching.report import markdown, put, stamped
from tests.servers.search_cluster import SearchCluster
from webapp.facetview import LISTED
from webapp.links import Selection
from webapp.paging import PAGE_SIZE
from webapp.request import query_from
from webapp.settings import Settings

_WARM = 0.2
#: The fields that words stand in, with their weights.
_STEMS = ("text_stem", "section_stem^0.8", "title_stem^0.3", "names_stem^0.6")
_EXACT = ("text_exact", "section_exact^0.8", "title_exact^0.3", "names_exact^0.6")
_DOCUMENTS = {"documents": {"cardinality": {"field": "document", "precision_threshold": 3000}}}


class Dsl:
    """What somebody would write who knows the index and needs the same page."""

    def __init__(self, cluster: Cluster) -> None:
        self._index = cluster.index
        self._nodes = opensearchpy.OpenSearch(cluster.addresses.split(","), timeout=60)

    def ask(self, query: Query) -> Mapping[str, Any]:
        """One request."""
        answer: Mapping[str, Any] = self._nodes.search(index=self._index, body=self.body(query))
        return answer

    def body(self, query: Query) -> dict[str, Any]:
        filters = _filters(query)
        clauses = [] if query.tree is None else [_clause(query.tree)]
        return {
            "query": {"bool": {"must": clauses, "filter": [{"term": {"entry": "passage"}}]}},
            "post_filter": {"bool": {"filter": list(filters.values())}},
            "from": query.offset,
            "size": query.limit,
            "track_total_hits": True,
            "_source": ["passage", "body.text"],
            "highlight": {"fields": {"text_exact": {"number_of_fragments": 0}}},
            "aggs": {name: agg for facet in FACETS for name, agg in _counted(facet, filters).items()}
            | {"found": {"filter": {"bool": {"filter": list(filters.values())}}, "aggs": _DOCUMENTS}},
        }


def _counted(facet: str, filters: Mapping[str, Any]) -> dict[str, Any]:
    others = [clause for name, clause in filters.items() if name != facet]
    size = 200 if "year" in facet else LISTED
    values = {"terms": {"field": f"shown_{facet}", "size": size, "shard_size": size + 20}, "aggs": _DOCUMENTS}
    distinct = {"cardinality": {"field": f"shown_{facet}", "precision_threshold": 3000}}
    aggs = {f"{facet} values": values, f"{facet} distinct": distinct}
    return {facet: {"filter": {"bool": {"filter": others}}, "aggs": aggs}} if others else aggs


def _clause(node: Node) -> dict[str, Any]:
    match node:
        case And(parts):
            return {"bool": {"must": [_clause(part) for part in parts]}}
        case Or(parts):
            return {"bool": {"should": [_clause(part) for part in parts]}}
        case Word(text):
            typed = {"multi_match": {"query": fold(text), "fields": _EXACT, "type": "most_fields", "boost": 0.2}}
            stems = {"multi_match": {"query": stem(fold(text)), "fields": _STEMS, "type": "most_fields"}}
            return {"bool": {"must": [stems], "should": [typed]}}
        case Phrase(words):
            return {"multi_match": {"query": " ".join(map(fold, words)), "fields": _EXACT, "type": "phrase"}}
        case Prefix(text):
            return {"bool": {"should": [{"prefix": {name.partition("^")[0]: fold(text)}} for name in _EXACT]}}
        case Exact(facet, value):
            return {"term": {"tags": f"{facet}={value}"}}
        case _:
            raise ValueError(node)


def _filters(query: Query) -> dict[str, Any]:
    return {
        facet: {"terms": {"tags": [f"{facet}={value}" for value in getattr(query.filters, facet)]}}
        for facet in FACETS
        if getattr(query.filters, facet)
    }


def questions(count: int) -> Iterator[Query]:
    """Different questions of readers, the same in every run."""
    chance, seen = random.Random(7), set()  # noqa: S311  (made-up readers)
    while len(seen) < count:
        text = address(chance)
        if text not in seen:
            seen.add(text)
            selection = Selection.from_args(parse_qs(urlsplit(text).query))
            query = query_from(selection.parameters, Settings())
            first = (selection.page - 1) * PAGE_SIZE
            yield Query(
                query.text, query.tree, query.filters, offset=first, limit=PAGE_SIZE, loose=False, facet_limit=LISTED
            )


def differs(ours: Results, theirs: Mapping[str, Any]) -> str:
    """What the two answers count differently, among what both show, "" for nothing."""
    found = theirs["aggregations"]["found"]["doc_count"]  # its documents are estimates
    if ours.total != found:
        return f"totals {ours.total} and {found}"
    for facet, values in ours.facets.items():
        answer = theirs["aggregations"].get(facet, theirs["aggregations"])[f"{facet} values"]
        if answer["doc_count_error_upper_bound"]:
            continue  # hand-written DSL counts these roughly, ours asks again
        counts = {value_and_label(bucket["key"])[0]: bucket["doc_count"] for bucket in answer["buckets"]}
        wrong = [value for value in values if value.count and counts.get(value.value, value.count) != value.count]
        if wrong:
            return f"{facet}: {wrong[:3]}"
    return ""


def build(engine: OpenSearchEngine, passages: int) -> float:
    """Index the collection if it is not there; seconds, 0 if it was."""
    if engine.count() == passages:
        return 0.0
    start = time.perf_counter()
    engine.clear()
    for document, held in collection(passages):
        engine.add(document, held, "r1")
    engine.commit()
    return time.perf_counter() - start


@contextmanager
def nodes(given: argparse.Namespace) -> Iterator[str]:
    """Addresses of the cluster."""
    if given.cluster:
        yield given.cluster
        return
    with tempfile.TemporaryDirectory() as folder:
        cluster = SearchCluster(Path(folder), heap=given.heap)
        cluster.start()
        try:
            yield cluster.addresses
        finally:
            cluster.close()


def measure(given: argparse.Namespace, addresses: str) -> str:
    """The table."""
    cluster = Cluster(addresses, f"benchmark-{given.passages}", given.shards, given.replicas, seconds=120)
    engine = OpenSearchEngine.open(Path(tempfile.gettempdir()), Patience(), cluster)
    spent = build(engine, given.passages)
    dsl = Dsl(cluster)
    asked = list(questions(given.questions))
    times: dict[str, list[float]] = {"opensearch": [], "hand-written DSL": []}
    for number, query in enumerate(asked):
        sides = [("opensearch", engine.search), ("hand-written DSL", dsl.ask)]
        answers = {}
        for name, ask in sides if number % 2 else reversed(sides):
            start = time.perf_counter()
            answers[name] = ask(query)
            times[name].append(1_000 * (time.perf_counter() - start))
        if difference := differs(answers["opensearch"], answers["hand-written DSL"]):
            raise ValueError(f"{query.text!r} {query.filters}: {difference}")
    engine.close()
    warm = int(_WARM * len(asked))
    rows = [[name, *(f"{_share(held[warm:], share):.0f}" for share in (0.5, 0.95))] for name, held in times.items()]
    ratio = [
        _share(times["opensearch"][warm:], each) / _share(times["hand-written DSL"][warm:], each)
        for each in (0.5, 0.95)
    ]
    rows.append(["ratio", *(f"{each:.2f}" for each in ratio)])
    rate = (
        f"Indexed {given.passages:,} passages in {spent:.0f} s ({given.passages / spent:.0f} a second)."
        if spent
        else ""
    )
    return "\n\n".join(filter(None, (markdown([f"{len(asked)} questions", "median ms", "p95 ms"], rows), rate)))


def _share(held: list[float], share: float) -> float:
    return statistics.quantiles(held, n=100)[round(100 * share) - 1]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--passages", type=int, default=1_000_000)
    options.add_argument("--questions", type=int, default=300)
    options.add_argument("--shards", type=int, default=3)
    options.add_argument("--replicas", type=int, default=1)
    options.add_argument("--cluster", default="")
    options.add_argument("--heap", default="2g")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    with nodes(given) as addresses:
        body = measure(given, addresses)
    print(body)  # noqa: T201  (a script's output)
    if given.out:
        what = f"bench_cluster --passages {given.passages} --questions {given.questions}"
        put(given.out, f"A cluster of three nodes with {given.passages:,} passages", stamped(what, body))


if __name__ == "__main__":
    main()

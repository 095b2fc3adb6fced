"""`/metrics` for Prometheus: requests, searches, and the condition of the library.

Every label has few values: routes are patterns, engines and statuses are ours, and nothing is told of queries or
readers. Requests that a limit has refused are those with the status 429. The processes of one server count together in
files of a folder (`webapp.workers`), so that it does not matter which of them is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search.engine import Engine
from search.errors import EngineError
from search.query import Query
from search.results import Results
from webapp.observing import Exchange, Observer
from webapp.readiness import condition
from webapp.resources import Library
from webapp.settings import metrics_are_shared
from webapp.views.access import library

blueprint = Blueprint("metrics", __name__)

#: Bounds of the histograms in seconds: most pages take hundredths, and what takes over five is a fault.
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Counts:
    """What this process counts."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self._requests = Counter(
            "pincite_requests", "Requests by route and status.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "pincite_request_seconds", "Time to the end of an answer.", ("route",), buckets=_BOUNDS, registry=registry
        )
        self._searches = Histogram(
            "pincite_search_seconds", "Time of a search.", ("engine",), buckets=_BOUNDS, registry=registry
        )
        self._failures = Counter(
            "pincite_search_failures", "Searches that the engine failed.", ("engine",), registry=registry
        )

    def exchange(self, exchange: Exchange) -> None:
        """Count a request that was answered."""
        route = exchange.route or "none"
        self._requests.labels(exchange.method, route, exchange.status).inc()
        self._seconds.labels(route).observe(exchange.seconds)

    @contextmanager
    def search(self, engine: str) -> Iterator[None]:
        """Time a search; a query that cannot be read is no failure of the engine's."""
        started = perf_counter()
        try:
            yield
        except EngineError:
            self._failures.labels(engine).inc()
            raise
        finally:
            self._searches.labels(engine).observe(perf_counter() - started)


class _Timed:
    """An engine whose searches are timed."""

    def __init__(self, engine: Engine, counts: Counts) -> None:
        self._engine, self._counts = engine, counts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, query: Query) -> Results:
        """The engine's answer."""
        with self._counts.search(self._engine.name):
            return self._engine.search(query)


class _Held(Collector):
    """The condition of the library at the moment of asking."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collect(self) -> Iterable[Metric]:
        """One sample each."""
        now = condition(self._library)
        yield _gauge("pincite_store_up", "Whether the store answers.", not now.store)
        yield _gauge("pincite_engine_up", "Whether the engine can answer.", not (now.store or now.engine))
        yield _gauge("pincite_documents", "Documents in the store.", now.documents)
        yield _gauge("pincite_documents_behind", "Documents that the index has not as the store has them.", now.behind)
        yield _gauge("pincite_passages_indexed", "Passages in the index.", now.passages)
        if not now.store:
            failed = sum(state.error is not None for state in self._library.store.sources().values())
            yield _gauge("pincite_sources_failed", "Files that the last ingest could not take in.", failed)


def init_app(app: Flask) -> Observer:
    """Answer at `/metrics`, time the searches of the application's library, and give what counts its requests."""
    counts = app.extensions["metrics"] = Counts()
    opened: Library = app.extensions["library"]
    opened.engine = cast("Engine", _Timed(opened.engine, counts))
    app.register_blueprint(blueprint)
    return counts.exchange


@blueprint.get("/metrics")
def metrics() -> Response:
    """All metrics in the text format of Prometheus."""
    counted: CollectorRegistry = current_app.extensions["metrics"].registry
    if metrics_are_shared():
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(_Held(library()))
    return Response(generate_latest(counted) + generate_latest(now), content_type=CONTENT_TYPE_LATEST)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=float(value))

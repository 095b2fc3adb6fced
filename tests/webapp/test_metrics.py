"""Readiness and metrics, of one process and of several that count together."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from corpus.errors import LibraryError
from search.errors import EngineError
from tests.webapp.conftest import ReadingClient
from webapp import create_app
from webapp.metrics import Counts
from webapp.readiness import Condition, condition
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]


class Stub:
    """A store or an engine that gives, or raises, what it was made with."""

    def __init__(self, **given):
        self._given = given

    def __getattr__(self, name):
        def give(*_):
            value = self._given[name]
            if isinstance(value, Exception):
                raise value
            return value

        return give


def library_of(store, engine):
    return SimpleNamespace(store=store, engine=engine)


STORE = Stub(revisions={"a": "1", "b": "2"}, sources={})


@pytest.mark.parametrize(
    ("store", "engine", "expected", "trouble"),
    [
        (STORE, Stub(health="", revisions={"a": "1", "b": "2"}, count=9), Condition("", "", 2, 0, 9), ""),
        (STORE, Stub(health="", revisions={"a": "1", "b": "1", "c": "1"}, count=9), Condition("", "", 2, 2, 9), ""),
        (STORE, Stub(health="", revisions={}, count=0), Condition("", "", 2, 2, 0), "the index holds nothing"),
        (STORE, Stub(health="it is damaged"), Condition("", "it is damaged", 2, 2), "it is damaged"),
        (STORE, Stub(health=EngineError("away")), Condition("", "away", 2, 2), "away"),
        (STORE, Stub(health="", revisions=EngineError("slow")), Condition("", "slow", 2, 2), "slow"),
        (Stub(revisions=LibraryError("no database")), Stub(), Condition("no database"), "no database"),
        (Stub(revisions={}), Stub(health="", revisions={}, count=0), Condition(), ""),  # a new library is a library
    ],
)
def test_what_makes_a_server_unready(store, engine, expected, trouble):
    now = condition(library_of(store, engine))
    assert now == expected
    assert now.trouble.startswith(trouble)
    assert bool(now.trouble) == bool(trouble)


def test_readiness_is_told_to_machines(library, client):
    documents = len(library.store.documents())
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json == {
        "status": "ready",
        "documents": documents,
        "behind": 0,
        "passages": library.engine.count(),
    }
    ill = create_app(Settings(), library=library_of(STORE, Stub(health="it is damaged"))).test_client().get("/readyz")
    assert ill.status_code == 503
    assert ill.json == {"status": "unavailable", "reason": "it is damaged", "documents": 2, "behind": 2, "passages": 0}


def test_without_the_setting_there_are_no_metrics(client):
    assert client.get("/metrics").status_code == 404


@pytest.fixture
def measured(library):
    """An application that counts, over the library in its own state."""
    return create_app(Settings(metrics=True), library=SimpleNamespace(**vars(library), remembered=library.remembered))


def samples(text):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith(("_bucket", "_created"))
    }


def test_requests_searches_and_the_library_are_measured(measured, library):
    client = ReadingClient(measured, measured.response_class)
    for address in ("/?q=telegram", "/?q=telegram", "/documents/model-law", "/nowhere", "/wp-admin"):
        client.get(address)
    client.open("/robots.txt", method="BREW")
    found = samples(client.get("/metrics").text)
    assert found["pincite_requests_total", "/", "200", "GET"] == 2
    assert found["pincite_request_seconds_count", "/documents/<document_id>"] == 1
    assert found["pincite_requests_total", "404", "GET", "none"] == 2  # addresses of strangers are no labels
    assert found["pincite_requests_total", "405", "none", "other"] == 1  # nor are their methods
    assert found["pincite_search_seconds_count", "whoosh"] >= 2
    assert found["pincite_documents",] == len(library.store.documents())
    assert found["pincite_passages_indexed",] == library.engine.count()
    assert (found["pincite_store_up",], found["pincite_engine_up",], found["pincite_documents_behind",]) == (1, 1, 0)
    assert found["pincite_sources_failed",] == 0
    assert "telegram" not in str(found)


def test_an_engine_that_fails_is_counted_and_a_query_that_cannot_be_read_is_not(measured):
    counts: Counts = measured.extensions["metrics"]
    for error in (EngineError("away"), LibraryError("away")):
        with pytest.raises(type(error)), counts.search("opensearch"):
            raise error
    found = samples(measured.test_client().get("/metrics").text)
    assert found["pincite_search_failures_total", "opensearch"] == 1
    assert found["pincite_search_seconds_count", "opensearch"] == 2


def test_metrics_are_told_while_store_or_engine_are_away():
    for away in (library_of(Stub(revisions=LibraryError("x")), Stub()), library_of(STORE, Stub(health="gone"))):
        away.engine.name = "whoosh"
        found = samples(create_app(Settings(metrics=True), library=away).test_client().get("/metrics").text)
        assert found["pincite_engine_up",] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="several processes share an address")
def test_processes_count_together_and_clean_up(library, tmp_path):
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "webapp.cli", "serve", "--port=0", "--workers=2", "--library", library.folder],
        cwd=ROOT,
        env={**os.environ, "PINCITE_METRICS": "1", "PINCITE_LOG": "json", "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", server.stdout.readline())[0]
        asked = 0
        while len(list(tmp_path.glob("pincite-metrics-*/histogram_*.db"))) < 2 and asked < 300:  # until both answer
            fetched(address + "robots.txt")
            asked += 1
        found = [samples(fetched(address + "metrics")) for _ in range(4)]
        assert {each["pincite_requests_total", "/robots.txt", "200", "GET"] for each in found} == {asked}
    finally:
        server.send_signal(signal.SIGINT)
        _, log = server.communicate(timeout=30)
    assert not list(tmp_path.glob("pincite-metrics-*"))
    assert log.count('"route": "/robots.txt"') == asked


def fetched(address):
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310  # our own loopback address
        return answer.read().decode()

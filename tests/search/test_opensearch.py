"""What only the engine over a cluster promises: commits at once, writers that die or wait, encryption, many values."""

import os
import ssl
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from shutil import which
from time import monotonic

import pytest

from corpus.store import SourceState, Store
from search import indexer
from search.engines import opensearch_commits, opensearch_facets, opensearch_numbers
from search.engines.cluster import Cluster
from search.engines.opensearch import OpenSearchEngine
from search.engines.opensearch_client import Client
from search.engines.patience import Patience
from search.errors import EngineError
from search.parser import parse
from search.query import Near, Query, Word
from tests.factories import document, library, passage
from tests.needed import missing
from tests.search.opening import cluster_of, forget
from tests.servers.in_front import Way, running

pytestmark = pytest.mark.usefixtures("search_cluster")

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, sys
from pathlib import Path
from search.engines.opensearch_client import Client
from search.engines.opensearch_commits import Batch
from tests.factories import document, library
from tests.search.opening import open_engine
engine = open_engine("opensearch", Path(sys.argv[1]))
{moment}
engine.add(document("first"), library("harbour", "anew", document_id="first"), "r2")
engine.add(document("second"), library("harbour", document_id="second"), "r1")
engine._batch._send()
engine._batch._client.refresh(engine._batch._index)
engine.commit()
os._exit(9)
"""
#: Where a writing process dies -> what makes it die there, and the documents with their passages that are then held.
KILLS = {
    "before the state is written": ("Batch.commit = lambda *_: os._exit(9)", {"first": 1}),
    "before what was replaced is taken away": ("Client.purge = lambda *_: os._exit(9)", {"first": 2, "second": 1}),
    "before the lock is given back": ("Batch._tidy = lambda *_: os._exit(9)", {"first": 2, "second": 1}),
}


@pytest.fixture
def opened(tmp_path):
    """Opens the engine as another process would; the index is forgotten afterwards."""
    engines = []

    def open_engine(seconds=0.1, **options):
        cluster = cluster_of(tmp_path)
        given = {name: getattr(cluster, name) for name in ("addresses", "index", "shards", "replicas")} | options
        engines.append(OpenSearchEngine.open(tmp_path, Patience(seconds), Cluster(**given)))
        return engines[-1]

    yield open_engine
    for each in engines:
        each.close()
    forget("opensearch", tmp_path)


def add(engine, name, *texts):
    engine.add(document(name), library(*texts or ("harbour",), document_id=name), "r1")
    engine.commit()


def held(engine):
    return {value.value: value.count for value in engine.search(Query()).facets["document"]}


def entries(engine):
    """Documents in the index, seen or not."""
    index = engine._commits.read().index
    return engine._client.search(index, {"size": 0, "track_total_hits": True})["hits"]["total"]["value"]


@pytest.mark.parametrize("moment", KILLS)
def test_a_writer_that_dies_leaves_one_whole_commit_and_the_next_one_clears_up(opened, tmp_path, monkeypatch, moment):
    engine = opened()
    add(engine, "first")
    dies, expected = KILLS[moment]
    script = [sys.executable, "-c", SCRIPT.format(moment=dies), tmp_path]
    assert subprocess.run(script, cwd=ROOT, check=False, timeout=120).returncode == 9
    assert held(engine) == expected
    monkeypatch.setattr(opensearch_commits, "LEASE", 0.5)
    patient = opened(30)
    add(patient, "third")
    assert held(engine) == expected | {"third": 1}
    assert entries(engine) == sum(held(engine).values()) + len(held(engine))
    assert engine.health() == ""


def test_a_second_writer_is_refused_with_one_line_while_the_first_lives(opened, monkeypatch):
    monkeypatch.setattr(opensearch_commits, "LEASE", 1.0)
    monkeypatch.setattr(opensearch_commits, "BEAT", 0.2)
    first, second = opened(), opened(3)
    first.add(document("first"), library("harbour", document_id="first"), "r1")
    with pytest.raises(EngineError, match="another process is writing"):
        second.add(document("second"), library("x", document_id="second"), "r1")
    first.commit()
    add(second, "second")
    assert held(first) == {"first": 1, "second": 1}


def test_a_writer_that_lost_its_lock_commits_nothing(opened, monkeypatch):
    monkeypatch.setattr(opensearch_commits, "LEASE", 0.5)
    monkeypatch.setattr(opensearch_commits, "BEAT", 600.0)
    first, second = opened(), opened(30)
    first.add(document("first"), library("harbour", document_id="first"), "r1")
    add(second, "second")
    with pytest.raises(EngineError, match="another process has taken over the index"):
        first.commit()
    assert held(second) == {"second": 1}


def test_a_rebuild_is_searched_when_it_is_whole_and_takes_the_old_index_away(opened, tmp_path):
    engine, reader = opened(), opened()
    add(engine, "old")
    before = engine._commits.read().index
    assert reader.count() == 1
    engine.clear()
    engine.add(document("new"), library("harbour", "tower", document_id="new"), "r1")
    assert held(reader) == {"old": 1}
    engine.commit()
    assert held(reader) == {"new": 2}
    index = engine._commits.read().index
    assert engine._client.named(f"{cluster_of(tmp_path).index}-0*") == [index] != [before]
    assert engine._client.named(cluster_of(tmp_path).index) == [index]  # the alias


def test_several_machines_index_one_library_at_once(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(indexer, "COMMIT_EVERY", 4)
    with closing(Store.open(tmp_path)) as store:
        for name in (f"document-{number:02}" for number in range(20)):
            state = SourceState(f"/files/{name}.txt", name, name)
            store.replace(document(name, source=f"{name}.txt"), library("harbour", "tower", document_id=name), state)
        machines = [threading.Thread(target=indexer.sync, args=(store, opened(120))) for _ in range(3)]
        for machine in machines:
            machine.start()
        for machine in machines:
            machine.join()
        engine = opened()
        assert dict(engine.revisions()) == store.revisions()
    assert held(engine) == {f"document-{number:02}": 2 for number in range(20)}
    assert entries(engine) == 60


def test_what_is_rejected_for_now_is_sent_again_and_nothing_twice(opened, monkeypatch):
    engine = opened()
    real, rejected = engine._client._nodes.bulk, []

    def busy(body):
        answer = real(body=body)
        if len(rejected) < 2:
            rejected.append(len(body))
            for item in answer["items"][::2]:
                item["index"] |= {"status": 429, "error": {"type": "rejected", "reason": "queue is full"}}
        return answer

    monkeypatch.setattr(engine._client._nodes, "bulk", busy)
    add(engine, "first", *["harbour"] * 40)
    assert len(rejected) == 2
    assert (held(engine), entries(engine)) == ({"first": 40}, 41)


def test_a_passage_that_is_refused_is_told_and_nothing_is_committed(opened, monkeypatch):
    engine = opened()
    add(engine, "first")
    monkeypatch.setattr("search.engines.opensearch_index.tag", lambda *_: "x" * 40_000)
    engine.add(document("second"), [passage("harbour", "second", organisations=["Europol"])], "r1")
    with pytest.raises(EngineError, match="the search cluster refuses a passage"):
        engine.commit()
    assert held(engine) == {"first": 1}


def test_facets_with_more_values_than_one_answer_holds(opened, monkeypatch):
    engine = opened()
    for number in range(12):
        engine.add(document(f"document-{number:02}"), library("harbour", document_id=f"document-{number:02}"), "r1")
    engine.commit()
    monkeypatch.setattr(opensearch_facets, "EVERY", 5)
    page = engine.values(Query(), "document")
    assert {value.value: (value.count, value.documents) for value in page.values} == {
        f"document-{number:02}": (1, 1) for number in range(12)
    }
    assert page.distinct == 12
    first = engine.values(Query(), "document", limit=3)
    assert [value.value for value in first.values] == ["document-00", "document-01", "document-02"]
    assert first.distinct == 12


def test_documents_that_a_first_answer_counts_roughly_are_counted_again(opened, monkeypatch):
    engine = opened()
    for number in range(12):
        engine.add(document(f"d{number:02}"), library("harbour", "harbour", document_id=f"d{number:02}"), "r1")
    engine.commit()
    asked = []
    real = Client.search_all

    def spied(client, index, bodies):
        asked.extend(bodies)
        return real(client, index, bodies)

    monkeypatch.setattr(Client, "search_all", spied)
    monkeypatch.setattr(opensearch_numbers, "_THRESHOLDS", {10: 5, 18: 350_000})
    monkeypatch.setattr(opensearch_facets, "_FEW", 0)
    found = engine.search(Query(tree=Word("harbour"), loose=False))
    assert {(value.count, value.documents) for value in found.facets["passage_kind"]} == {(24, 12)}
    assert found.documents == 12
    assert any("include" in str(body) for body in asked)


@pytest.mark.parametrize("count", [2, 5, 6, 60])
def test_many_words_near_each_other_are_found_soon(opened, count):
    engine = opened()
    words = [f"word{number}" for number in range(count)]
    add(engine, "first", " ".join(reversed(words)), " between ".join(words))
    started = monotonic()
    found = engine.search(Query(tree=Near(tuple(words), 0), loose=False))
    assert [hit.passage_id for hit in found.hits] == ["first/para-1"]
    assert monotonic() - started < 5


def test_an_index_that_is_gone_is_told(opened):
    engine = opened()
    add(engine, "first")
    engine._client.drop(engine._commits.read().index)
    assert engine.health() == "the index in the cluster is gone: run `pincite reindex`"
    with pytest.raises(EngineError):
        engine.search(Query(tree=parse("harbour")))


@pytest.fixture
def guarded(search_cluster, tmp_path):
    """Port of an encrypted way to the cluster that asks for a password, and the file of its certificate."""
    if not which("openssl"):
        missing("openssl is not here")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run(list(map(os.fspath, made)), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with running(Way(search_cluster.split(",")[0], guarded=True), context) as way:
        yield way.server_port, certificate


def test_encryption_and_password(opened, guarded):
    port, certificate = guarded
    engine = opened(addresses=f"https://reader:right@127.0.0.1:{port}", authorities=str(certificate))
    add(engine, "first")
    assert held(engine) == {"first": 1}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_wrong_password_and_an_unknown_certificate_are_told_without_the_address(opened, guarded):
    port, certificate = guarded
    wrong = opened(addresses=f"https://reader:wrong@127.0.0.1:{port}", authorities=str(certificate))
    assert wrong.health() == "the search cluster refuses the user or the password: check PINCITE_OPENSEARCH"
    unknown = opened(addresses=f"https://reader:right@127.0.0.1:{port}")
    assert unknown.health() == "the certificate of the search cluster is not trusted: check PINCITE_OPENSEARCH_CA"


def test_a_cluster_that_does_not_answer_is_not_asked_again_at_once(tmp_path, monkeypatch):
    with closing(OpenSearchEngine.open(tmp_path, Patience(0), Cluster("http://127.0.0.1:9", seconds=1))) as engine:
        asked = []
        real = Client.read
        monkeypatch.setattr(Client, "read", lambda *given: asked.append(1) or real(*given))
        for _ in range(3):
            with pytest.raises(EngineError, match="search is away"):
                engine.search(Query())
        assert len(asked) == 1

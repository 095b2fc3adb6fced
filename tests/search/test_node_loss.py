"""A node of three is killed while passages are indexed, and while they are searched: nothing is lost or miscounted."""

from threading import Event, Thread

import pytest

from search.engines.cluster import Cluster
from search.engines.opensearch import OpenSearchEngine
from search.engines.patience import Patience
from search.errors import EngineError
from search.names import library_names
from search.parser import parse
from search.query import Query
from tests.needed import missing
from tests.search.generated import collection
from tests.search.reference import Reference
from tests.search.test_same_answers import counted
from tests.servers.search_cluster import SearchCluster, Unavailable

SIZE, COMMITTED_EVERY = 2_000, 5
ASKED = ("", "evidence", "harbour police", "Council of Europe", "convention -report", "extradit*")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Three nodes of our own, for others of the test run would miss one."""
    try:
        opened = SearchCluster(tmp_path_factory.mktemp("nodes"))
        opened.start()
    except Unavailable as error:
        missing(str(error))
    yield opened
    opened.close()


@pytest.fixture
def engine(cluster, tmp_path):
    opened = OpenSearchEngine.open(
        tmp_path, Patience(), Cluster(cluster.addresses, f"loss-{tmp_path.name.replace('_', '-')}", seconds=60)
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def documents():
    return list(collection(SIZE))


@pytest.fixture(scope="module")
def expected(documents):
    """Of each question the passages and the counts of all facets, worked out passage by passage."""
    reference = Reference(documents)
    return {text: reference.answer(query(text)) for text in ASKED}


def query(text):
    return Query(text, parse(text, library_names()), loose=False, limit=None, marks=False)


def answers(engine, text):
    results = engine.search(query(text))
    return {hit.passage_id for hit in results.hits}, counted(results)


def add(engine, documents, done=None):
    for number, (document, passages) in enumerate(documents, 1):
        engine.add(document, passages, "r1")
        if number % COMMITTED_EVERY == 0:
            engine.commit()
        if done:
            done(number)
    engine.commit()


def test_a_node_is_lost_while_passages_are_indexed(cluster, engine, documents, expected):
    def lose(number):
        if number == 2 * COMMITTED_EVERY + 2:
            cluster.kill(1)

    add(engine, documents, lose)
    assert {text: answers(engine, text) for text in ASKED} == expected
    cluster.start(1)
    cluster.wait("status=green")
    assert {text: answers(engine, text) for text in ASKED} == expected
    assert engine.health() == ""


def test_a_node_is_lost_while_passages_are_searched(cluster, engine, documents, expected):
    add(engine, documents)
    cluster.wait("status=green")
    ended, wrong, right, refused = Event(), [], [], []

    def search(places):
        while not ended.is_set():
            for text in places:
                try:
                    (right if answers(engine, text) == expected[text] else wrong).append(text)
                except EngineError as error:
                    refused.append(str(error))

    readers = [Thread(target=search, args=(ASKED[start:] + ASKED[:start],)) for start in range(3)]
    for reader in readers:
        reader.start()
    cluster.kill(2)
    before = len(right)
    cluster.wait("number_of_nodes=2")
    cluster.start(2)
    cluster.wait("status=green")
    ended.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(right) > before  # it went on with two nodes
    assert all("search" in line for line in refused), refused
    assert {text: answers(engine, text) for text in ASKED} == expected

"""A cluster that answers slowly: waited for up to a limit, then told in one line, and made up for by the next run."""

import time
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner

from search.indexer import difference
from tests.search.opening import cluster_of, forget
from tests.servers.in_front import Way, running
from tests.system.material import asked, expected
from webapp.cli import main
from webapp.resources import Library

#: Seconds that the commands wait for an answer, and those of a way that is too slow for them.
PATIENCE, TOO_LONG = 4, 5.0


@pytest.fixture
def way(search_cluster):
    with running(Way(search_cluster.split(",")[0])) as opened:
        yield opened


@pytest.fixture
def library(way, tmp_path):
    """The folder of a library on the cluster, and the settings of commands over it."""
    folder = tmp_path / "library"
    cluster = replace(cluster_of(folder), addresses=f"http://127.0.0.1:{way.server_port}", seconds=PATIENCE)
    yield folder, cluster
    forget("opensearch", folder)


def run(library, *arguments):
    folder, cluster = library
    settings = {
        "PINCITE_LIBRARY": str(folder),
        "PINCITE_ENGINE": "opensearch",
        "PINCITE_OPENSEARCH": cluster.addresses,
        "PINCITE_OPENSEARCH_INDEX": cluster.index,
        "PINCITE_OPENSEARCH_TIMEOUT": str(cluster.seconds),
    }
    return CliRunner().invoke(main, arguments, env=settings, standalone_mode=True)


def check(library):
    folder, cluster = library
    with closing(Library(folder, "opensearch", cluster=cluster)) as opened:
        assert not any(difference(opened.store, opened.engine))
        assert asked(opened.engine) == expected(folder)


def test_a_slow_cluster_is_waited_for(way, library, texts):
    way.pause = lambda _path: 0.2
    assert run(library, "ingest", "--no-model", str(texts)).exit_code == 0
    check(library)


def test_every_command_finds_the_cluster(library, texts):
    assert run(library, "ingest", "--no-model", str(texts)).exit_code == 0
    for command in (["info"], ["search", "sea"], ["reindex"], ["export", "sea", "--format", "csv"]):
        found = run(library, *command)
        assert found.exit_code == 0, command
        assert "pincite:" not in found.stderr, command
    told = run(library, "doctor").output.splitlines()
    assert "ok    engine opensearch" in told
    assert "ok    index in step with the store" in told


@pytest.mark.parametrize("silent", ["_bulk", "_refresh", "/state", "_delete_by_query", "/lock"])
def test_one_that_is_too_slow_is_told_and_the_next_run_makes_up_for_it(way, library, texts, silent):
    assert run(library, "ingest", "--no-model", str(texts / "00-speech-data-protection.txt")).exit_code == 0
    way.pause = lambda path: TOO_LONG if silent in path else 0.0
    started = time.monotonic()
    slow = run(library, "ingest", "--no-model", str(texts))
    assert time.monotonic() - started < 300
    complaints = [line for line in slow.stderr.splitlines() if "search cluster" in line]
    if slow.exit_code:
        assert len(complaints) == 1
        assert complaints[0].startswith("pincite: the search cluster does not")
        assert "Traceback" not in slow.output
    else:  # the lock was kept by another attempt
        assert complaints == []
    way.pause = lambda _path: 0.0
    assert run(library, "ingest", "--no-model", str(texts)).exit_code == 0
    check(library)

"""2,000 hostile queries through every door of the site, over every engine: an answer or a refusal, and soon.

Each engine is asked an eighth of them, another one each; with PINCITE_THOROUGH all, which takes a minute an engine.
"""

import os
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from search.indexer import sync
from tests.search.conftest import ENGINES
from tests.search.opening import cluster_of, forget
from tests.system.hostile.queries import addresses
from tests.webapp import web_library
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings

#: Seconds that a query may take.
SLOWEST = 5.0
ALLOWED = {200, 302, 308, 400, 404, 413, 414, 429}


@dataclass
class Survey:
    """What came of the requests."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, address, status, seconds):
        self.statuses[status] += 1
        if status not in ALLOWED or seconds > SLOWEST:
            self.wrong.append(f"{status} in {seconds:.1f} s: {address[:200]}")


@pytest.fixture(params=ENGINES)
def engine_asked(request):
    """The engine of the site."""
    if request.param == "opensearch":
        request.getfixturevalue("search_cluster")
    return request.param


@pytest.fixture
def client(engine_asked, tmp_path):
    """A client of a site that asks this engine."""
    cluster = cluster_of(tmp_path)
    settings = Settings(tmp_path, engine_asked, opensearch=cluster.addresses, opensearch_index=cluster.index)
    with Library.of(settings) as opened:
        web_library.fill(opened.store)
        sync(opened.store, opened.engine)
        yield create_app(settings, library=opened).test_client()
    forget(engine_asked, tmp_path)


def test_every_query_is_answered_or_refused_in_time(client, engine_asked):
    survey = Survey()
    asked = list(addresses())
    asked = asked if "PINCITE_THOROUGH" in os.environ else asked[ENGINES.index(engine_asked) :: 8]
    for address in asked:
        start = time.monotonic()
        with client.get(address) as answer:
            answer.get_data()
        survey.note(address, answer.status_code, time.monotonic() - start)
    assert survey.wrong == []
    assert survey.statuses[200] > len(asked) / 4, "many of these ought to reach the engine"

"""Every engine finds and counts the same, and what working out answers passage by passage finds and counts."""

import os
from contextlib import closing
from itertools import cycle

import pytest

from corpus.store import Store
from ingest.pipeline import ingest
from search.names import library_names
from search.parser import parse
from search.query import Filters, Query, Sort, YearRange
from tests.search.conftest import ENGINES
from tests.search.frozen import QUERIES
from tests.search.generated import collection
from tests.search.opening import open_engine
from tests.search.reference import Reference

pytestmark = pytest.mark.usefixtures("search_cluster")  # of which the whole session has one

#: Filters and exclusions that the queries are asked under in turn, besides none.
NARROWED = (
    {"filters": Filters(organisation=("United Nations", "Council of Europe"))},
    {"filters": Filters(year=(YearRange(1995, 2005),), passage_kind=("paragraph", "list_item"))},
    {"filters": Filters(within=("United Nations",), document_year=(YearRange(2000, 2020),))},
    {"excluded": Filters(organisation=("United Nations",), passage_kind=("footnote",))},
    {"filters": Filters(cited_year=(YearRange(1990, 2010),)), "excluded": Filters(kind=("report",))},
)
#: Of so many queries one is also counted passage by passage, and one is also asked under filters; of so many one is put
#: to the cluster (to which PINCITE_THOROUGH puts all), each time with whichever of these it meets.
COUNTED, FILTERED, CLUSTERED = 5, 3, 4
#: Passages of the made-up collection.
SIZE = 20_000


class Collection:
    """Documents in every engine, and in the reference."""

    def __init__(self, documents, folder) -> None:
        self.reference = Reference(documents)
        self.engines = [open_engine(name, folder) for name in ENGINES]
        self.embedded = [engine for engine in self.engines if engine.name != "opensearch"]
        for engine in self.engines:
            for document, passages in documents:
                engine.add(document, passages, "r1")
            engine.commit()

    def check(self, text, *, counted_too, clustered, **options):
        """Compares all that is found; not every query needs its facets counted passage by passage, which is slow."""
        asked = {"text": text, "tree": parse(text, library_names()), **options}
        engines = self.engines if clustered else self.embedded
        first, *others = [self.answers(engine, asked) for engine in engines]
        for other in others:
            assert other == first
        found, facets = self.reference.answer(Query(**asked), counting=counted_too)
        for engine in engines:
            results = engine.search(Query(**asked, loose=False, limit=None, marks=False))
            assert {hit.passage_id for hit in results.hits} == found
            assert results.total == results.complete == len(found)
            assert not counted_too or counted(results) == facets

    def answers(self, engine, asked):
        every = engine.search(Query(**asked, limit=None, marks=False))
        page = engine.search(Query(**asked, sort=Sort.DOCUMENT))
        return outcome(every), {(hit.passage_id, hit.highlights) for hit in page.hits}


def outcome(results):
    """All that must be equal; scores and the order of equals beyond the first pages are the engine's."""
    hits = {(hit.passage_id, hit.complete, hit.highlights) for hit in results.hits}
    return (
        hits,
        results.total,
        results.documents,
        counted(results),
        results.relaxed,
        results.suggestions,
        results.widened,
    )


def counted(results):
    return {
        facet: {value.value: (value.count, value.documents) for value in values if value.count and not value.excluded}
        for facet, values in results.facets.items()
    }


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    return Collection(list(collection(SIZE)), tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="module")
def real(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    with closing(Store.open(folder)) as store:
        ingest([shared / "sources"], store, jobs=1, model=False)
        documents = [(store.document(name), store.passages(name)) for name in sorted(store.revisions())]
    return Collection(documents, folder)


def test_the_frozen_suite_over_a_made_up_collection(generated):
    check_all(generated, QUERIES)


@pytest.mark.shared
def test_the_frozen_suite_over_the_real_sources(real):
    check_all(real, QUERIES)


def check_all(held, queries):
    for number, (text, narrowed) in enumerate(zip(queries, cycle(NARROWED), strict=False)):
        asked = {
            "counted_too": number % COUNTED == 0,
            "clustered": not number % CLUSTERED or "PINCITE_THOROUGH" in os.environ,
        }
        held.check(text, **asked)
        if number % FILTERED == 0:
            held.check(text, **asked, **narrowed)

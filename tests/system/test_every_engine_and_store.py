"""Three engines over two stores: the same library whatever it lies on, taken in, searched, changed and built anew."""

from contextlib import closing

import pytest

from ingest.pipeline import ingest
from search.indexer import rebuild, sync
from search.names import library_names
from search.parser import parse
from search.query import Filters, Query, Sort
from tests.search.conftest import ENGINES
from tests.search.opening import cluster_of, forget
from tests.search.reference import Reference
from tests.search.test_same_answers import counted
from webapp.resources import Library

#: What is asked, with the filters that it is asked under.
ASKED = (
    ("", Filters()),
    ("evidence", Filters()),
    ("Council of Europe", Filters(passage_kind=("paragraph",))),
    ("cyber* convention", Filters(kind=("treaty", "lecture"))),
    ('"mutual legal assistance" OR extradition', Filters()),
)


@pytest.fixture(params=ENGINES)
def library(request, database, tmp_path):
    """An empty library of one engine over one store."""
    if request.param == "opensearch":
        request.getfixturevalue("search_cluster")
    folder = tmp_path / "library"
    with closing(Library(folder, request.param, database=database, cluster=cluster_of(folder))) as opened:
        yield opened
    forget(request.param, folder)


def check(library):
    """Every answer is what working it out passage by passage gives."""
    documents = [(document, passages) for document, passages in library.store.iterate()]
    reference = Reference(documents)
    assert library.engine.count() == sum(each.is_body for _, passages in documents for each in passages) > 0
    for text, filters in ASKED:
        query = Query(text, parse(text, library_names()), filters, sort=Sort.DOCUMENT, limit=None, loose=False)
        results = library.engine.search(query)
        found, facets = reference.answer(query)
        assert {hit.passage_id for hit in results.hits} == found
        assert counted(results) == facets


def test_a_library_is_the_same_on_each_of_them(library, sample_folder):
    ingest([sample_folder], library.store, jobs=1, model=False)
    sync(library.store, library.engine)
    check(library)
    library.store.remove(min(library.store.revisions()))
    sync(library.store, library.engine)
    check(library)
    rebuild(library.store, library.engine)
    check(library)

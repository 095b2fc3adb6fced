"""Requests as text: every parameter, its canonical form, and the refusal of what cannot be read."""

import pytest

from corpus.errors import PinciteError
from search.errors import QueryError
from search.names import Resolver, library_names
from search.query import Filters, Query, Sort, Word, YearRange
from webapp.request import ParameterError, query_from
from webapp.settings import Settings

NAMES = Resolver({"CoE": "Council of Europe"}.get, {"55/63": "A/RES/55/63"}.get)
SETTINGS = Settings(max_query=20, max_page_size=50)


def read(**params):
    return query_from(params, SETTINGS, names=NAMES)


def test_no_parameters_ask_for_every_passage():
    assert read() == read(q=[""], year=[" "], sort=[""]) == Query()


def test_words_become_a_tree():
    assert read(q=["rescue"]).tree == Word("rescue")
    assert read(q=[" rescue "]).text == "rescue"


# (parameters, filters)
FILTERS = [
    # names are taken by any alias, others as they stand
    ({"organisation": ["CoE"]}, Filters(organisation=("Council of Europe",))),
    ({"organisation": ["Union of Keepers"]}, Filters(organisation=("Union of Keepers",))),
    ({"instrument": ["55/63"]}, Filters(instrument=("A/RES/55/63",))),
    # an alias and its name are one value
    ({"organisation": ["CoE", "CoE"]}, Filters(organisation=("Council of Europe",))),
    ({"year": ["2001", "1995..2005"]}, Filters(year=(YearRange(2001, 2001), YearRange(1995, 2005)))),
    ({"kind": ["report", "lecture"]}, Filters(kind=("report", "lecture"))),
    ({"document": ["a"], "country": ["Jordan"]}, Filters(document=("a",), country=("Jordan",))),
    ({"passage_kind": ["footnote"]}, Filters(passage_kind=("footnote",))),
    ({"document_year": ["2010"], "cited_year": ["..1999"]},
     Filters(document_year=(YearRange(2010, 2010, "document_year"),), cited_year=(YearRange(1, 1999, "cited_year"),))),
    # an organisation with bodies below it, and one without, which is only itself
    ({"within": ["United Nations"]}, Filters(within=("United Nations",))),
    ({"within": ["Union of Keepers", "United Nations"], "organisation": ["CoE", "Union of Keepers"]},
     Filters(organisation=("Council of Europe", "Union of Keepers"), within=("United Nations",))),
    # a provision, as the facet gives it and as people write it
    ({"provision": ["55/63|4"]}, Filters(provision=("A/RES/55/63|4",))),
    ({"provision": ["55/63 art 4"]}, Filters(provision=("A/RES/55/63|4",))),
    ({"provision": ["the fourth one"]}, Filters(provision=("the fourth one",))),
]  # fmt: skip


@pytest.mark.parametrize(("params", "filters"), FILTERS)
def test_filters(params, filters):
    assert read(**params).filters == filters


@pytest.mark.parametrize(("params", "filters"), FILTERS)
def test_whatever_can_be_chosen_can_be_excluded(params, filters):
    query = read(**{f"not_{name}": values for name, values in params.items()})
    assert (query.filters, query.excluded) == (Filters(), filters)


def test_only_passages_with_all_the_words():
    assert read().loose
    assert not read(exactly=["1"]).loose
    assert read(exactly=["no"]).loose


def test_values_of_a_facet_can_be_limited():
    assert (read().facet_limit, read(facet_limit=["5"]).facet_limit) == (None, 5)


# (parameters, offset and limit)
PAGES = [
    ({}, (0, 20)),
    ({"limit": ["10"]}, (0, 10)),
    ({"limit": ["0"]}, (0, 0)),
    ({"limit": ["10"], "offset": ["30"]}, (30, 10)),
    ({"limit": ["10"], "page": ["3"]}, (20, 10)),
    ({"page": ["0"]}, (0, 20)),
    # the installation's limit holds for everybody
    ({"limit": ["1000"], "page": ["2"]}, (50, 50)),
]


@pytest.mark.parametrize(("params", "expected"), PAGES)
def test_pages(params, expected):
    query = read(**params)
    assert (query.offset, query.limit) == expected


def test_sort():
    assert read(sort=["date"]).sort == Sort.DATE


# (parameters, what the message must name)
REFUSED = [
    ({"year": ["soon"]}, "'soon' is no year"),
    ({"year": ["2005..1995"]}, "backwards"),
    ({"year": ["..0"]}, "backwards"),
    ({"not_cited_year": ["soon"]}, "'soon' is no year"),
    ({"not_kind": ["sermon"]}, "unknown kind 'sermon'"),
    ({"facet_limit": ["all"]}, "facet_limit must be a whole number"),
    ({"kind": ["sermon"]}, "unknown kind 'sermon'; known are lecture"),
    ({"passage_kind": ["verse"]}, "unknown passage_kind 'verse'"),
    ({"sort": ["beauty"]}, "unknown sort 'beauty'; known are relevance"),
    ({"limit": ["-1"]}, "limit must be a whole number"),
    ({"limit": ["many"]}, "limit must be a whole number"),
    ({"page": ["9" * 30]}, "page must be a whole number"),
    # other scripts' digits are digits to Python
    ({"offset": ["²"]}, "offset must be a whole number"),
    ({"offset": ["٣"]}, "offset must be a whole number"),
]


@pytest.mark.parametrize(("params", "message"), REFUSED)
def test_what_cannot_be_read_is_named(params, message):
    with pytest.raises(ParameterError, match=message):
        read(**params)


def test_long_queries_are_refused_where_they_become_too_long():
    with pytest.raises(QueryError, match="21 characters, at most 20") as caught:
        read(q=["x" * 21])
    assert caught.value.position == 20


def test_a_malformed_query_is_refused_with_its_place():
    with pytest.raises(QueryError) as caught:
        read(q=['sea "open'])
    assert caught.value.position == 4


def test_every_refusal_is_one_of_ours():
    assert issubclass(ParameterError, PinciteError)


@pytest.mark.parametrize(
    ("written", "organisation", "instrument"),
    [
        ("CoE", "Council of Europe", None),
        ("UNGA Res 55/63", None, "A/RES/55/63"),
        ("Budapest Convention", None, "Convention on Cybercrime"),
        ("zebra", None, None),
    ],
)
def test_the_names_that_the_authority_files_know(written, organisation, instrument):
    names = library_names()
    assert (names.organisation(written), names.instrument(written)) == (organisation, instrument)

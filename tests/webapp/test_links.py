from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.query import Filters, YearRange
from webapp import create_app, links
from webapp.links import Selection
from webapp.settings import Settings


@pytest.fixture(autouse=True)
def _in_a_request(app):
    with app.test_request_context("/", base_url="http://library.test"):
        yield


def read(**args):
    return Selection.from_args(
        {name: values if isinstance(values, list) else [values] for name, values in args.items()}
    )


@pytest.mark.parametrize(
    ("args", "url"),
    [
        ({}, "/"),
        # blanks of the form leave no trace
        ({"q": " ", "organisation": ["", " "], "year_from": "", "sort": ""}, "/"),
        ({"q": " law "}, "/?q=law"),
        # order and repetition do not matter
        ({"country": "Chad", "organisation": ["B", "A", "B"]}, "/?organisation=B&organisation=A&country=Chad"),
        # the two inputs of the year form become one range, open where one is blank
        ({"year_from": "1995", "year_to": "2005"}, "/?year=1995..2005"),
        ({"year_from": "1995", "year_to": ""}, "/?year=1995.."),
        ({"year_to": "2005", "year": "2010"}, "/?year=2010&year=..2005"),
        ({"year_from": "2001", "year_to": "2001"}, "/?year=2001"),
        ({"document_year_from": "2010", "cited_year_to": "1999"}, "/?document_year=2010..&cited_year=..1999"),
        # what is excluded stands behind what is chosen, and wins
        (
            {"q": "law", "not_organisation": "A", "organisation": ["A", "B"], "country": "Chad"},
            "/?q=law&organisation=B&country=Chad&not_organisation=A",
        ),
        ({"q": "law", "exactly": "1", "explain": "1", "sort": "date"}, "/?q=law&exactly=1&explain=1&sort=date"),
        ({"q": "law", "exactly": "yes"}, "/?q=law"),
        ({"exactly": "1"}, "/"),
        # the usual order and the first page are not written
        ({"q": "law", "sort": "relevance", "page": "1"}, "/?q=law"),
        ({"q": "law", "sort": "date", "page": "3"}, "/?q=law&sort=date&page=3"),
        # unreadable pages are the first
        ({"q": "law", "page": "-1"}, "/?q=law"),
        ({"q": "law", "page": "0"}, "/?q=law"),
        ({"q": "law", "page": "9" * 30}, "/?q=law"),
        ({"q": "law", "page": "²"}, "/?q=law"),
        # symbols stay readable, what would break the address does not
        ({"instrument": "A/RES/55/63"}, "/?instrument=A/RES/55/63"),
        ({"q": "a&b=c#d"}, "/?q=a%26b%3Dc%23d"),
    ],
)
def test_every_request_has_one_tidy_address(args, url):
    assert read(**args).url == url


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.text(max_size=12), max_size=3)
            for name in (*links.VALUES, *links.SWITCHES, "q", "sort", "page", "year_from", "cited_year_to")
        },
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_tidy_address_reads_back_as_itself(args):
    first = Selection.from_args(args)
    pairs = parse_qsl(urlsplit(first.url).query, keep_blank_values=True)
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    assert Selection.from_args(grouped) == first


def test_toggling_adds_takes_away_and_goes_back_to_the_first_page():
    start = read(q="law", organisation="A", page="3")
    added = start.toggle("organisation", "B")
    assert added.url == "/?q=law&organisation=A&organisation=B"
    assert added.toggle("organisation", "A").url == "/?q=law&organisation=B"
    assert start.toggle("organisation", "A").url == "/?q=law"
    assert start.chosen == {"organisation": ("A",)}


def test_adding_a_chosen_value_keeps_it():
    assert read(year="2001").adding("year", "2001").url == "/?year=2001"


@pytest.mark.parametrize(
    "start",
    [
        {},
        {"q": "a&organisation=b", "sort": "date", "page": "3"},
        {"organisation": ["A", "B"], "year": "2001", "not_country": "Chad", "exactly": "1", "explain": "1"},
        {"not_organisation": ["A/RES", "B"], "instrument": "C"},
    ],
)
@pytest.mark.parametrize("facet", ["organisation", "year", "country"])
def test_many_values_are_added_as_each_alone(start, facet):
    selection = read(**start)
    address = links.adding(selection, facet)
    for value in ("A", "A/RES", "Chad", "2001", "x & y=z#1"):
        assert address(value) == selection.adding(facet, value).url


def test_paths_follow_where_the_site_is_mounted(app):
    assert links.path("facets.page", facet="year") == "/facets/year"
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/pincite"}):
        assert links.path("facets.page", facet="year") == "/pincite/facets/year"


def test_a_value_is_chosen_or_excluded_and_never_both():
    start = read(q="law", organisation="A", page="3")
    excluded = start.excluding("organisation", "A")
    assert excluded.url == "/?q=law&not_organisation=A"
    assert excluded.excluding("organisation", "A") == excluded
    assert excluded.excluding("organisation", "B").url == "/?q=law&not_organisation=A&not_organisation=B"
    assert excluded.adding("organisation", "A").url == "/?q=law&organisation=A"
    assert excluded.toggle("not_organisation", "A").url == "/?q=law"


def test_all_the_words_and_most_of_them():
    start = read(q="law", organisation="A", page="3")
    assert start.only_complete().url == "/?q=law&organisation=A&exactly=1"
    assert start.only_complete().only_complete(False).url == "/?q=law&organisation=A"


def test_other_steps():
    start = read(q="law", organisation="A", year="2001", sort="date", page="2")
    assert start.without("year").url == "/?q=law&organisation=A&sort=date"
    assert start.unfiltered().url == "/?q=law&sort=date"
    assert start.sorted_by("relevance").url == "/?q=law&organisation=A&year=2001"
    assert start.asking("treaty").url == "/?q=treaty&organisation=A&year=2001&sort=date"
    assert start.at(5).url.endswith("&page=5")
    assert start.export_url("csv") == "/export?q=law&organisation=A&year=2001&sort=date&format=csv"


@pytest.mark.parametrize(
    ("years", "written"),
    [
        ((YearRange(2001, 2001),), ("2001",)),
        ((YearRange(1995, 2005),), ("1995..2005",)),
        ((YearRange(1995, 9999),), ("1995..",)),
        ((YearRange(1, 2005),), ("..2005",)),
    ],
)
def test_filters_as_read_are_written_in_canonical_form(years, written):
    filters = Filters(organisation=("Council of Europe",), year=years)
    chosen = read(q="x", organisation="CoE").filtered(filters, Filters(country=("Chad",), cited_year=years)).chosen
    assert chosen == {
        "organisation": ("Council of Europe",),
        "year": written,
        "not_country": ("Chad",),
        "not_cited_year": written,
    }


def test_addresses_of_things():
    assert links.document_url("model-law", "appendix-1/art-2~2") == "/documents/model-law#appendix-1/art-2~2"
    assert links.passage_url("model-law/art-16-2") == "/passages/model-law/art-16-2"
    assert links.entity_url("organisation", "Council of Europe") == "/organisations/council-of-europe"
    assert links.entity_url("instrument", "A/RES/55/63") == "/instruments/a-res-55-63"
    assert links.entity_url("country", "Jordan") == "/?country=Jordan"
    # a name without a Latin letter has no page of its own, but can be filtered by
    assert links.entity_url("organisation", "Лига") == "/?organisation=%D0%9B%D0%B8%D0%B3%D0%B0"


def test_a_permalink_begins_with_the_host_that_was_asked():
    assert links.absolute("/passages/a/p-1") == "http://library.test/passages/a/p-1"


def test_a_permalink_begins_with_the_configured_address(library):
    app = create_app(Settings(base_url="https://law.example.edu/pincite/"), library=library)
    with app.test_request_context("/", base_url="http://inner:8765"):
        assert links.absolute("/pincite/passages/a/p-1") == "https://law.example.edu/pincite/passages/a/p-1"

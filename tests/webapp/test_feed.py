"""The Atom feed of a search."""

import pytest
from lxml import etree

from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, passage
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings
from webapp.views.feed import ENTRIES, instant

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(client):
    """Ask for a feed and give its root."""

    def ask(address):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml"), answer.text[:300]
        return etree.fromstring(answer.data)

    return ask


def told(element, *names):
    return [element.findtext("/".join(ATOM + part for part in name.split("/"))) for name in names]


def links_of(element):
    return {link.get("rel"): link.get("href") for link in element.iterfind(f"{ATOM}link")}


def test_a_search_page_leads_to_its_feed(page):
    tree = page("/?q=asked&organisation=INTERPOL&page=1")
    address = "/feed.atom?q=asked&organisation=INTERPOL"
    assert tree.xpath("//link[@rel='alternate' and @type='application/atom+xml']/@href") == [address]
    assert address in tree.xpath("//main//a/@href")


def test_a_feed_names_itself_and_its_search(feed):
    root = feed("/feed.atom?q=telegram")
    assert root.tag == f"{ATOM}feed"
    address = "http://localhost/feed.atom?q=telegram"
    assert told(root, "title", "id", "updated") == ["Pincite: telegram", address, "2019-05-01T00:00:00Z"]
    assert links_of(root) == {"self": address, "alternate": "http://localhost/?q=telegram"}


def test_an_entry_is_a_passage_with_its_words_and_citation(feed):
    [entry] = feed("/feed.atom?q=telegram").iterfind(f"{ATOM}entry")
    link = "http://localhost/passages/lecture-on-evidence/p-2"
    assert told(entry, "title", "id", "updated", "author/name") == [
        "Evidence <Across> Borders & Beyond, p 1",
        link,
        "2019-05-01T00:00:00Z",
        "Ada Marginal",
    ]
    assert links_of(entry) == {"alternate": link}
    summary, content = told(entry, "summary", "content")
    assert "Marginal" in summary
    assert content == "Before that, INTERPOL carried evidence by telegram from 1998 onwards."


def test_a_feed_holds_the_hits_of_the_search_newest_documents_first(feed, page):
    entries = [told(entry, "id")[0] for entry in feed("/feed.atom?q=asked&organisation=INTERPOL").iter(f"{ATOM}entry")]
    shown = page("/?q=asked&organisation=INTERPOL").xpath("//article//a[contains(@class, 'pinpoint')]/@href")
    assert sorted(entries) == sorted(f"http://localhost{href}" for href in shown)
    updated = [told(entry, "updated")[0] for entry in feed("/feed.atom?q=evidence").iter(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert len(set(updated)) > 1


def test_a_feed_without_hits_is_a_feed(feed):
    root = feed("/feed.atom?q=nothingatall&exactly=1")
    assert not list(root.iterfind(f"{ATOM}entry"))
    assert told(root, "updated") == ["1970-01-01T00:00:00Z"]


def test_a_feed_is_cut_and_holds_what_xml_cannot(tmp_path):
    passages = [passage(f"Boat\x07 {number} drifts", number=number) for number in range(1, ENTRIES + 11)]
    with Library(tmp_path) as library:
        library.store.replace(document(), passages, SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        root = etree.fromstring(
            create_app(Settings(library=tmp_path), library=library).test_client().get("/feed.atom").data
        )
    contents = [told(entry, "content")[0] for entry in root.iterfind(f"{ATOM}entry")]
    assert len(contents) == ENTRIES
    assert contents[0] == "Boat 1 drifts"


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2018-10-18", "2018-10-18"), ("2018-10", "2018-10-01"), ("2018", "2018-01-01"), ("", "1970-01-01")],
)
def test_a_date_becomes_the_first_instant_that_it_can_mean(date, expected):
    assert instant(document(date=date)) == f"{expected}T00:00:00Z"


def test_a_feed_of_a_malformed_query_is_refused(client):
    assert client.get("/feed.atom?q=%22open").status_code == 400

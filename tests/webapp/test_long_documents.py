"""A document too long for one page, in parts: nothing is lost, and every way in it leads to its place."""

import gzip

import pytest
from lxml import html

from tests.webapp.long_library import ARTICLES, fill
from webapp import create_app, links
from webapp.parts import MOST
from webapp.resources import Library
from webapp.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with Library(tmp_path_factory.mktemp("library")) as library:
        fill(library)
        yield create_app(Settings(library=library.folder), library=library)


@pytest.fixture
def ask(app):
    """A page, parsed."""

    def asked(address="/documents/treaty"):
        answer = app.test_client().get(address)
        assert answer.status_code == 200, answer.text[:300]
        return html.fromstring(answer.text)

    return asked


@pytest.fixture
def count(ask):
    [told] = ask().xpath("//nav[@class='parts'][1]//*[@class='key'][1][starts-with(., 'Part')]/text()")[:1]
    return int(told.split()[-1])


def articles(page):
    return [int(each.removeprefix("art-")) for each in page.xpath("//*[starts-with(@id, 'art-')]/@id")]


def leads(ask, address):
    """Whether a link arrives at a place of the page that it opens."""
    page, _, place = address.partition("#")
    return bool(ask(page).xpath("//*[@id=$place]", place=place))


def test_the_parts_hold_every_article_once_and_each_is_a_fair_page(ask, app, count):
    assert count > 1
    pages = [ask(f"/documents/treaty?part={number}") for number in range(1, count + 1)]
    assert [each for page in pages for each in articles(page)] == list(range(1, ARTICLES + 1))
    for number in range(1, count + 1):
        answer = app.test_client().get(f"/documents/treaty?part={number}", headers={"Accept-Encoding": "gzip"})
        assert len(answer.data) < 100_000
        assert len(answer.data) < len(gzip.decompress(answer.data)) < 4 * MOST


def test_the_parts_follow_each_other(ask, count):
    last, seen = "/documents/treaty", []
    while last:
        page = ask(last)
        seen += articles(page)[:1]
        [last] = page.xpath("(//nav[@class='parts'])[last()]/a[@rel='next']/@href") or [""]
    assert len(seen) == count
    assert ask("/documents/treaty?part=2").xpath("//nav[@class='parts'][1]/a[@rel='prev']/@href") == [
        "/documents/treaty"
    ]


def test_the_contents_are_whole_in_every_part_and_lead_to_their_places(ask):
    for address in ("/documents/treaty", "/documents/treaty?part=2"):
        found = ask(address).xpath("//details[@class='toc']//a/@href")
        assert len(found) == ARTICLES // 10
        assert any(each.startswith("#") for each in found)
        for each in (found[0], found[-1]):
            assert leads(ask, address + each if each.startswith("#") else each)


def test_an_address_with_a_place_opens_its_part(ask, app):
    with app.test_request_context():
        address = links.document_url("treaty", "art-390")
        assert address == "/documents/treaty?at=art-390#art-390"
        # a short document needs no such help
        assert links.document_url("paper", "para-1") == "/documents/paper#para-1"
    assert leads(ask, address)
    assert leads(ask, "/documents/treaty?at=fn-1#fn-1")


@pytest.mark.parametrize("asked", ["at=art-999", "part=1", "part=0", "at="])
def test_what_names_no_other_part_opens_the_first(ask, asked):
    assert articles(ask(f"/documents/treaty?{asked}"))[0] == 1


def test_a_part_beyond_the_last_is_the_last(ask):
    assert articles(ask("/documents/treaty?part=99"))[-1] == ARTICLES


def test_a_part_is_marked_as_the_whole_would_be(ask):
    names = ask("/documents/treaty?part=2").xpath("//*[@class='leaf']//a[@class='name organisation']")
    assert {each.get("href") for each in names} == {"/organisations/interpol"}
    assert len(names) == len(articles(ask("/documents/treaty?part=2")))


def test_hits_are_numbered_through_the_document_and_lead_from_part_to_part(ask, count):
    first = ask("/documents/treaty?q=lantern")
    turns = first.xpath("//p[@class='hit-turn']")
    assert turns[0].text_content().split() == ["hit", "1", "of", "8", "›"]
    assert first.xpath("string(//p[@class='search-hits']/a[1])") == "8 hits"
    assert first.xpath("//mark")
    [behind] = turns[-1].xpath("./a[@rel='next']/@href")
    assert behind.startswith("/documents/treaty?q=lantern&part=2#")
    assert leads(ask, behind)
    last = ask(f"/documents/treaty?q=lantern&part={count}")
    assert "hit 8 of 8" in last.xpath("//p[@class='hit-turn']")[-1].text_content()
    cells = last.xpath("//*[@class='heat']/a/@href")
    assert len(cells) == 8
    assert all(leads(ask, each if "?" in each else f"/documents/treaty?q=lantern&part={count}{each}") for each in cells)


def test_a_call_leads_to_the_note_where_it_stands(ask):
    assert ask().xpath("//*[@id='art-2']//sup/a/@href") == ["#fn-1"]
    [there] = ask("/documents/treaty?at=art-399").xpath("//*[@id='art-399']//sup/a/@href")
    assert there == "/documents/treaty#fn-1"
    assert leads(ask, there)


def test_a_part_begins_behind_the_page_of_the_part_before(ask):
    page = ask("/documents/treaty?part=2")
    first = articles(page)[0]
    breaks = page.xpath("//p[@class='page-break']/span/text()")
    starts = range(first - first % 5 + (5 if first % 5 else 0), articles(page)[-1] + 1, 5)
    assert breaks == [f"page {1 + number // 5}" for number in starts]


def test_articles_are_noted_up_in_the_part_where_they_stand(ask, count):
    noted = "//aside[@class='noted']/ancestor::div[1]/@id"
    assert ask().xpath(noted) == ["art-3"]
    assert ask(f"/documents/treaty?part={count}").xpath(noted) == ["art-390"]


def test_each_part_is_a_page_of_its_own_to_search_engines(ask):
    for part, canonical in ((1, "http://localhost/documents/treaty"), (2, "http://localhost/documents/treaty?part=2")):
        assert ask(f"/documents/treaty?part={part}").xpath("//link[@rel='canonical']/@href") == [canonical]


def test_the_whole_comes_on_one_page_as_it_is_made(ask, app):
    whole = app.test_client().get("/documents/treaty?whole=1", headers={"Accept-Encoding": "gzip"})
    assert whole.is_streamed
    assert whole.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(whole.data) == app.test_client().get("/documents/treaty?whole=1").data
    page = ask("/documents/treaty?whole=1")
    assert articles(page) == list(range(1, ARTICLES + 1))
    assert all(each.startswith("#") for each in page.xpath("//details[@class='toc']//a/@href"))
    assert "/documents/treaty?whole=1" in ask().xpath("//nav[@class='parts']//a/@href")


def test_a_short_document_has_no_parts(ask):
    page = ask("/documents/paper?part=2&at=para-3")
    assert not page.xpath("//nav[@class='parts']")
    assert [each.get("id") for each in page.xpath("//*[contains(@class, 'kind-paragraph')]")] == ["para-3", "para-390"]


def test_a_passage_of_a_long_document_has_its_neighbours_and_marks(ask):
    page = ask("/passages/treaty/art-205")
    assert articles(page) == [203, 204, 205, 206, 207]
    assert page.xpath("//*[@id='art-205']//a[@class='name organisation']/@href") == ["/organisations/interpol"]
    assert "/documents/treaty?at=art-205#art-205" in page.xpath("//nav[@class='turn']/a/@href")

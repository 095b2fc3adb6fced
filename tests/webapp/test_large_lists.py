"""Lists of a large library: pages of documents, and indexes of names a letter at a time."""

from dataclasses import replace

import pytest
from lxml import html

from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, passage
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings
from webapp.views import documents, entities

COUNT = 12


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Pages of a library with twelve documents, each naming an instrument, where five are too many for a page."""
    monkeypatch.setattr(documents, "PAGE_SIZE", 5)
    monkeypatch.setattr(entities, "MOST_NAMES", 5)
    with Library(tmp_path) as library:
        for number in range(COUNT):
            name = f"paper-{number:02}"
            held = [passage("It is named.", name, instruments=[f"{'Treaty' if number % 2 else 'Act'} {number}"])]
            made = document(name, f"Paper {number}", date=str(2001 + number) if number else "")
            library.store.replace(replace(made, sha256=name), held, SourceState(name, name, name))
        sync(library.store, library.engine)
        client = create_app(Settings(library=tmp_path), library=library).test_client()

        def asked(address):
            answer = client.get(address, follow_redirects=True)
            assert answer.status_code == 200
            return html.fromstring(answer.text)

        yield asked


def titles(page):
    return page.xpath("//tbody//th/a/text()")


def test_documents_come_in_pages_newest_first_undated_last(ask):
    pages = [ask(f"/documents?page={number}") for number in (1, 2, 3)]
    assert [title for page in pages for title in titles(page)] == [f"Paper {number}" for number in range(11, -1, -1)]
    assert pages[0].xpath("//nav[@aria-label='Pages of the list']/a/@href")[0] == "/documents?page=2"
    assert "12 documents" in pages[1].xpath("string(//p[@class='lede'])")
    assert pages[0].xpath("//p[@class='lede']/a/@href") == ["/facets/document"]
    assert titles(ask("/documents?page=9")) == ["Paper 1", "Paper 0"]


def test_the_first_page_counts_all_documents_and_shows_the_newest(ask):
    page = ask("/")
    assert "12 documents" in page.xpath("string(//h1)")
    assert page.xpath("//ul[@class='documents']//a/text()")[0] == "Paper 11"


def test_many_names_are_shown_a_letter_at_a_time(ask):
    first, other = ask("/instruments"), ask("/instruments?letter=T")
    assert first.xpath("//nav[@class='letters']/a/@href") == [
        "/instruments?letter=A",
        "/instruments?letter=T",
        "/facets/instrument",
    ]
    assert [len(page.xpath("//ul[@class='counted']/li")) for page in (first, other)] == [6, 6]
    assert other.xpath("//nav[@class='letters']/a[@aria-current]/text()") == other.xpath("//h2/text()") == ["T"]
    assert ask("/instruments?letter=X").xpath("//h2/text()") == ["A"]
    assert "12 instruments" in other.xpath("string(//p[@class='lede'])")

"""A set of more passages than a page takes: pages, ways to a passage, steps that come back to it, all for printing."""

import pytest
from lxml import html

from corpus.sets import PassageSet
from corpus.sets_store import Access
from webapp.setview import PAGE

SIZE = 2 * PAGE + 50
NAMES = [f"lecture/para-{number}" for number in range(1, SIZE + 1)]
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def secrets(library):
    """The links to edit and to read a set whose last passage stands under a heading of its own."""
    made = PassageSet("Long").adding(NAMES).annotated(NAMES[-1], note="", tags=(), heading="The end")
    store = library.store.sets
    name = store.create(made).id
    return store.link(name, Access.EDIT), store.link(name, Access.READ)


@pytest.fixture
def ask(client):
    def asked(address):
        answer = client.get(address)
        assert answer.status_code == 200
        return html.fromstring(answer.text)

    return asked


def names(page):
    return page.xpath("//article[@class='result']/@id")


def test_every_passage_is_on_one_page_with_its_number(ask, secrets):
    for address in (f"/sets/edit/{secrets[0]}", f"/sets/{secrets[1]}"):
        pages = [ask(f"{address}?page={number}") for number in (1, 2, 3)]
        assert [name for page in pages for name in names(page)] == NAMES
        assert pages[1].xpath("//article[@class='result']/@aria-label")[0].lower() == f"passage {PAGE + 1}"
        assert pages[0].xpath("//nav[@aria-label='Pages of the set']/a/@href")[-1] == f"{address}?page=2"
        assert "250 passages of this set are not in the library" in pages[2].text_content()
        assert names(ask(f"{address}?page=9")) == NAMES[2 * PAGE :]


def test_every_heading_of_the_set_is_offered_on_every_page(ask, secrets):
    page = ask(f"/sets/edit/{secrets[0]}")
    assert page.xpath("//datalist[@id='headings']/option/@value") == ["The end"]


def test_a_step_comes_back_to_the_page_of_its_passage(client, ask, secrets):
    answer = client.post(f"/sets/edit/{secrets[0]}", data={"do": f"up {NAMES[PAGE]}"}, headers=OWN)
    address, _, place = answer.headers["Location"].partition("#")
    assert place == NAMES[PAGE]
    assert names(ask(address))[-1] == place
    # which the last passage of the first page has given way to
    assert names(ask(f"/sets/edit/{secrets[0]}?page=2"))[0] == NAMES[PAGE - 1]


def test_the_way_from_other_pages_leads_to_the_page_of_the_passage(client, ask, secrets, library):
    ask(f"/sets/edit/{secrets[0]}")
    known = library.store.sets.opened(secrets[0], Access.EDIT).id
    address = client.get(f"/sets/known/{known}?at={NAMES[-1]}").headers["Location"]
    assert address.endswith(f"#{NAMES[-1]}")
    assert NAMES[-1] in names(ask(address.partition("#")[0]))


def test_the_whole_set_is_there_for_printing(ask, secrets):
    address = f"/sets/{secrets[1]}"
    [whole] = ask(address).xpath("//a[text()='The whole set on one page']/@href")
    assert names(ask(whole)) == NAMES
    assert not ask(whole).xpath("//nav[@aria-label='Pages of the set']")

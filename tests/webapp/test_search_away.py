"""While the search cluster is away the site is read as ever, and says so."""

from dataclasses import replace

import pytest
from lxml.html import fromstring

from search.engines.cluster import Cluster
from search.engines.opensearch import OpenSearchEngine
from search.engines.patience import Patience
from webapp import create_app
from webapp.resources import Library

#: An address at which nothing listens.
NOWHERE = "http://pincite:secret@127.0.0.1:9"
AWAY = "Search is away for the moment"


@pytest.fixture(scope="module")
def away(web_settings, request):
    """A client of a site over the store of the others whose search cluster is away."""
    request.getfixturevalue("library")  # which fills the store
    settings = replace(web_settings, engine="opensearch", opensearch=NOWHERE)
    with Library.of(settings) as opened:
        yield create_app(settings, library=opened).test_client()


@pytest.fixture(scope="module")
def document(away):
    return next(iter(away.application.extensions["library"].store.revisions()))


def test_documents_and_passages_are_read(away, document):
    store = away.application.extensions["library"].store
    passage = next(each for each in store.passages(document) if each.is_body)
    for address in (f"/documents/{document}", f"/passages/{passage.id}", f"/documents/{document}?q=evidence"):
        page = away.get(address)
        assert page.status_code == 200
        assert AWAY in page.text
        assert " ".join(passage.text.split()[-3:]) in " ".join(fromstring(page.text).text_content().split())


@pytest.mark.parametrize("address", ["/documents", "/sets", "/help"])
def test_what_needs_no_search_is_there(away, address):
    assert away.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/?q=evidence", "/organisations", "/years", "/api/v1/search?q=x", "/feed.atom?q=x"]
)
def test_what_needs_search_says_in_one_line_that_it_is_away(away, address):
    answer = away.get(address)
    assert answer.status_code == 503
    assert "search is away" in answer.text.lower() or "did not answer a moment ago" in answer.text
    assert "secret" not in answer.text
    assert "127.0.0.1" not in answer.text


def test_the_page_leads_to_the_documents(away):
    page = fromstring(away.get("/?q=evidence").text)
    trouble = page.get_element_by_id("trouble")
    assert trouble.findtext("h2") == "Search is away"
    assert [link.get("href") for link in trouble.iter("a")] == ["/documents"]


def test_an_address_is_needed(tmp_path):
    with pytest.raises(Exception, match="PINCITE_OPENSEARCH"):
        OpenSearchEngine.open(tmp_path, Patience(0), Cluster())


def test_the_password_is_not_shown_by_settings(web_settings):
    assert "secret" not in repr(replace(web_settings, opensearch=NOWHERE))
    assert "secret" not in repr(replace(web_settings, opensearch=NOWHERE).cluster)

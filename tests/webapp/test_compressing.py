"""Pages travel compressed to whoever takes gzip, and say the same."""

import gzip

import pytest

from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, passage
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize(
    "address",
    ["/?q=evidence", "/documents/report-2010", "/feed.atom?q=asked", "/api/v1/search?q=asked", "/static/reading.css"],
)
def test_a_page_says_the_same_in_fewer_bytes(client, address):
    plain, packed = client.get(address), client.get(address, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
    # or a cache between would hand the one to who can only read the other
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.headers["Vary"] == packed.headers["Vary"]


@pytest.mark.parametrize("refusal", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_take_gzip_does_not_get_it(client, refusal):
    assert "Content-Encoding" not in client.get("/?q=evidence", headers={"Accept-Encoding": refusal}).headers


def test_what_is_small_or_compressed_already_stays_as_it_is(client):
    for address in ("/healthz", "/static/fonts/source-sans-3-latin-normal.woff2", "/robots.txt"):
        assert "Content-Encoding" not in client.get(address, headers=GZIP).headers, address


def test_a_file_that_a_browser_has_is_not_sent_again(client):
    tag = client.get("/static/reading.css", headers=GZIP).headers["ETag"]
    again = client.get("/static/reading.css", headers={**GZIP, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_document_of_five_hundred_passages_is_no_large_page(tmp_path):
    words = "Evidence number {0} of the year 2001 was asked for by INTERPOL in case {0} and was given in part. "
    passages = [
        passage(words.format(number) * 5, number=number, organisations=["INTERPOL"], years=[2001])
        for number in range(1, 501)
    ]
    with Library(tmp_path) as library:
        library.store.replace(document(), passages, SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        client = create_app(Settings(library=tmp_path), library=library).test_client()
        answer = client.get("/documents/lecture", headers=GZIP)
    assert gzip.decompress(answer.data).count(b'class="passage') == 500
    assert len(answer.data) < 100_000

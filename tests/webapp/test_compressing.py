"""Pages travel compressed to whoever takes gzip, and say the same."""

import gzip
from urllib.parse import parse_qs, urlsplit

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


def test_the_parts_of_a_document_of_five_hundred_passages_are_no_large_pages(tmp_path):
    words = "Evidence number {0} of the year 2001 was asked for by INTERPOL in case {0} and was given in part. "
    passages = [
        passage(words.format(number) * 5, number=number, organisations=["INTERPOL"], years=[2001])
        for number in range(1, 501)
    ]
    with Library(tmp_path) as library:
        library.store.replace(document(), passages, SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        client = create_app(Settings(library=tmp_path), library=library).test_client()
        parts = [client.get(f"/documents/lecture?part={number}", headers=GZIP).data for number in (1, 2)]
    assert sum(gzip.decompress(part).count(b'class="passage') for part in parts) == 500
    assert max(map(len, parts)) < 50_000


def test_no_page_that_repeats_its_address_shows_a_secret(client):
    """Or the length of the compressed page would tell how much of a guess is right."""
    guess = "guessed-in-vain"

    def send(address, **form):
        return client.post(address, data=form, headers={"Sec-Fetch-Site": "same-origin"}).headers["Location"]

    secret = send("/sets", title="Evidence").rpartition("/")[2]
    send("/sets/add", passage="report-2010/para-2")
    [shared] = parse_qs(urlsplit(send(f"/sets/edit/{secret}", do="share")).query)["read"]
    assert client.get(f"/sets/{shared}").status_code == 200
    repeating = 0
    addresses = [
        "/",
        "/documents/report-2010",
        "/facets/organisation",
        "/passages/report-2010/para-2",
        "/sets",
        "/check",
    ]
    for address in [*addresses, f"/sets/edit/{secret}", f"/sets/{shared}"]:
        for asked in (f"?q={guess}", f"?find={guess}", f"?read={guess}", f"?{guess}=1"):
            text = client.get(address + asked, follow_redirects=True).text
            repeating += guess in text
            assert guess not in text or not (secret in text or shared in text), address + asked
    assert repeating > 2

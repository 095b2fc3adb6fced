"""A store on a server that goes away while pages are read: it is said in one line, and all is well when it is back."""

from contextlib import closing

import pytest

from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, library
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings

PAGES = ("/documents", "/documents/lecture", "/passages/lecture/para-1", "/?q=lamps")


@pytest.fixture
def client(tmp_path, postgres):
    settings = Settings(library=tmp_path, store=postgres)
    with closing(Library.of(settings)) as opened:
        opened.store.replace(document(), library("The lamps were lit."), SourceState("/lecture.md", "f", "lecture"))
        sync(opened.store, opened.engine)
        yield create_app(settings, library=opened).test_client()


def test_pages_say_that_the_store_is_away_and_come_back_with_it(client, postgres_server, postgres):
    assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)
    with postgres_server.away(postgres):
        for page in PAGES:
            answer = client.get(page)
            assert (page, answer.status_code) == (page, 503)
            assert "out of reach" in answer.text
            assert "127.0.0.1" not in answer.text  # where it stands is no reader's business
        told = client.get("/api/v1/documents/lecture")
        assert (told.status_code, told.json["error"]["kind"]) == (503, "OutOfReachError")
    assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)

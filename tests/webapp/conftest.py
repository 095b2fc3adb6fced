"""The pages are tested over a real library, small and written for it (`web_library.py`), by Flask's test client."""

import pytest
from flask.testing import FlaskClient

from search.indexer import sync
from tests.webapp import web_library
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings


@pytest.fixture(scope="session")
def web_settings(tmp_path_factory):
    return Settings(library=tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def library(web_settings):
    with Library(web_settings.library) as opened:
        web_library.fill(opened.store)
        sync(opened.store, opened.engine)
        yield opened


@pytest.fixture(scope="session")
def app(web_settings, library):
    return create_app(web_settings, library=library)


class ReadingClient(FlaskClient):
    """A client that reads every answer to its end and closes it, as a browser does."""

    def open(self, *args, **options):
        return super().open(*args, **{"buffered": True, **options})


@pytest.fixture
def client(app):
    return ReadingClient(app, app.response_class)


@pytest.fixture
def page(client):
    """Ask for an address, follow tidying redirects, and give the parsed page."""
    from lxml import html  # only the pages' tests need it

    def ask(address, status=200):
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == status, answer.text[:500]
        return html.fromstring(answer.text)

    return ask

"""A real browser on a real server: waitress over the pages' small library on a free port of the loopback.

Without Chromium or Playwright these tests skip and say so; where CI is set they fail instead. Wait by locators: the
site's policy forbids what `wait_for_function` needs once its first look has found nothing.
"""

import threading

import pytest

from search.indexer import sync
from tests.needed import missing
from tests.webapp import web_library
from webapp.resources import Library
from webapp.server import make_server
from webapp.settings import Settings

#: Milliseconds that a page may take on a busy machine.
PATIENCE = 30_000


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    """A library in a folder of its own, a port that is free."""
    return Settings(library=tmp_path_factory.mktemp("library"), port=0)


@pytest.fixture(scope="session")
def library(settings):
    """The library that is served."""
    with Library(settings.library) as opened:
        web_library.fill(opened.store)
        sync(opened.store, opened.engine)
        yield opened


@pytest.fixture(scope="session")
def site(settings, library):
    """The address of a running server."""
    server = make_server(settings, library)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def axe():
    """axe-core, which the package brings along."""
    try:
        from axe_playwright_python.sync_playwright import Axe  # a laptop may be without it
    except ImportError:
        missing("axe-playwright-python")
    return Axe()


@pytest.fixture
def open_page(chromium, site):
    """Opens pages of the site in fresh windows; afterwards no page may have complained or asked another host."""
    contexts, complaints = [], []

    def open_at(address, **window):
        context = chromium.new_context(base_url=site, accept_downloads=True, **window)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(site) else complaints.append(asked.url))
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


def assert_free(axe, page):
    report = axe.run(page)
    assert report.violations_count == 0, report.generate_report()

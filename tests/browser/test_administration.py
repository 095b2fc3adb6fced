"""An administrator adds a document and takes it out again, in a browser without scripts."""

import threading

import pytest

from search.indexer import sync
from tests.browser.conftest import assert_free
from tests.webapp import web_library
from webapp.resources import Library
from webapp.server import make_server
from webapp.settings import Settings

pytestmark = pytest.mark.browser

TOKEN = "a-token-for-this-one-test"  # noqa: S105  # of no other library
SAMPLE = "speech-refugees.docx"
WORDS = "refugees"
#: Milliseconds for a process of the lowest priority to start, read a speech and index it, on a very busy machine.
PATIENCE = 300_000
WITHOUT_SCRIPT = {"java_script_enabled": False}


@pytest.fixture
def site(tmp_path):
    """The address of a server with administration, over a library of its own, in place of the one that others share."""
    settings = Settings(library=tmp_path, port=0, admin_token=TOKEN, model=False)
    with Library(settings.library) as library:
        web_library.fill(library.store)
        sync(library.store, library.engine)
        server = make_server(settings, library)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        thread.join(timeout=5)


def enter(page):
    page.get_by_role("link", name="administration").click()
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Files").wait_for()


def found(page):
    page.goto(f"/?q={WORDS}")
    return page.locator("article.result").count()


@pytest.mark.parametrize("window", [{}, {"viewport": {"width": 390, "height": 844}}], ids=["desk", "phone"])
def test_a_document_comes_and_goes(open_page, sample_folder, window):
    page = open_page("/", **WITHOUT_SCRIPT, **window)
    assert found(page) == 0
    enter(page)

    page.get_by_label("Files").set_input_files(sample_folder / SAMPLE)
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/admin/uploads")
    page.get_by_text("All is done.").wait_for(timeout=PATIENCE)  # the page comes again by itself
    row = page.get_by_role("row", name=SAMPLE)
    assert "Done: " in row.inner_text()
    row.locator("summary").click()
    assert row.get_by_text("per cent of the source’s").is_visible()
    row.get_by_role("link").first.click()
    title = page.locator("h1").inner_text()
    address = page.url
    assert found(page) > 0

    page.goto("/admin")
    page.get_by_role("link", name=f"Remove {title}").click()
    assert page.get_by_text("Passage sets keep their entries").is_visible()
    width = "document.documentElement"
    assert page.locator("html").evaluate(f"() => {width}.scrollWidth <= {width}.clientWidth") is True
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("All is done.").wait_for(timeout=PATIENCE)
    assert page.get_by_role("cell", name="Removed", exact=True).is_visible()
    assert found(page) == 0
    page.goto("/admin")
    page.get_by_role("button", name="Log out").click()
    assert page.get_by_label("Token").is_visible()
    assert page.request.get(address).status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_have_no_barrier(open_page, axe, tmp_path, scheme):
    page = open_page("/admin", color_scheme=scheme, reduced_motion="reduce")
    assert_free(axe, page)
    enter(page)
    assert_free(axe, page)
    files = [("talk.txt", b"A talk\n\nIn 2001 INTERPOL asked for evidence.\n"), ("empty.txt", b"")]
    for name, content in files:
        (tmp_path / name).write_bytes(content)
    page.get_by_label("Files").set_input_files([tmp_path / name for name, _ in files])
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="Hold it still").click()
    page.get_by_role("link", name="Go on looking").wait_for()
    assert_free(axe, page)
    page.get_by_role("link", name="Go on looking").click()
    page.get_by_text("All is done.").wait_for(timeout=PATIENCE)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert_free(axe, page)
    page.goto("/admin/remove/talk")
    assert_free(axe, page)

"""axe-core finds nothing on any page type, in light and dark, at a desk and on a phone, everything unfolded."""

import pytest

from corpus.sets import PassageSet
from corpus.sets_store import Access
from tests.browser.conftest import assert_free

pytestmark = pytest.mark.browser

#: Page type -> address, {edit} and {read} being the links of a set.
PAGES = {
    "landing": "/",
    "results": "/?q=evidence&organisation=INTERPOL",
    "results explained": "/?q=evidence&explain=1",
    "nothing found": "/?q=zebra",
    "one filter": "/facets/organisation?q=evidence",
    "documents": "/documents",
    "document": "/documents/lecture-on-evidence",
    "document with hits": "/documents/report-2010?q=asked&organisation=INTERPOL",
    "text of an instrument": "/documents/model-law",
    "passage": "/passages/model-law/art-1-2",
    "organisations": "/organisations",
    "organisation": "/organisations/interpol",
    "instruments": "/instruments",
    "instrument": "/instruments/convention-on-cybercrime",
    "years": "/years",
    "sets": "/sets",
    "set to edit": "/sets/edit/{edit}",
    "set to read": "/sets/{read}",
    "check": "/check",
    "help": "/help",
}
WINDOWS = {
    "desk": {"viewport": {"width": 1400, "height": 900}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


@pytest.fixture(scope="session")
def links(library):
    """The links of a set with a heading, a note and tags."""
    names = ("report-2010/para-1", "model-law/art-1-1")
    made = PassageSet("Evidence").adding(names).annotated(names[0], note="First.", tags=["old"], heading="Week 1")
    stored = library.store.sets.create(made)
    return {access.value: library.store.sets.link(stored.id, access) for access in Access}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_barrier(open_page, axe, links, kind, window):
    page = open_page(PAGES[kind].format(**links), reduced_motion="reduce", **WINDOWS[window])
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert_free(axe, page)


@pytest.mark.parametrize("address", ["/documents/no-such", "/?q=%22evidence"])
def test_a_page_that_tells_of_trouble_has_no_barrier(chromium, site, axe, address):
    with chromium.new_context(base_url=site) as context:
        page = context.new_page()
        assert page.goto(address).status >= 400
        assert_free(axe, page)


def test_what_script_opens_has_no_barrier(open_page, axe):
    page = open_page("/documents/lecture-on-evidence", reduced_motion="reduce")
    page.locator("#p-1 .pinpoint").click()
    page.get_by_role("button", name="Copy citation").wait_for()
    assert_free(axe, page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert_free(axe, page)


def test_a_checked_text_has_no_barrier(open_page, axe):
    page = open_page("/check")
    page.get_by_label("Text with its footnotes").fill(
        "“Evidence may be shared if a judge allows it” (Model Law, art 9)."
    )
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="What was found").wait_for()
    assert_free(axe, page)

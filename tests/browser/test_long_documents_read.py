"""A document in parts, in a browser: addresses from elsewhere, hits from part to part, all of it without script."""

import pytest

from tests.browser import conftest
from tests.webapp.long_library import fill
from webapp.resources import Library
from webapp.settings import Settings

pytestmark = pytest.mark.browser

site = pytest.fixture(scope="module")(conftest.site.__wrapped__)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(library=tmp_path_factory.mktemp("library"), port=0)


@pytest.fixture(scope="module")
def library(settings):
    with Library(settings.library) as opened:
        fill(opened)
        yield opened


def in_view(page, place):
    from playwright.sync_api import expect  # a laptop may be without it

    expect(page.locator(f'[id="{place}"]')).to_be_in_viewport(timeout=conftest.PATIENCE)


def test_an_address_of_a_place_alone_still_leads_there(open_page):
    page = open_page("/documents/treaty#art-390")
    page.wait_for_url("**/documents/treaty?at=art-390#art-390")
    in_view(page, "art-390")


def test_the_address_of_no_place_stays_where_it_is(open_page):
    page = open_page("/documents/treaty?at=nowhere#nowhere")
    assert page.url.endswith("?at=nowhere#nowhere")


def test_the_keys_go_from_the_last_hit_of_a_part_into_the_next_and_back(open_page):
    page = open_page("/documents/treaty?q=lantern")
    last = page.locator(".hit-turn").last.locator("xpath=..").get_attribute("id")
    page.goto(f"{page.url}#{last}")
    page.keyboard.press("n")
    page.wait_for_url("**part=2#art-*")
    first = page.url.rpartition("#")[2]
    in_view(page, first)
    page.keyboard.press("p")
    page.wait_for_url(f"**/documents/treaty?q=lantern#{last}")
    in_view(page, last)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_part_has_no_barrier(open_page, axe, colours):
    conftest.assert_free(axe, open_page("/documents/treaty?q=lantern&part=2", color_scheme=colours))


def test_contents_and_parts_lead_on_without_script(open_page):
    page = open_page("/documents/treaty", java_script_enabled=False)
    page.get_by_role("link", name="Chapter 40").click()
    page.wait_for_url("**part=2#h-*")
    page.get_by_role("navigation", name="Parts", exact=True).get_by_role("link", name="Part 1").click()
    page.wait_for_url("**/documents/treaty")

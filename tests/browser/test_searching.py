"""The comforts of searching: names offered while one types, values found in a facet, values excluded, hits in turn."""

import re

import pytest

from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, passage

pytestmark = pytest.mark.browser


def value(page):
    return page.locator("#q").input_value()


def option(page, label):
    return page.get_by_role("option", name=re.compile(f"^{label} "))


def test_a_name_is_offered_and_taken_by_the_keys(open_page):
    page = open_page("/")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("evidence council of e")
    option(page, "Council of Europe").wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert "Council of Europe" in chosen.inner_text()
    box.press("Enter")
    assert value(page) == 'evidence organisation:"Council of Europe" '
    assert not page.get_by_role("listbox").is_visible()
    box.press("Enter")
    page.wait_for_url("**/?q=evidence+organisation*")


def test_offers_go_away_and_nothing_is_taken_that_was_not_chosen(open_page):
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("inter")
    option(page, "INTERPOL organisation").wait_for()
    box.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    assert value(page) == "inter"
    box.press_sequentially("p")
    option(page, "INTERPOL organisation").wait_for()
    box.press("Enter")
    page.wait_for_url("**/?q=interp")


def test_an_offer_is_taken_by_a_click_before_what_stands_behind_the_cursor(open_page):
    page = open_page("/?q=evidence")
    box = page.get_by_role("combobox")
    box.press("Home")
    box.press_sequentially("telegr")
    option(page, "telegram").click()
    assert value(page) == "telegram evidence" or value(page).startswith("telegram")


def test_offers_lie_over_the_page_and_move_nothing(open_page):
    page = open_page("/?q=evidence")
    before = page.locator("#found").bounding_box()
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("inter")
    option(page, "INTERPOL organisation").wait_for()
    assert page.locator("#found").bounding_box() == before


def test_a_value_is_excluded_without_script_and_let_in_again(open_page):
    page = open_page("/?q=evidence", java_script_enabled=False)
    page.locator("button[name='not_organisation'][value='INTERPOL']").click()
    page.wait_for_url("**/?q=evidence&not_organisation=INTERPOL")
    page.get_by_role("checkbox", name="not INTERPOL").uncheck()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/?q=evidence")


def test_all_values_of_a_facet_are_searched_without_script(open_page):
    page = open_page("/facets/organisation?q=evidence", java_script_enabled=False)
    page.get_by_label("Find in this list").fill("euro")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Council of Europe", exact=True).click()
    page.wait_for_url("**/?q=evidence&organisation=Council+of+Europe")


def test_the_box_in_a_facet_finds_values_that_the_page_does_not_hold(open_page, library):
    names = [f"Guild of the Lamps of Harbour {number:03}" for number in range(60)]
    passages = [passage(f"{name} met", "guilds", number=at, organisations=[name]) for at, name in enumerate(names, 1)]
    library.store.replace(document("guilds"), passages, SourceState("guilds.txt", "1", "guilds"))
    sync(library.store, library.engine)
    page = open_page("/?q=met")
    more = page.locator("details.facet").filter(has_text="Organisation").first.locator("details.more").first
    more.locator("summary").click()
    assert page.get_by_label("Guild of the Lamps of Harbour 057").count() == 0
    # what was ticked stays when something else is looked for
    for number in ("057", "043"):
        more.get_by_label("Find in the list Organisation").fill(number)
        more.get_by_role("checkbox", name=f"Guild of the Lamps of Harbour {number}").check()
    more.get_by_label("Find in the list Organisation").fill("")
    assert more.get_by_role("checkbox", checked=True).count() == 2
    assert more.locator("li").count() > 10
    page.get_by_role("button", name="Apply filters").click()
    guild = "organisation=Guild+of+the+Lamps+of+Harbour"
    page.wait_for_url(re.compile(rf"\?q=met&{re.escape(guild)}\+0(57|43)&{re.escape(guild)}\+0(57|43)$"))
    library.store.remove("guilds")
    sync(library.store, library.engine)


def test_hits_are_visited_in_turn_by_links_and_by_keys(open_page):
    page = open_page("/documents/report-2010?q=interpol")
    turns = page.locator(".hit-turn")
    anchors = turns.evaluate_all("turns => turns.map(turn => turn.parentElement.id)")
    page.locator(".search-hits a").first.click()
    assert page.url.endswith(f"#{anchors[0]}")
    page.keyboard.press("n")
    page.wait_for_url(f"**#{anchors[1]}")
    page.get_by_role("link", name="Next hit").nth(1).click()
    page.wait_for_url(f"**#{anchors[2]}")
    page.keyboard.press("p")
    page.wait_for_url(f"**#{anchors[1]}")
    page.keyboard.press("p")
    page.keyboard.press("p")
    page.wait_for_url(f"**#{anchors[0]}")


def test_a_letter_typed_into_the_box_is_a_letter(open_page):
    page = open_page("/documents/report-2010?q=interpol")
    page.locator("#q").press_sequentially("np/")
    assert value(page) == "np/"
    assert "#" not in page.url

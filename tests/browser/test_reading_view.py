"""The reading view in a browser: marks switched off without script, the bar of hits, notes up and down."""

import pytest

pytestmark = pytest.mark.browser

COLOUR = "each => getComputedStyle(each).textDecorationColor"


def test_marks_of_one_type_are_switched_off_and_on_without_script(open_page):
    page = open_page("/documents/lecture-on-evidence", java_script_enabled=False)
    organisation, instrument = (page.locator(f"#p-1 .name.{kind}").first for kind in ("organisation", "instrument"))
    shown = organisation.evaluate(COLOUR)
    page.get_by_label("organisations").uncheck()
    assert organisation.evaluate(COLOUR) == "rgba(0, 0, 0, 0)"
    assert instrument.evaluate(COLOUR) == shown
    page.get_by_label("organisations").check()
    assert organisation.evaluate(COLOUR) == shown


def test_a_name_tells_what_it_stands_for_when_the_keyboard_reaches_it(open_page):
    page = open_page("/documents/lecture-on-evidence")
    page.locator("#p-1 .pinpoint").focus()
    page.keyboard.press("Tab")
    told = "each => getComputedStyle(each, '::after').content"
    assert page.locator("#p-1 .name.organisation").first.evaluate(told) == '"Organisation: Council of Europe"'


def test_the_bar_of_hits_leads_to_them(open_page):
    page = open_page("/documents/report-2010?q=asked&organisation=INTERPOL")
    cell = page.locator(".heat a").last
    assert cell.get_attribute("aria-label") == "1 hit under “Findings”"
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#para-24")
    page.locator("#para-24").wait_for()
    rule = "each => getComputedStyle(each.querySelector(\x27.text\x27), \x27::after\x27).content"
    assert page.locator("#para-24").evaluate(rule) != page.locator("#para-2").evaluate(rule)

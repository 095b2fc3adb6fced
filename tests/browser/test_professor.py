"""A professor prepares a class: search, narrow, read, cite, download; on a desk, on a phone, and without script."""

import csv
import io
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}}


def found(page):
    return page.locator("#found").inner_text()


def test_search_narrow_read_cite_and_download(open_page):
    page = open_page("/")
    page.get_by_role("combobox").fill("evidence")
    page.keyboard.press("Enter")
    everything = found(page)

    page.locator("input[name='organisation'][value='INTERPOL']").check()
    page.locator("input[name='kind'][value='report']").check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/?q=evidence&organisation=INTERPOL&kind=report")
    assert found(page) != everything
    number = int(re.match(r"\d+", found(page))[0])
    assert page.locator("article.result").count() == number > 0
    assert page.locator(".chips a").count() == 3

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = page.locator("article .pinpoint").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [f"/passages/{row['id']}" for row in rows] == shown

    page.get_by_role("link", name="Open in context").first.click()
    page.wait_for_url("**/documents/report-2010?q=evidence&organisation=INTERPOL&kind=report#para-*")
    anchor = page.url.partition("#")[2]
    target = page.locator(f'[id="{anchor}"]')
    assert target.is_visible()
    rule = "each => getComputedStyle(each.querySelector('.text'), '::after').content"
    assert target.evaluate(rule) != page.locator('[id="para-2"]').evaluate(rule)
    target.locator(".pinpoint").click()
    target.get_by_role("link", name="Its page").click()
    page.wait_for_url(f"**/passages/report-2010/{anchor}")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    citation = page.locator("#citations [data-copy='citation']").first
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == citation.inner_text()
    page.locator("#said").filter(has_text="Copied").wait_for(state="attached")


def test_the_year_drawing_and_the_range_lead_to_the_same_place(open_page):
    page = open_page("/?q=asked")
    page.get_by_label("Year named, from").fill("2000")
    page.get_by_label("Year named, to").fill("2002")
    page.get_by_role("button", name="Apply the years").first.click()
    page.wait_for_url("**/?q=asked&year=2000..2002")
    by_range = found(page)
    page.goto("/?q=asked")
    page.locator(".histogram a[aria-label^='2001']").first.click()
    page.wait_for_url("**/?q=asked&year=2001")
    assert found(page) == by_range


def test_a_note_is_reached_and_left_again(open_page):
    page = open_page("/documents/lecture-on-evidence", viewport={"width": 1400, "height": 900})
    note, text = page.locator("#fn-1"), page.locator("#p-1 > .text")
    # on a wide screen the note begins beside the first line of its paragraph
    assert note.bounding_box()["x"] > text.bounding_box()["x"] + text.bounding_box()["width"]
    assert abs(note.bounding_box()["y"] - text.bounding_box()["y"]) < 12
    page.locator("#p-1 sup a").first.click()
    assert page.url.endswith("#fn-1")
    note.locator(".note-number").click()
    assert "#call-1" in page.url


def test_on_a_phone_nothing_is_lost_and_nothing_sticks_out(open_page):
    page = open_page("/?q=evidence&organisation=INTERPOL", **PHONE)
    box = page.locator("input[name='kind'][value='report']")
    assert not box.is_visible()
    page.locator(".facets > summary").click()
    assert box.is_visible()
    box.check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**kind=report")
    for address in (
        "/",
        "/?q=evidence",
        "/documents/lecture-on-evidence",
        "/passages/model-law/art-1-1",
        "/documents",
        "/years",
        "/facets/organisation?q=evidence",
        "/documents/lecture-on-evidence?q=interpol",
        "/organisations/interpol",
        "/instruments/convention-on-cybercrime",
        "/sets",
        "/check",
        "/help",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"], address


def test_without_script_everything_works(open_page):
    page = open_page("/?q=evidence", java_script_enabled=False)
    page.locator("input[name='organisation'][value='INTERPOL']").check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/?q=evidence&organisation=INTERPOL")
    page.locator("article details.cite summary").first.click()
    assert page.locator("[data-copy='citation']").first.is_visible()
    assert page.get_by_role("button", name="Copy").count() == 0


def test_keys_alone_are_enough(open_page):
    page = open_page("/documents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    page.keyboard.type("telegram")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=telegram")
    assert found(page) == "1 passage in 1 document"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_fonts_are_used_in_both_schemes(open_page, scheme):
    page = open_page("/documents/model-law", color_scheme=scheme)
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('18px \"Source Serif 4\"'))")
    paper, ink = page.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
    brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (paper, ink)]
    assert (brightness[0] > brightness[1]) == (scheme == "light")


def test_a_line_of_text_has_the_length_that_is_read_with_ease(open_page):
    page = open_page("/documents/lecture-on-evidence", viewport={"width": 1400, "height": 900})
    page.evaluate("document.fonts.ready.then(() => null)")
    characters = page.evaluate(
        """() => {
            const node = [...document.querySelectorAll('#p-4 > .text')][0].firstChild;
            const range = document.createRange();
            range.selectNodeContents(node);
            return node.length / range.getClientRects().length;
        }"""
    )
    assert 60 <= characters <= 74

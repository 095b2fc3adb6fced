"""A professor makes a course pack of a set and gives it to the class, in a browser without scripts."""

import pytest

from corpus.sets import PassageSet
from corpus.sets_json import to_json

pytestmark = pytest.mark.browser

PASSAGES = ("report-2010/para-1", "report-2010/para-2", "model-law/art-1-1")
WITHOUT_SCRIPT = {"java_script_enabled": False}


def order(page):
    return [article.get_attribute("id") for article in page.locator("article.result").all()]


@pytest.mark.parametrize("window", [{}, {"viewport": {"width": 390, "height": 844}}], ids=["desk", "phone"])
def test_a_set_is_put_in_order_and_read_by_the_class(open_page, tmp_path, window):
    file = tmp_path / "set.json"
    file.write_text(to_json(PassageSet("Evidence").adding(PASSAGES)), encoding="utf-8")
    page = open_page("/sets", **WITHOUT_SCRIPT, **window)
    page.get_by_label("JSON file of a set").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/sets/edit/*")
    assert order(page) == list(PASSAGES)

    page.get_by_role("button", name="Move passage 2 up").click()
    assert order(page) == [PASSAGES[1], PASSAGES[0], PASSAGES[2]]
    first = page.locator("article.result").first
    first.get_by_text("Note, tags, heading").click()
    first.get_by_label("Note", exact=True).fill("Read this first.")
    first.get_by_label("Heading or week").fill("Week 2")
    first.get_by_label("Heading or week").press("Enter")  # saves, and moves nothing
    assert order(page) == [PASSAGES[0], PASSAGES[2], PASSAGES[1]]
    page.get_by_role("button", name="Remove passage 1").click()
    page.get_by_role("button", name="Freeze it").click()
    assert page.get_by_role("button", name="Up").count() == 0
    width = "document.documentElement"
    assert page.locator("html").evaluate(f"() => {width}.scrollWidth <= {width}.clientWidth") is True

    page.get_by_role("button", name="Make a link for readers").click()
    shared = page.locator("a[data-copy='readers_link']").get_attribute("href")
    reader = open_page(shared, **WITHOUT_SCRIPT)
    assert reader.locator("h1").inner_text() == "Evidence"
    assert order(reader) == [PASSAGES[2], PASSAGES[1]]
    assert reader.locator("h2").all_inner_texts() == ["Week 2"]
    assert reader.get_by_text("Read this first.").is_visible()
    assert reader.get_by_role("button", name="Remove").count() == 0
    reader.get_by_role("button", name="Make a copy of my own").click()
    reader.wait_for_url("**/sets/edit/*")
    assert reader.get_by_role("button", name="Freeze it").is_visible()

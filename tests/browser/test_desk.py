"""What people sit down to do: a student filters, an article is noted up, a set goes to the class and to Word."""

import re
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

WITHOUT_SCRIPT = {"java_script_enabled": False}


def found(page):
    return page.locator("#found").inner_text()


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_a_student_filters_by_organisation_and_year(open_page):
    page = open_page("/?q=asked")
    page.locator("input[name='organisation'][value='INTERPOL']").check()
    page.get_by_label("Year named, from").fill("1997")
    page.get_by_label("Year named, to").fill("1999")
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/?q=asked&organisation=INTERPOL&year=1997..1999")
    texts = page.locator("article.result .text").all_inner_texts()
    assert texts
    assert all("INTERPOL" in text and "1998" in text for text in texts)
    page.locator(".chips a").first.click()
    page.wait_for_url("**/?q=asked&year=1997..1999")
    assert page.locator("article.result").count() > len(texts)


def test_an_article_is_noted_up(open_page):
    page = open_page("/instruments")
    page.get_by_role("link", name="Convention on Cybercrime").first.click()
    row = page.locator("table.articles tr").filter(has_text="Article 16")
    assert "1 passage in 1 document" in row.inner_text()
    row.get_by_role("link", name="art 1(2)").click()
    page.wait_for_url("**/passages/model-law/art-1-2")
    assert "Article 16(2)" in page.locator(".asked .text").inner_text()
    page.go_back()
    row.get_by_role("link", name="1 passage in 1 document").click()
    page.wait_for_url("**/?provision=*")
    assert found(page) == "1 passage in 1 document"


@pytest.mark.parametrize("window", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_set_is_collected_shared_and_opened_in_word(open_page, window):
    page = open_page("/?q=asked&organisation=INTERPOL", **window)
    page.get_by_role("button", name="Add to set").first.click()
    page.wait_for_url("**/?q=asked&organisation=INTERPOL#report-2010/para-*")
    assert page.locator("article.result a.collected").count() == 1
    page.get_by_role("button", name=re.compile("Add these")).click()
    assert page.get_by_role("button", name="Add to set").count() == 0
    count = page.locator("a.collected").count()
    page.goto("/passages/model-law/art-1-1")
    page.get_by_role("button", name="Add to set").click()
    page.get_by_role("link", name="In “My passages”").click()
    page.wait_for_url("**/sets/edit/**")
    assert page.locator("article.result").count() == count + 1

    page.get_by_role("button", name="Make a link for readers").click()
    reader = open_page(page.locator("a[data-copy='readers_link']").get_attribute("href"), **window)
    assert reader.locator("article.result").count() == count + 1
    assert reader.get_by_role("button", name="Up").count() == 0
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Word").click()
    with zipfile.ZipFile(Path(download.value.path())) as word:
        body, notes = (word.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))
    assert len(re.findall(r"<w:footnoteReference\b", body)) == count + 1
    assert "Evidence may be shared if" in body
    assert "Report of the Working Party" in notes


def test_any_format_and_style_is_offered(open_page):
    page = open_page("/?q=telegram")
    page.get_by_text("Other formats").click()
    page.get_by_label("Format").select_option("markdown")
    page.get_by_label("Citations").select_option("apa")
    with page.expect_download() as download:
        page.locator("details").get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "pincite-1-passages.md"
    assert "Marginal, A. (2019" in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_pinpoint_gives_citation_quotation_and_link_by_the_keys_alone(open_page):
    page = open_page("/documents/lecture-on-evidence#p-2")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pinpoint = page.locator("#p-2 .pinpoint")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.textContent") == "Copy citation"
    told = {
        "citation": "Ada Marginal",
        "quotation with its citation": "“Before that, INTERPOL carried",
        "link": "/passages/lecture-on-evidence/p-2",
    }
    for name, part in told.items():
        page.keyboard.press("Enter")
        page.locator("#said").filter(has_text=f"Copied the {name}.").wait_for(state="attached")
        assert part in clipboard(page)
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".tools-of-passage").count() == 0
    assert pinpoint.evaluate("each => each === document.activeElement")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add to set").press("Enter")
    page.wait_for_url("**/documents/lecture-on-evidence#p-2")
    page.goto("/sets")
    assert page.locator("table.list .numeric").last.inner_text() == "1"


def test_a_quotation_is_copied_with_its_citation_from_results(open_page):
    page = open_page("/?q=telegram")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("article summary").first.click()
    page.get_by_role("button", name="Copy quotation").click()
    page.get_by_text("Copied", exact=True).wait_for()
    words, citation, link = clipboard(page).splitlines()
    assert words.startswith("“Before that, INTERPOL")
    assert "Ada Marginal" in citation
    assert link.endswith("/passages/lecture-on-evidence/p-2")


def test_the_keys_are_told_over_the_page_and_on_their_own(open_page):
    page = open_page("/documents/model-law")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    sheet.wait_for()
    assert "next hit" in sheet.inner_text()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    page.keyboard.press("?")
    sheet.wait_for()
    plain = open_page("/documents/model-law", **WITHOUT_SCRIPT)
    plain.get_by_role("link", name="Help and keys").click()
    plain.wait_for_url("**/help#keys")
    assert plain.locator("#keys").is_visible()


@pytest.mark.parametrize("window", [{}, WITHOUT_SCRIPT], ids=["script", "no script"])
def test_a_paper_is_checked(open_page, window):
    page = open_page("/", **window)
    page.get_by_role("link", name="Check footnotes").click()
    quoted = "“Evidence may be shared if: (a) a judge allows it” (Model Law on Shared Evidence, art 1(1))."
    draft = f"{quoted} See also Model Law on Shared Evidence, art 44."
    page.get_by_label("Text with its footnotes").fill(draft)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="What was found").wait_for()
    verdicts = page.locator(".findings h3").all_inner_texts()
    assert any("Found" in verdict for verdict in verdicts)
    assert any("Wrong pinpoint" in verdict for verdict in verdicts)
    page.locator(".findings a[href*='model-law']").first.click()
    page.wait_for_url("**/model-law**")

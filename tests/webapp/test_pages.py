"""What a reader sees and can follow, page by page."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

import webapp
from corpus.citation import STYLES
from corpus.store import SourceState
from search.indexer import sync
from tests.factories import document, passage
from webapp import create_app
from webapp.resources import Library
from webapp.settings import Settings


def texts(tree, path):
    return [" ".join(element.text_content().split()) for element in tree.xpath(path)]


def count(tree):
    return texts(tree, "//h2[@id='found']")[0]


# -- the first page ----------------------------------------------------------------------------------------------


def test_the_first_page_shows_the_library_and_ways_into_it(page):
    tree = page("/")
    assert "35 passages" in tree.xpath("string(//h1)")
    assert "3 documents" in tree.xpath("string(//h1)")
    links = tree.xpath("//main//a/@href")
    assert {"/documents/model-law", "/organisations/interpol", "/instruments/a-res-55-63", "/?year=2001"} <= set(links)


@pytest.mark.parametrize("address", ["/?q=", "/?q=+&organisation=&year_from=&year_to=", "/?utm_source=x", "/?page=2"])
def test_blank_forms_lead_to_the_first_page(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.location) == (302, "/")


# -- searching ---------------------------------------------------------------------------------------------------


def test_a_search_shows_hits_marked_with_their_place(page):
    tree = page("/?q=telegram")
    assert count(tree) == "1 passage in 1 document"
    assert texts(tree, "//article//mark") == ["telegram"]
    assert texts(tree, "//article//p[@class='path']") == ["I. Where it began › A. The older channel"]
    assert tree.xpath("//article//a[contains(@class, 'pinpoint')]/@href") == ["/passages/lecture-on-evidence/p-2"]
    assert texts(tree, "//article//a[contains(@class, 'pinpoint')]") == ["p 1"]
    assert "/documents/lecture-on-evidence?q=telegram#p-2" in tree.xpath("//article//a/@href")


def test_how_the_query_was_read_stands_under_it(page):
    assert texts(page("/?q=telegram"), "//p[@class='reading']") == ["Read as the word telegram"]


def test_each_part_of_the_query_can_be_taken_out(page):
    tree = page("/?q=telegram+INTERPOL+-lamp&kind=lecture")
    [reading] = tree.xpath("//p[@class='reading']")
    told = "Read as the word telegram × and the organisation INTERPOL × without the word lamp ×"
    assert " ".join(reading.text_content().split()) == told
    assert [link.get("aria-label") for link in reading.xpath(".//a")] == [
        "Search without the word telegram",
        "Search without the organisation INTERPOL",
        "Search without the word lamp",
    ]
    without = [page(href) for href in reading.xpath(".//a/@href")]
    assert [" ".join(each.xpath("string(//p[@class='reading'])").split()) for each in without] == [
        "Read as the organisation INTERPOL × without the word lamp ×",
        "Read as the word telegram × without the word lamp ×",
        "Read as the word telegram × and the organisation INTERPOL ×",
    ]
    assert all(each.xpath("//input[@name='kind' and @checked]") for each in without)


def test_a_query_that_only_leaves_out_is_read_as_one(page):
    assert texts(page("/?q=-lamp"), "//p[@class='reading']") == ["Read as every passage without the word lamp"]


def test_markup_in_texts_titles_and_queries_is_text(client):
    body = client.get("/?q=nobody").text
    assert "&lt;b&gt;" in body
    assert "<b>" not in body
    assert "Evidence &lt;Across&gt; Borders &amp; Beyond" in body
    body = client.get("/?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in body


def test_facets_are_boxes_of_the_search_form(page):
    tree = page("/?q=evidence&organisation=INTERPOL")
    boxes = tree.xpath("//input[@type='checkbox']")
    assert {box.get("form") for box in boxes} == {"search"}
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == ["INTERPOL"]
    # the facet's own filter does not count against its other values
    assert any(box.get("name") == "organisation" and box.get("value") == "Council of Europe" for box in boxes)


def test_filters_narrow_the_result_and_can_be_removed_one_by_one(page):
    whole, filtered = page("/?q=evidence"), page("/?q=evidence&organisation=INTERPOL&kind=report")
    number = [int(re.match(r"\d+", count(tree))[0]) for tree in (whole, filtered)]
    assert number[0] > number[1] > 0
    chips = filtered.xpath("//ul[@class='chips']//a")
    assert [(" ".join(chip.text_content().split()), chip.get("href")) for chip in chips] == [
        ("Organisation: INTERPOL remove", "/?q=evidence&kind=report"),
        ("Document kind: Report remove", "/?q=evidence&organisation=INTERPOL"),
        ("Clear all", "/?q=evidence"),
    ]


def test_two_values_of_one_facet_are_or_and_two_facets_are_and(page):
    def number(address):
        return int(re.match(r"\d+", count(page(address)))[0])

    one, other = number("/?organisation=INTERPOL"), number("/?organisation=Council+of+Europe")
    assert number("/?organisation=INTERPOL&organisation=Council+of+Europe") == one + other
    assert number("/?organisation=INTERPOL&document=report-2010") < one


def test_an_alias_in_a_filter_is_sent_to_its_canonical_address(client):
    answer = client.get("/?organisation=CoE")
    assert (answer.status_code, answer.location) == (302, "/?organisation=Council+of+Europe")


def test_the_year_form_becomes_a_range_and_stands_in_its_inputs(page, client):
    assert client.get("/?q=asked&year_from=2000&year_to=2002").location == "/?q=asked&year=2000..2002"
    tree = page("/?q=asked&year=2000..2002")
    assert tree.xpath("//input[@name='year_from']/@value") == ["2000"]
    assert tree.xpath("//input[@name='year_to']/@value") == ["2002"]
    assert tree.xpath("//figure[@class='histogram']//a/@href")


def test_the_histogram_is_drawn_without_inline_style(page):
    tree = page("/?q=asked")
    bars = tree.xpath("//figure//*[name()='rect' and @class='bar']")
    assert len(bars) == 3
    assert all(float(bar.get("height")) > 0 for bar in bars)


def test_every_address_on_the_page_can_be_followed(page, client):
    tree = page("/?q=evidence&organisation=INTERPOL")
    addresses = {href for href in tree.xpath("//a/@href") if not href.startswith("#")}
    assert len(addresses) > 30
    for address in addresses:
        assert client.get(address.partition("#")[0]).status_code in {200, 302}, address


def test_long_results_have_pages_that_do_not_overlap(page):
    first, second = page("/?q=asked"), page("/?q=asked&page=2")
    places = [tree.xpath("//article//a[contains(@class, 'pinpoint')]/@href") for tree in (first, second)]
    assert [len(each) for each in places] == [20, 6]
    assert not set(places[0]) & set(places[1])
    assert first.xpath("//nav[@class='pages']//a[@rel='next']/@href") == ["/?q=asked&page=2"]


def test_a_page_behind_the_last_leads_to_the_last(client):
    assert client.get("/?q=asked&page=99").location == "/?q=asked&page=2"


def test_an_order_is_a_link_and_keeps_the_filters(page):
    tree = page("/?q=evidence&kind=report")
    assert "/?q=evidence&kind=report&sort=date" in tree.xpath("//p[@class='order']//a/@href")
    tree = page("/?q=evidence&sort=document")
    assert texts(tree, "//p[@class='order']/strong") == ["Document"]
    assert tree.xpath("//form[@id='search']//input[@name='sort']/@value") == ["document"]


def test_a_long_passage_is_folded_around_its_hit(page):
    [article] = page("/?q=quicksand").xpath("//article")
    assert "quicksand" in article.xpath("string(.//p[@class='text' and not(ancestor::details)])")
    assert texts(article, ".//details[@class='fold']/summary") == ["Beginning of the passage", "Rest of the passage"]


def test_names_are_chips_that_filter(page):
    tree = page("/?q=telegram")
    chips = tree.xpath("//ul[@class='names']//a")
    assert [(chip.text_content().strip(), chip.get("href")) for chip in chips] == [
        ("OINTERPOL", "/?q=telegram&organisation=INTERPOL"),
        ("Y1998", "/?q=telegram&year=1998"),
    ]


def test_a_result_carries_its_citation_and_permalink(page):
    [slip] = page("/?q=telegram").xpath("//article//details[@class='cite']")
    assert "Marginal" in texts(slip, ".//*[@data-copy='citation']")[0]
    assert texts(slip, ".//*[@data-copy='link']") == ["http://localhost/passages/lecture-on-evidence/p-2"]


def test_an_empty_result_says_what_to_do_next(page):
    tree = page("/?q=telegram&kind=report")
    assert count(tree) == "0 passages"
    assert texts(tree, "//div[@class='empty']//li")[0] == "Without Document kind: Report: 1 passage"
    assert tree.xpath("//div[@class='empty']//a/@href")[0] == "/?q=telegram"


def test_where_no_single_filter_is_to_blame_all_of_them_are(page):
    tree = page("/?q=telegram&kind=report&not_organisation=INTERPOL")
    assert "1 passage without the filters" in texts(tree, "//div[@class='empty']")[0]
    assert "/?q=telegram" in tree.xpath("//div[@class='empty']//a/@href")


# -- choosing and excluding -----------------------------------------------------------------------------------------


def test_a_value_is_excluded_by_a_button_of_the_form_and_let_in_again_by_its_box(page):
    tree = page("/?q=evidence")
    [button] = tree.xpath("//button[@name='not_organisation' and @value='INTERPOL']")
    assert (button.get("form"), button.get("aria-label")) == ("search", "Not INTERPOL")
    # the key Enter in the query box presses the first button of the form
    assert tree.xpath("//button[@form='search' or ancestor::form[@id='search']]")[0].text == "Search"
    tree = page("/?q=evidence&not_organisation=INTERPOL")
    [row] = tree.xpath("//li[@class='excluded']")
    [box] = row.xpath(".//input")
    assert (box.get("name"), box.get("value"), box.get("checked")) == ("not_organisation", "INTERPOL", "checked")
    assert texts(row, ".//s") == ["INTERPOL"]
    chips = tree.xpath("//ul[@class='chips']//a")
    assert [(" ".join(chip.text_content().split()), chip.get("href")) for chip in chips] == [
        ("Organisation: not INTERPOL remove", "/?q=evidence")
    ]


def test_what_is_found_without_a_value_and_with_it_is_everything(page):
    def number(address):
        return int(re.match(r"\d+", count(page(address)))[0])

    assert number("/?organisation=INTERPOL") + number("/?not_organisation=INTERPOL") == number("/?sort=document")


def test_a_value_is_read_aloud_with_its_passages_and_documents(page):
    [row] = page("/?q=evidence").xpath("//li[.//input[@name='organisation' and @value='INTERPOL']]")
    assert re.fullmatch(r"\d+ passages in 2 documents", texts(row, ".//span[@class='count']")[0])
    for words in row.xpath(".//*[@class='unseen']"):
        words.text = ""
    assert re.fullmatch(r"\d+ in 2", texts(row, ".//span[@class='count']")[0])


def test_provisions_and_kinds_are_written_for_readers(page):
    tree = page("/?q=article")
    assert "Convention on Cybercrime, art 16(2)" in texts(
        tree, "//label[.//input[@name='provision']]/span[@class='label']"
    )
    assert "Paragraph" in texts(tree, "//label[.//input[@name='passage_kind']]/span[@class='label']")
    chips = texts(page("/?q=article&provision=Convention+on+Cybercrime%7C16(2)"), "//ul[@class='chips']//a")
    assert chips == ["Cited provision: Convention on Cybercrime, art 16(2) remove"]


def test_every_facet_of_years_has_a_range(page, client):
    tree = page("/?q=evidence")
    names = {f"{facet}_{end}" for facet in ("year", "document_year", "cited_year") for end in ("from", "to")}
    assert names <= set(tree.xpath("//input/@name"))
    labels = tree.xpath("//p[@class='range']//input/@aria-label")
    assert len(labels) == len(set(labels)) == 6
    assert "/facets/cited_year?q=evidence" in tree.xpath("//p[@class='all-values']/a/@href")
    assert client.get("/?q=evidence&document_year_from=2019").location == "/?q=evidence&document_year=2019.."
    assert page("/?q=evidence&document_year=2019..").xpath("//input[@name='document_year_from']/@value") == ["2019"]


def test_only_all_the_words_is_a_chip_and_stays_in_the_form(page):
    tree = page("/?q=evidence&exactly=1")
    assert tree.xpath("//form[@id='search']//input[@name='exactly']/@value") == ["1"]
    assert texts(tree, "//ul[@class='chips']//a") == ["Only passages with all the words remove"]
    assert not page("/?q=evidence").xpath("//input[@name='exactly']")


# -- all values of a facet -------------------------------------------------------------------------------------------


def test_a_facet_s_page_lists_its_values_with_links_back_to_the_search(page, client):
    tree = page("/facets/organisation?q=evidence&kind=report")
    rows = tree.xpath("//ul[@class='values']/li")
    assert [texts(row, "./a[@class='label']")[0] for row in rows] == ["Council of Europe", "INTERPOL"]
    assert rows[1].xpath("./a/@href") == [
        "/?q=evidence&organisation=INTERPOL&kind=report",
        "/?q=evidence&kind=report&not_organisation=INTERPOL",
    ]
    assert "/?q=evidence&kind=report" in tree.xpath("//p[@class='lede']/a/@href")
    for address in tree.xpath("//main//a/@href"):
        assert client.get(address).status_code == 200


def test_a_facet_s_page_shows_what_is_chosen_and_excluded(page):
    tree = page("/facets/organisation?organisation=INTERPOL&not_organisation=Council+of+Europe")
    chosen, excluded = tree.xpath("//ul[@class='values']/li")
    assert chosen.xpath("./a[@class='label']/@href") == ["/?not_organisation=Council+of+Europe"]
    assert texts(excluded, ".//s") == ["Council of Europe"]
    assert excluded.xpath("./a/@href") == ["/?organisation=INTERPOL"]


def test_values_are_found_by_a_part_of_their_name_without_script(page):
    tree = page("/facets/organisation?q=evidence&find=euro")
    assert texts(tree, "//ul[@class='values']/li/a[@class='label']") == ["Council of Europe"]
    [form] = tree.xpath("//form[@class='find']")
    assert form.get("action") == "/facets/organisation"
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    assert fields == {"q": "evidence", "find": "euro"}
    assert "No value has “zebra” in its name" in texts(page("/facets/country?find=zebra"), "//main")[0]


def test_the_values_of_a_facet_are_turned_page_by_page(tmp_path):
    passages = [passage(f"Year {year}", number=year, years=[year]) for year in range(1900, 2000)]
    with Library(tmp_path) as library:
        library.store.replace(document(), passages, SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        client = create_app(Settings(library=tmp_path), library=library).test_client()
        first, second = (html.fromstring(client.get(f"/facets/year?page={page}").text) for page in (1, 2))
        chosen = html.fromstring(client.get("/facets/year?year=1999&page=2").text)
        assert client.get("/facets/year?page=7").location == "/facets/year?page=2"
    years = [texts(tree, "//ul[@class='values']//a[@class='label']") for tree in (first, second, chosen)]
    assert [years[0], years[1]] == [
        [str(year) for year in range(1900, 1960)],
        [str(year) for year in range(1960, 2000)],
    ]
    assert (years[2][0], len(years[2])) == ("1999 remove", 40)
    assert first.xpath("//nav[@class='pages']/a[@rel='next']/@href") == ["/facets/year?page=2"]
    assert second.xpath("//nav[@class='pages']/a[@rel='prev']/@href") == ["/facets/year"]


def test_an_unknown_facet_is_not_found(page, client):
    assert "known are organisation, within" in texts(page("/facets/colour", 404), "//p[@class='message']")[0]
    assert client.get("/api/v1/facets/colour").json["error"]["kind"] == "NotFound"
    assert client.get("/facets/year?page=many").status_code == 400


# -- errors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('evidence AND "open', '"'),
        ("evidence AND (open", "("),
        ("year:soon", None),
        ("ev*", None),
        ("kind:novel", None),
    ],
)
def test_a_malformed_query_is_answered_with_its_place(client, page, query, marked):
    tree = page(f"/?q={query.replace(' ', '+')}", 400)
    [trouble] = tree.xpath("//div[@role='alert']")
    assert texts(trouble, ".//p[@class='message']")[0].endswith(".")
    assert tree.xpath("//input[@id='q']/@value") == [query]
    if marked:
        assert trouble.xpath(".//mark/text()") == [marked]
    again = trouble.xpath(".//a[contains(@href, 'q=')]/@href")[0]
    assert client.get(again, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("address", ["/?year=soon", "/?kind=novel", "/?sort=price", "/?q=" + "x" * 1001])
def test_an_impossible_filter_is_a_bad_request(page, address):
    assert page(address, 400).xpath("//p[@class='message']")


@pytest.mark.parametrize(
    "query",
    [
        "%00",
        "%ff%fe",
        "(" * 200,
        "a:" * 100,
        "*",
        "~",
        "\\",
        "AND",
        "-",
        "..",
        "%F0%9F%92%A5",
        "x" * 999,
        "NOT",
        '""',
        "[]{}",
    ],
)
def test_no_query_is_an_internal_error(client, query):
    assert client.get(f"/?q={query}", follow_redirects=True).status_code in {200, 400}


@pytest.mark.parametrize(
    "address",
    [
        "/documents/unknown",
        "/passages/unknown/p-1",
        "/passages/nothing",
        "/organisations/unknown",
        "/instruments/x",
        "/no",
    ],
)
def test_unknown_things_are_not_found_and_say_where_to_look(page, address):
    tree = page(address, 404)
    assert "/documents" in tree.xpath("//div[@role='alert']//a/@href")


@pytest.mark.parametrize("place", ["para-99", "para-1-2-3", "not a locator", "PARA-1", "para-"])
def test_an_unknown_passage_of_a_known_document_names_what_the_document_holds(page, place):
    tree = page(f"/passages/report-2010/{place}", 404)
    links = tree.xpath("//div[@role='alert']//a/@href")
    assert {"/documents/report-2010", "/passages/report-2010/para-1", "/passages/report-2010/para-26"} <= set(links)


# -- hits in context -------------------------------------------------------------------------------------------------


def test_a_document_opened_from_a_search_has_its_hits_marked_and_numbered(page):
    tree = page("/documents/lecture-on-evidence?q=interpol")
    turns = tree.xpath("//p[@class='hit-turn']")
    assert [" ".join(turn.text_content().split()) for turn in turns] == ["hit 1 of 2 ›", "‹ hit 2 of 2"]
    # in the order of the page: the note beside its paragraph comes before the paragraph behind it
    assert [turn.getparent().get("id") for turn in turns] == ["fn-2", "p-2"]
    assert [turn.xpath("./a/@href") for turn in turns] == [["#p-2"], ["#fn-2"]]
    assert texts(tree, "//mark") == ["INTERPOL", "INTERPOL"]
    assert tree.xpath("//p[@class='search-hits']/a/@href") == [
        "#fn-2",
        "/?q=interpol",
        "/documents/lecture-on-evidence",
    ]
    assert texts(tree, "//p[@class='search-hits']/a")[0] == "2 hits"


def test_the_hits_of_a_document_are_those_of_the_search_with_its_filters(page):
    whole = page("/documents/report-2010?q=asked")
    some = page("/documents/report-2010?q=asked&organisation=INTERPOL")
    found = page("/?q=asked&organisation=INTERPOL")
    assert len(whole.xpath("//p[@class='hit-turn']")) == 26
    anchors = {turn.getparent().get("id") for turn in some.xpath("//p[@class='hit-turn']")}
    links = [href for href in found.xpath("//article//h3/a/@href") if "report-2010" in href]
    assert {link.partition("#")[2] for link in links} == anchors
    assert {link.partition("#")[0] for link in links} == {"/documents/report-2010?q=asked&organisation=INTERPOL"}


def test_what_answers_in_part_is_no_hit_where_others_answer_in_full(page):
    # every paragraph of the report holds both words, the lecture's hold one of them
    assert "those below the line" not in page("/?q=evidence+asked").text_content()
    tree = page("/documents/lecture-on-evidence?q=evidence+asked")
    assert not tree.xpath("//p[@class='hit-turn']")
    # where none answers in full, those that answer in part are the results
    assert page("/documents/lecture-on-evidence?q=evidence+telegram+zebra").xpath("//p[@class='hit-turn']")


def test_a_document_with_marks_is_the_same_document(page):
    assert page("/documents/model-law?q=evidence").xpath("//link[@rel='canonical']/@href") == [
        "http://localhost/documents/model-law"
    ]


def test_names_keep_their_links_with_a_hit_inside(page):
    [name] = page("/documents/lecture-on-evidence?q=cybercrime").xpath(
        "//div[@id='p-1']//a[contains(@class, 'instrument')]"
    )
    assert name.text_content() == "Convention on Cybercrime"
    assert name.xpath("./mark")


def test_a_bar_shows_where_in_the_document_the_hits_fall(page):
    tree = page("/documents/report-2010?q=asked&organisation=INTERPOL")
    cells = tree.xpath("//*[name()='svg' and @class='heat']//*[name()='a']")
    assert [cell.get("href") for cell in cells] == [
        f"#{turn.getparent().get('id')}" for turn in tree.xpath("//p[@class='hit-turn']")
    ]
    assert {cell.get("aria-label") for cell in cells} == {"1 hit under “Findings”"}
    assert texts(tree, "//nav[@class='contents']//span[@class='count']") == ["7 hits"]
    assert not page("/documents/report-2010").xpath("//*[@class='heat']")


def test_marks_are_switched_off_by_boxes_that_need_no_script(page):
    tree = page("/documents/lecture-on-evidence")
    boxes = tree.xpath("//fieldset[@class='legend']//input")
    assert [box.get("id") for box in boxes] == ["mark-organisation", "mark-instrument", "mark-year"]
    assert all(box.get("checked") is not None and box.get("name") is None for box in boxes)
    sheet = (Path(webapp.__file__).parent / "static" / "reading.css").read_text()
    assert all(f"#{box.get('id')}:not(:checked)" in sheet for box in boxes)


def test_a_document_without_hits_says_so_and_one_without_a_search_says_nothing(page):
    tree = page("/documents/model-law?q=telegram")
    assert texts(tree, "//p[@class='search-hits']")[0].startswith("No passage here answers telegram")
    assert not tree.xpath("//mark | //p[@class='hit-turn']")
    assert not page("/documents/model-law").xpath("//p[@class='search-hits']")


def test_a_malformed_query_in_the_reading_view_is_refused_with_its_place(page):
    assert page('/documents/model-law?q="open', 400).xpath("//p[@class='place']")


# -- reading -----------------------------------------------------------------------------------------------------


def test_the_list_of_documents_is_newest_first(page):
    tree = page("/documents")
    assert texts(tree, "//tbody//time") == ["14 March 2021", "May 2019", "2010"]
    assert texts(tree, "//tbody//th/a")[1] == "Evidence <Across> Borders & Beyond"
    assert texts(tree, "//tbody//td[@class='numeric']") == ["3", "6", "26"]


def test_a_document_is_read_in_order_with_its_headings(page):
    tree = page("/documents/lecture-on-evidence")
    assert texts(tree, "//h1") == ["Evidence <Across> Borders & Beyond"]
    assert texts(tree, "//nav[@class='contents']//ol/li") == ["I. Where it began", "A. The older channel"]
    assert [heading.tag for heading in tree.xpath("//*[contains(@class, 'heading depth')]")] == ["h2", "h3"]
    anchors = tree.xpath("//nav[@class='contents']//ol//a/@href")
    assert all(tree.xpath(f"//*[@id='{anchor[1:]}']") for anchor in anchors)
    # the printed title repeats the heading of the page and is left out
    assert not tree.xpath("//p[@class='printed-title']")


def test_names_on_a_page_are_unique(page):
    for address in (
        "/documents/lecture-on-evidence",
        "/documents/model-law",
        "/?q=evidence",
        "/",
        "/years",
        "/organisations",
    ):
        names = page(address).xpath("//@id")
        assert len(names) == len(set(names)), address


def test_notes_stand_beside_their_callers_and_are_linked_both_ways(page):
    tree = page("/documents/lecture-on-evidence")
    [passage] = tree.xpath("//div[@id='p-1']")
    calls = passage.xpath(".//sup/a")
    assert [(call.text, call.get("href")) for call in calls] == [("1", "#fn-1"), ("2", "#fn-2")]
    notes = passage.xpath("./div[@class='notes']/aside")
    assert [note.get("id") for note in notes] == ["fn-1", "fn-2"]
    for call, note in zip(calls, notes, strict=True):
        assert note.xpath("./a[@class='note-number']/@href") == [f"#{call.get('id')}"]
    assert len(tree.xpath("//*[@id='fn-1']")) == 1


def test_a_note_called_by_a_heading_stands_below_it(page):
    tree = page("/documents/model-law")
    assert texts(tree, "//h2[contains(@class, 'heading')]/sup") == ["1"]
    below = "//h2[contains(@class, 'heading')]/following-sibling::*[1][@class='notes']"
    assert texts(tree, f"{below}/aside/span") == ["A note that the heading calls, naming the Arctic Council."]


def test_headings_are_not_full_of_links(page):
    assert page("/documents/model-law").xpath("//h2//a/@class") == ["anchor"]


def test_page_breaks_are_shown_where_pages_begin(page):
    tree = page("/documents/lecture-on-evidence")
    assert texts(tree, "//p[contains(@class, 'page-break')]") == ["page 2 begins above", "page 3"]


def test_a_document_read_well_says_so_in_one_line(page):
    report = page("/documents/lecture-on-evidence").xpath("//details[@class='reading-report']")[0]
    assert report.xpath("string(summary)") == "Read well: 4 passages, nothing missing"
    assert not report.xpath(".//*[@class='findings']")


def test_findings_on_a_document_lead_to_their_places(page):
    report = page("/documents/model-law").xpath("//details[@class='reading-report']")[0]
    assert report.xpath("string(summary)") == "2 passages, read with 1 fault and 1 doubt"
    assert texts(report, ".//ul[@class='findings']/li/span[@class='severity']") == ["doubt", "fault"]
    assert report.xpath(".//ul[@class='findings']//a/@href") == ["/documents/model-law#art-1-2"]
    assert "page 2 of the file" in texts(report, ".//span[@class='place']")
    assert "99.0 per cent" in report.text_content()
    assert texts(report, ".//ul[@class='left-out']/li") == ["Laws of <Lamps> 3 times"]


def test_a_document_tells_where_its_facts_come_from(page):
    report = page("/documents/report-2010").xpath("//details[@class='reading-report']")[0]
    assert report.xpath("string(summary)") == "Where these facts come from"
    assert texts(report, ".//dt") + texts(report, ".//dd") == ["agenda item", "title", "masthead line 4", "catalogue"]


def test_pinpoints_are_visible_and_lead_to_the_permalink(page):
    tree = page("/documents/model-law")
    pinpoints = tree.xpath("//a[contains(@class, 'pinpoint')]")
    assert [(each.text_content(), each.get("href")) for each in pinpoints] == [
        ("art 1(1)", "/passages/model-law/art-1-1"),
        ("art 1(2)", "/passages/model-law/art-1-2"),
    ]


def test_names_in_the_text_are_told_apart_and_lead_on(page):
    tree = page("/documents/model-law")
    [passage] = tree.xpath("//div[@id='art-1-2']")
    names = [
        (name.get("class"), name.text_content(), name.get("href"))
        for name in passage.xpath(".//a[@title and contains(@class, 'name')]")
    ]
    assert names == [
        ("name provision", "Article 16(2)", "/instruments/convention-on-cybercrime#art-16"),
        ("name instrument", "Convention on Cybercrime", "/instruments/convention-on-cybercrime"),
        ("name provision", "Articles 2-9", "/instruments/convention-on-cybercrime#art-2"),
    ]


def test_a_permalink_shows_the_passage_among_its_neighbours(page):
    tree = page("/passages/report-2010/para-10")
    assert texts(tree, "//div[contains(@class, 'asked')]/a") == ["para 10"]
    assert tree.xpath("//div[@class='extract']/div/@id") == ["para-8", "para-9", "para-10", "para-11", "para-12"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["http://localhost/passages/report-2010/para-10"]
    assert len(tree.xpath("//section[@id='citations']//*[@data-copy='citation']")) == len(STYLES)
    assert tree.xpath("//nav[@class='turn']//a/@href") == [
        "/passages/report-2010/para-9",
        "/documents/report-2010#para-10",
        "/passages/report-2010/para-11",
    ]


def test_a_note_s_permalink_shows_the_text_that_calls_it(page):
    tree = page("/passages/lecture-on-evidence/fn-2")
    assert tree.xpath("//aside[contains(@class, 'asked')]/@id") == ["fn-2"]
    assert "/passages/lecture-on-evidence/p-1" in tree.xpath("//dl[@class='record']//a/@href")


def test_first_and_last_passages_have_permalinks_too(page):
    assert page("/passages/report-2010/para-1").xpath("//a[@rel='next']")
    assert not page("/passages/report-2010/para-26").xpath("//a[@rel='next']")


# -- indexes -----------------------------------------------------------------------------------------------------


def test_organisations_are_listed_by_letter_with_counts(page):
    tree = page("/organisations")
    assert texts(tree, "//section/h2") == ["C", "I"]
    assert texts(tree, "//section//li/a") == ["Council of Europe", "INTERPOL"]


def test_an_organisation_s_page(page):
    tree = page("/organisations/council-of-europe")
    assert texts(tree, "//h1") == ["Council of Europe"]
    assert "CoE" in texts(tree, "//p[@class='lede']")[0]
    assert "/?organisation=Council+of+Europe" in tree.xpath("//a/@href")
    assert tree.xpath("//article")


def test_an_organisation_s_page_leads_to_the_bodies_below_it(tmp_path, page):
    names = ("United Nations", "United Nations Security Council")
    passages = [passage(f"{name} met", number=at, organisations=[name]) for at, name in enumerate(names, 1)]
    with Library(tmp_path) as library:
        library.store.replace(document(), passages, SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        client = create_app(Settings(library=tmp_path), library=library).test_client()
        answer = client.get("/organisations/united-nations")
        below = html.fromstring(client.get("/organisations/united-nations-security-council").text)
    links = {link.text: link.get("href") for link in html.fromstring(answer.text).iterfind(".//p[@class='lede']/a")}
    assert links == {"1 passage": "/?organisation=United+Nations", "2 passages": "/?within=United+Nations"}
    bodies = html.fromstring(answer.text).xpath("//section[@aria-labelledby='bodies']//a/@href")
    assert bodies == ["/organisations/united-nations-security-council"]
    assert below.xpath("//p[@class='lede']/a/@href")[0] == "/organisations/united-nations"
    assert len(page("/organisations/council-of-europe").xpath("//p[@class='lede']/a")) == 1


def test_an_instrument_s_page_lists_articles(page):
    tree = page("/instruments/convention-on-cybercrime")
    rows = [
        (texts(row, "./th")[0], texts(row, "./td/a")[0])
        for row in tree.xpath("//table[contains(@class, 'articles')]/tbody/tr")
    ]
    assert rows == [("Articles 2–9", "1 passage in 1 document"), ("Article 16", "1 passage in 1 document")]
    assert tree.xpath("//th/span/@id") == [*(f"art-{number}" for number in range(2, 10)), "art-16"]
    [row] = tree.xpath("//tr[.//@id='art-16']")
    assert row.xpath(".//a/@href") == ["/?provision=Convention+on+Cybercrime%7C16", "/passages/model-law/art-1-2"]
    assert texts(tree, "//span[@class='symbol']") == ["treaty"]


def test_the_search_for_an_article_finds_what_its_row_counts(page):
    tree = page("/instruments/convention-on-cybercrime")
    for link in tree.xpath("//table[contains(@class, 'articles')]//td/a"):
        assert count(page(link.get("href"))) == " ".join(link.text_content().split())


def test_an_entity_s_passages_stand_under_their_documents(page):
    tree = page("/organisations/interpol")
    groups = tree.xpath("//section[@class='in-document']")
    assert [texts(group, "./h3/a") for group in groups] == [
        ["Report of the Working Party", "7 passages"],
        ["Evidence <Across> Borders & Beyond", "2 passages"],
    ]
    assert [len(group.xpath(".//article")) for group in groups] == [2, 2]
    assert groups[0].xpath("./h3/a/@href")[1] == "/?organisation=INTERPOL&document=report-2010"
    # the document is not named again over each passage
    assert not groups[0].xpath(".//article//h3")


def test_an_entity_is_named_first_and_last_in_time(page):
    tree = page("/organisations/interpol")
    assert [texts(line, ".//time | .//a") for line in tree.xpath("//p[@class='lede ends']")] == [
        ["2010", "Report of the Working Party, para 3"],
        ["May 2019", "Evidence <Across> Borders & Beyond, p 1"],
    ]
    assert tree.xpath("//p[@class='lede ends']/a/@href") == [
        "/passages/report-2010/para-3",
        "/passages/lecture-on-evidence/p-2",
    ]


def test_an_entity_s_page_draws_both_kinds_of_years(page):
    drawn = "//figure[@class='histogram']//*[name()='svg']/@aria-label"
    assert page("/organisations/interpol").xpath(drawn) == ["Years of the documents, 2010 to 2019"]
    assert page("/instruments/a-res-55-63").xpath(drawn) == ["Years in the same passages, 1998 to 2004"]


def test_what_is_named_together_is_counted_in_the_same_passages(page):
    tree = page("/instruments/convention-on-cybercrime")
    beside = "//section[@aria-labelledby='beside-{}']//li"
    assert texts(tree, beside.format("organisation")) == ["Council of Europe 1"]
    # the report's twenty-six passages name the resolution, none of them the convention
    assert texts(tree, beside.format("instrument")) == []
    assert texts(page("/organisations/interpol"), beside.format("organisation")) == []


def test_two_organisations_of_one_passage_lead_to_the_passages_that_name_both(tmp_path):
    passages = [
        passage("INTERPOL met the Council of Europe", organisations=["INTERPOL", "Council of Europe"]),
        passage("The Council of Europe met", number=2, organisations=["Council of Europe"]),
    ]
    with Library(tmp_path) as library:
        library.store.replace(document(), passages, SourceState("lecture.txt", "1", "lecture"))
        sync(library.store, library.engine)
        client = create_app(Settings(library=tmp_path), library=library).test_client()
        [line] = html.fromstring(client.get("/organisations/interpol").text).xpath(
            "//section[@aria-labelledby='beside-organisation']//li"
        )
        found = html.fromstring(client.get(line.xpath("./a/@href")[0]).text)
    assert " ".join(line.text_content().split()) == "Council of Europe 1"
    assert count(found) == "1 passage in 1 document"


def test_names_on_the_page_of_an_entity_are_unique(page):
    for address in ("/organisations/interpol", "/instruments/convention-on-cybercrime"):
        names = page(address).xpath("//@id")
        assert len(names) == len(set(names)), address


def test_a_symbol_has_a_page(page):
    assert texts(page("/instruments/a-res-55-63"), "//h1") == ["A/RES/55/63"]


def test_years_by_decade(page):
    tree = page("/years")
    assert texts(tree, "//section/h2") == ["1990s", "2000s"]
    assert "/?year=1990..1999" in tree.xpath("//h2/a/@href")


# -- every page --------------------------------------------------------------------------------------------------

ADDRESSES = (
    "/", "/?q=evidence", "/?q=nothingatall", "/documents", "/documents/model-law", "/passages/model-law/art-1-2",
    "/facets/organisation?q=evidence",
    "/organisations", "/organisations/interpol", "/instruments", "/instruments/a-res-55-63", "/years",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_can_be_walked_without_eyes(page, address):
    tree = page(address)
    assert tree.get("lang") == "en"
    assert [len(tree.xpath(f"//{landmark}")) for landmark in ("main", "h1")] == [1, 1]
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    assert tree.xpath("//*[@role='search']")
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    for field in tree.xpath("//input[not(@type='hidden')]"):
        named = (
            field.get("aria-label")
            or field.xpath("ancestor::label")
            or tree.xpath(f"//label[@for='{field.get('id')}']")
        )
        assert named, field.attrib
    assert not tree.xpath("//a[not(normalize-space(.)) and not(@aria-label)]")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_keeps_to_its_own_host_and_runs_nothing_inline(page, address):
    tree = page(address)
    assert not tree.xpath("//@style | //style")
    assert not tree.xpath("//script[not(@src)]")
    assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")]
    loaded = [
        *tree.xpath("//script/@src"),
        *tree.xpath("//link[not(@rel='canonical')]/@href"),
        *tree.xpath("//img/@src"),
    ]
    assert loaded
    assert all(source.startswith("/") and not source.startswith("//") for source in loaded)


def test_no_template_switches_escaping():
    # one thread's switch inside a macro holds for all that run the macro at that moment, because they share its module
    for template in (Path(webapp.__file__).parent / "templates").iterdir():
        assert "autoescape" not in template.read_text(encoding="utf-8"), template.name

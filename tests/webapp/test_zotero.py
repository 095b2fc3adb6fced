"""What reference managers read: COinS beside results, meta tags in the head, unAPI; the tags are compared whole."""

import json
from urllib.parse import parse_qsl

import pytest
from lxml import etree

from corpus.model import DocumentKind
from tests.factories import document, passage
from webapp.zotero import coins, meta

LINK = "https://law.example.edu/passages/lecture/para-1"

ARTICLE = document(
    name="article",
    title="Boats & Borders",
    kind=DocumentKind.ARTICLE,
    authors=("Ada Marginal", "Council of Europe"),
    date="2018-10-18",
    doi="10.1000/182",
    details={"journal": "Marginalia Review", "volume": "7", "issue": "2", "pages": "75-90"},
)
REPORT = document(
    name="report",
    title="Report on boats",
    kind=DocumentKind.REPORT,
    date="2010-08",
    body="Working Party",
    symbol="WP/2010/7",
    url="https://example.org/report",
)


def keys(title):
    """The context object as Zotero takes it apart."""
    return parse_qsl(title, strict_parsing=True)


def test_an_article_is_a_journal_s_in_its_context_object():
    assert keys(coins(ARTICLE, passage("Boats drift."), LINK)) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "Boats & Borders"),
        ("rft.aucorp", "Council of Europe"),
        ("rft.aulast", "Marginal"),
        ("rft.aufirst", "Ada"),
        ("rft.au", "Marginal, Ada"),
        ("rft.date", "2018-10-18"),
        ("rft.jtitle", "Marginalia Review"),
        ("rft.volume", "7"),
        ("rft.issue", "2"),
        ("rft.pages", "75-90"),
        ("rft.language", "en"),
        ("rft_id", "info:doi/10.1000/182"),
        ("rft_id", LINK),
        ("rft.description", f"para 1: {LINK}"),
    ]


@pytest.mark.parametrize(
    ("kind", "keys_of_the_type"),
    [
        ("report", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:book", "rft.genre": "report", "rft.btitle": "A lecture"}),
        ("lecture", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "presentation", "rft.title": "A lecture"}),
        ("legislation", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "statute", "rft.title": "A lecture"}),
        # Zotero has no type for treaties
        ("treaty", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "document", "rft.title": "A lecture"}),
    ],
)
def test_the_type_of_a_work_is_told_in_the_way_that_zotero_reads(kind, keys_of_the_type):
    found = dict(keys(coins(document(kind=kind), passage("Boats drift."), LINK)))
    assert {key: found.get(key) for key in keys_of_the_type} == keys_of_the_type


def test_a_context_object_survives_the_way_in_which_zotero_splits_it():
    title = coins(document(title="A = B & C + D%"), passage("Boats drift."), LINK)
    parts = dict(part.split("=") for part in title.split("&"))  # fails where a sign is left as it is
    assert "+" not in title
    assert parts["rft.title"] == "A%20%3D%20B%20%26%20C%20%2B%20D%25"


def test_the_meta_tags_of_an_article():
    assert meta(ARTICLE, None, LINK) == (
        ("z:itemType", "journalArticle"),
        ("citation_title", "Boats & Borders"),
        ("citation_author", "Marginal, Ada"),
        # a name without a comma would be taken for a person's
        ("citation_author", "Council of Europe,"),
        ("citation_publication_date", "2018/10/18"),
        ("citation_journal_title", "Marginalia Review"),
        ("citation_volume", "7"),
        ("citation_issue", "2"),
        ("citation_doi", "10.1000/182"),
        ("citation_language", "en"),
        ("citation_firstpage", "75"),
        ("citation_lastpage", "90"),
        ("citation_public_url", LINK),
        ("citation_fulltext_html_url", LINK),
    )


def test_the_meta_tags_of_a_passage_of_a_report():
    assert meta(REPORT, passage("Boats drift.", "report"), LINK) == (
        ("z:itemType", "report"),
        ("citation_title", "Report on boats"),
        ("citation_author", "Working Party,"),
        ("citation_publication_date", "2010/08"),
        ("citation_language", "en"),
        ("citation_technical_report_institution", "Working Party"),
        ("citation_technical_report_number", "WP/2010/7"),
        ("citation_public_url", "https://example.org/report"),
        ("citation_fulltext_html_url", LINK),
        ("citation_abstract", "para 1: Boats drift."),
    )


def test_an_author_of_several_names_is_not_taken_for_two():
    told = dict(meta(document(authors=("Fares Ahmad Al Azzam",)), None, LINK))
    assert told["citation_author"] == "Al Azzam, Fares Ahmad;"


def test_every_result_carries_its_tags(page):
    [row] = page("/?q=telegram").xpath("//article")
    [span] = row.xpath(".//span[@class='Z3988']")
    told = dict(keys(span.get("title")))
    assert told["rft.title"] == "Evidence <Across> Borders & Beyond"
    assert told["rft.description"] == "pp 1–2: http://localhost/passages/lecture-on-evidence/p-2"
    assert row.xpath(".//abbr[@class='unapi-id']/@title") == ["lecture-on-evidence/p-2"]
    assert len(page("/?q=asked").xpath("//article//span[@class='Z3988']")) == 20


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/documents/lecture-on-evidence", "presentation"), ("/passages/lecture-on-evidence/p-2", "presentation")],
)
def test_documents_and_passages_carry_their_tags_in_the_head(page, address, kind):
    tree = page(address)
    told = {tag.get("name"): tag.get("content") for tag in tree.xpath("//head/meta[@name]")}
    assert told["z:itemType"] == kind
    assert told["citation_title"] == "Evidence <Across> Borders & Beyond"
    assert told["citation_author"] == "Marginal, Ada"
    assert told["citation_fulltext_html_url"] == f"http://localhost{address}"
    assert ("citation_abstract" in told) == ("passages" in address)


# -- unAPI -------------------------------------------------------------------------------------------------------


def test_a_passage_s_page_names_the_server_and_the_passage(page):
    tree = page("/passages/report-2010/para-10")
    assert tree.xpath("//link[@rel='unapi-server']/@href") == ["/unapi"]
    assert tree.xpath("//abbr[@class='unapi-id']/@title") == ["report-2010/para-10"]


@pytest.mark.parametrize(
    ("address", "status", "identifier"),
    [
        ("/unapi", 200, None),
        ("/unapi?format=ris", 200, None),
        ("/unapi?id=report-2010/para-10", 300, "report-2010/para-10"),
    ],
)
def test_the_formats_are_told_with_the_status_that_unapi_demands(client, address, status, identifier):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/xml")
    root = etree.fromstring(answer.data)
    assert (root.tag, root.get("id")) == ("formats", identifier)
    assert [dict(each.attrib) for each in root] == [
        {"name": "ris", "type": "application/x-research-info-systems"},
        {"name": "bibtex", "type": "application/x-bibtex"},
        {"name": "csl-json", "type": "application/vnd.citationstyles.csl+json"},
    ]


@pytest.mark.parametrize(("form", "begins"), [("ris", "TY  - "), ("bibtex", "@"), ("csl-json", "[")])
def test_a_passage_comes_in_each_format_with_its_words_and_permalink(client, form, begins):
    answer = client.get(f"/unapi?id=report-2010/para-10&format={form}")
    assert answer.status_code == 200
    assert answer.text.startswith(begins)
    assert "Report of the Working Party" in answer.text
    assert "http://localhost/passages/report-2010/para-10" in answer.text.replace("\\_", "_")


def test_a_passage_as_csl_json_is_one_item(client):
    [item] = json.loads(client.get("/unapi?id=report-2010/para-10&format=csl-json").data)
    assert item["title"] == "Report of the Working Party"
    assert item["note"].startswith("para 10: In 2001")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/unapi?id=report-2010/para-99&format=ris", 404),
        ("/unapi?id=unknown/para-1", 404),
        ("/unapi?id=nothing&format=ris", 404),
        ("/unapi?id=report-2010/para-10&format=docx", 406),
    ],
)
def test_what_there_is_not_is_refused_with_the_status_that_unapi_demands(client, address, status):
    assert client.get(address).status_code == status

"""Documents, passages, citations and files over the API."""

import csv
import io
import json
import re

import pytest

from corpus.citation import STYLES, cite
from corpus.export import FORMATS, KEYS


def get(client, address, status=200):
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status, answer.text[:300]
    return answer


def links(answer):
    """Addresses of the header `Link` by their relation."""
    found = re.findall(r'<([^>]+)>; rel="(\w+)"', ", ".join(answer.headers.getlist("Link")))
    return {relation: address for address, relation in found}


# -- pages of lists ----------------------------------------------------------------------------------------------


def test_documents_come_in_pages(client):
    first = get(client, "/documents?limit=2")
    assert first.json["total"] == 3
    assert [each["id"] for each in first.json["documents"]] == ["lecture-on-evidence", "model-law"]
    assert links(first) == {"next": "http://localhost/api/v1/documents?limit=2&offset=2"}
    last = client.get(links(first)["next"])
    assert [each["id"] for each in last.json["documents"]] == ["report-2010"]
    assert links(last) == {"prev": "http://localhost/api/v1/documents?limit=2&offset=0"}
    assert get(client, "/documents?offset=99").json["documents"] == []


def test_a_document_gives_its_passages_page_by_page(client):
    whole = get(client, "/documents/report-2010").json
    assert (whole["total"], len(whole["passages"])) == (27, 27)
    some = get(client, "/documents/report-2010?offset=10&limit=5")
    assert (some.json["total"], some.json["passages"]) == (27, whole["passages"][10:15])
    assert set(links(some)) == {"next", "prev"}


def test_no_page_is_larger_than_the_installation_allows(library):
    from webapp import create_app
    from webapp.settings import Settings

    client = create_app(Settings(max_page_size=2), library=library).test_client()
    for address, name in {
        "/documents": "documents",
        "/documents/report-2010": "passages",
        "/passages/report-2010/para-3/similar": "passages",
        "/organisations": "organisations",
        "/instruments?limit=50": "instruments",
        "/years?limit=50": "years",
        "/facets/year?limit=50": "values",
        "/search?q=evidence&limit=50": "hits",
    }.items():
        assert len(get(client, address).json[name]) == 2, address


def test_pages_of_a_search_lead_on(client):
    first = get(client, "/search?q=asked&organisation=INTERPOL&limit=3&page=2")
    assert set(links(first)) == {"next", "prev"}
    following = client.get(links(first)["next"]).json
    assert following["hits"] == get(client, "/search?q=asked&organisation=INTERPOL&limit=3&page=3").json["hits"]
    assert links(get(client, "/search?q=asked&limit=0")) == {}


def test_the_values_of_a_facet_come_in_pages(client):
    whole = get(client, "/facets/year").json["values"]
    assert get(client, "/facets/year?limit=1&offset=1").json["values"] == whole[1:2]
    chosen = get(client, "/facets/country?country=Jordan&limit=0").json["values"]
    assert [(value["value"], value["selected"]) for value in chosen] == [("Jordan", True)]


# -- passages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["model-law/art-1-2", "model-law%2Fart-1-2", "model-law/art-1-2/"])
def test_the_slash_of_a_passage_may_be_escaped(client, name):
    found = get(client, f"/passages/{name}").json
    assert list(found) == [*KEYS, "url"]
    assert found["id"] == "model-law/art-1-2"


@pytest.mark.parametrize("name", ["model-law", "model-law/", "model-law//art-1-2", "%00", "/", "..", "%2e%2e%2fx", "~"])
def test_what_is_no_passage_is_not_found(client, name):
    assert get(client, f"/passages/{name}", 404).json["error"]["kind"] == "NotFound"


def test_similar_passages_are_limited(client):
    assert len(get(client, "/passages/report-2010/para-3/similar?limit=3").json["passages"]) == 3
    assert len(get(client, "/passages/report-2010/para-3/similar").json["passages"]) == 8


@pytest.mark.parametrize(
    "address",
    ["/passages/report-2010/para-3", "/documents/report-2010", "/documents", "/search?q=telegram", "/sets/x"],
)
def test_a_citation_style_is_known_or_refused(client, address):
    sign = "&" if "?" in address else "?"
    error = get(client, f"{address}{sign}style=harvard", 400).json["error"]
    assert error["message"].startswith("unknown style 'harvard'; known are oscola, ")


def test_records_are_cited_in_the_style_asked_for(client):
    cited = {style: get(client, f"/passages/report-2010/para-3?style={style}").json["citation"] for style in STYLES}
    assert len(set(cited.values())) > 3
    [hit] = get(client, "/search?q=telegram&style=apa").json["hits"]
    assert "(Marginal, 2019" in hit["citation"]


# -- citations ---------------------------------------------------------------------------------------------------


def test_a_passage_is_cited_in_every_style(client, library):
    answer = get(client, "/cite?passage=report-2010/para-3").json
    document, passage = library.store.document("report-2010"), library.store.passage("report-2010/para-3")
    assert {each["style"]: each["text"] for each in answer["citations"]} == {
        style: cite(document, passage, style) for style in STYLES
    }
    assert (answer["passage"], answer["until"], answer["document"]) == ("report-2010/para-3", None, "report-2010")
    assert answer["link"] == "http://localhost/passages/report-2010/para-3"
    assert answer["csl"]["title"] == "Report of the Working Party"
    assert any("<i>" in each["html"] for each in answer["citations"])


def test_several_passages_are_cited_as_one_span(client):
    answer = get(client, "/cite?passage=report-2010/para-3&until=report-2010/para-7").json
    assert answer["until"] == "report-2010/para-7"
    assert "paras 3–7" in answer["citations"][0]["text"]


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/cite", 400, "ParameterError"),
        ("/cite?passage=", 400, "ParameterError"),
        ("/cite?passage=report-2010/para-99", 404, "NotFound"),
        ("/cite?passage=report-2010/para-3&until=report-2010/para-99", 404, "NotFound"),
        ("/cite?passage=report-2010/para-3&until=model-law/art-1-1", 422, "Unprocessable"),
        ("/cite?passage=report-2010/para-3&passage=report-2010/para-4", 400, "ParameterError"),
    ],
)
def test_what_cannot_be_cited_is_told(client, address, status, kind):
    assert get(client, address, status).json["error"]["kind"] == kind


# -- checking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"text": "WP/2010/7, para 6."}', "application/json", 200),
        (b'{"text": "WP/2010/7, para 6."}', "application/json; charset=utf-8", 200),
        (b'{"text": "WP/2010/7, para 6."}', "text/plain", 415),
        (b"text=WP", "application/x-www-form-urlencoded", 415),
        (b'{"text": "x"}', None, 415),
        (b'{"text": "%s"}' % (b"x" * 200_001), "application/json", 400),
        (b'{"text": "%s"}' % (b"x" * 11_000_000), "application/json", 413),
        (b'{"text": "x", "txet": "y"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"text": "\xff"}', "application/json", 400),
    ],
)
def test_the_body_of_a_check(client, body, kind, status):
    answer = client.post("/api/v1/check", data=body, content_type=kind)
    assert answer.status_code == status
    assert ("error" in answer.json) == (status != 200)


def test_a_word_document_can_be_checked(client):
    send = {"file": (io.BytesIO(b"no Word"), "paper.docx")}
    answer = client.post("/api/v1/check", data=send, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["error"]["kind"]) == (422, "CheckError")
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="paper.docx"\r\n\r\nPK'
    large = head + b"x" * 10_000_001 + b"\r\n--b--\r\n"
    answer = client.post("/api/v1/check", data=large, content_type="multipart/form-data; boundary=b")
    assert (answer.status_code, answer.json["error"]["kind"]) == (413, "TooMuch")
    answer = client.post("/api/v1/check", data={"text": "WP/2010/7, para 6."}, content_type="multipart/form-data")
    assert [each["passage"] for each in answer.json["findings"]] == ["report-2010/para-6"]


# -- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_results_are_exported_in_every_format(client, form):
    answer = get(client, f"/export?q=telegram&format={form}")
    assert answer.data
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    described = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/export"]["get"]["responses"]["200"]
    assert answer.mimetype in described["content"]


def test_an_export_is_what_the_search_finds(client):
    found = get(client, "/search?q=asked&not_country=Jordan&sort=document&limit=100").json
    rows = get(client, "/export?q=asked&not_country=Jordan&sort=document&format=jsonl").text.splitlines()
    assert [json.loads(row)["id"] for row in rows] == [hit["id"] for hit in found["hits"]]
    table = get(client, "/export?q=asked&format=csv&limit=2&bom=0&style=mla").text
    assert len(list(csv.DictReader(io.StringIO(table)))) == 2


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/export?q=asked", "format is missing"),
        ("/export?q=asked&format=wordstar", "unknown format 'wordstar'"),
        ("/export?q=asked&format=csv&style=harvard", "unknown style"),
        ("/export?q=asked&format=csv&bom=yes", "unknown bom"),
        ("/export?q=(&format=csv", "bracket"),
    ],
)
def test_an_export_that_cannot_be_made_is_refused(client, address, told):
    assert told in get(client, address, 400).json["error"]["message"]

"""Headers, errors, downloads, and what machines ask for."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

import webapp
from corpus.errors import LibraryError, NotFound, PinciteError
from corpus.export import FORMATS, KEYS
from corpus.locator import LocatorError
from search.errors import EngineError, QueryError
from webapp import create_app
from webapp.failures import failure_of
from webapp.resources import Library
from webapp.security import HEADERS
from webapp.settings import Settings

STATIC = Path(webapp.__file__).parent / "static"


# -- security ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/", "/no", "/api/v1/documents", "/api/v1/no", "/static/base.css", "/export?format=no"]
)
def test_every_response_carries_the_headers(client, address):
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_only_what_the_site_serves():
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert {part.split()[0] for part in policy.split("; ") if "'none'" in part} >= {"frame-ancestors", "base-uri"}


def test_transport_security_is_told_over_https_only(library, client):
    assert "Strict-Transport-Security" not in client.get("/").headers
    secure = create_app(Settings(base_url="https://law.example.edu"), library=library).test_client()
    assert "max-age" in secure.get("/").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(client, method):
    assert getattr(client, method)("/").status_code == 405


# -- static files ------------------------------------------------------------------------------------------------


def test_static_files_have_a_fingerprint_and_may_be_kept(client):
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+\?v=\w+)"', client.get("/").text)
    assert [address.partition("?")[0] for address in addresses] == [
        "/static/all.css",
        "/static/icon.svg",
        "/static/all.js",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["ETag"]
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_pages_are_asked_for_again_at_every_visit(client):
    assert client.get("/").headers["Cache-Control"] == "no-cache"


def test_fonts_are_small_open_and_all_there(client):
    sheet = (STATIC / "base.css").read_text()
    named = set(re.findall(r'url\("(fonts/[^"]+)"\)', sheet))
    files = {f"fonts/{file.name}" for file in (STATIC / "fonts").glob("*.woff2")}
    assert named == files
    assert sum((STATIC / name).stat().st_size for name in files) < 400_000
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()
    assert client.get(f"/static/{min(named)}").status_code == 200


def test_style_sheets_and_script_name_no_other_host():
    for file in [*STATIC.glob("*.css"), *STATIC.glob("*.js")]:
        assert "http:" not in file.read_text(), file.name
        assert "https:" not in file.read_text(), file.name
        assert "@import" not in file.read_text(), file.name


def tones():
    sheet = (STATIC / "base.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")[:2]
    first = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light))
    return {"light": first, "dark": first | dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", dark.split("}\n}")[0]))}


def contrast(one, other):
    def luminance(colour):
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7), ("grey", "paper", 7), ("accent", "paper", 7),
        ("ink", "sheet", 7), ("grey", "sheet", 7), ("accent", "sheet", 7),
        ("ink", "hit", 7), ("edge", "paper", 3),
    ],
)  # fmt: skip
def test_contrast_is_enough_in_both_schemes(scheme, text, ground, least):
    colours = tones()[scheme]
    assert contrast(colours[text], colours[ground]) >= least


# -- errors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (QueryError("never closed", 4), 400, "QueryError"),
        (NotFound("no such thing"), 404, "NotFound"),
        (LocatorError("not a locator"), 404, "LocatorError"),
        (EngineError("run pincite reindex"), 503, "EngineError"),
        (LibraryError("locked"), 503, "LibraryError"),
        (PinciteError("not like this"), 400, "PinciteError"),
    ],
)
def test_each_error_has_its_status(error, status, kind):
    failure = failure_of(error)
    assert (int(failure.status), failure.kind, failure.message) == (status, kind, str(error))
    assert failure.position == (4 if kind == "QueryError" else None)


def broken(library, error):
    class Broken:
        def __getattr__(self, name):
            def fail(*_args, **_kwargs):
                raise error

            return fail

    class Half:
        store = library.store
        engine = Broken()
        _remembered: ClassVar[dict] = {}

        def mend_again(self, told):
            """What is out of reach cannot be repaired from here."""

        remembered = Library.remembered

    return create_app(Settings(), library=Half())


@pytest.mark.parametrize(
    "address", ["/?q=law", "/", "/organisations", "/api/v1/search?q=law", "/export?q=law&format=csv"]
)
def test_an_engine_out_of_reach_is_503_everywhere(library, address):
    answer = broken(library, EngineError("the index is damaged: run pincite reindex")).test_client().get(address)
    assert answer.status_code == 503
    assert "pincite reindex" in answer.text


def test_an_unforeseen_error_shows_nothing_of_the_inside(library, caplog):
    client = broken(library, RuntimeError("secret path /home/x")).test_client()
    answer, data = client.get("/?q=law"), client.get("/api/v1/search?q=law")
    assert (answer.status_code, data.status_code) == (500, 500)
    assert "secret" not in answer.text + data.text
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/api/v1/search?q=%22open", 400, "QueryError"),
        ("/api/v1/search?limit=many", 400, "ParameterError"),
        ("/api/v1/documents/unknown", 404, "NotFound"),
        ("/api/v1/passages/report-2010/para-99", 404, "NotFound"),
        ("/api/v1/unknown", 404, "NotFound"),
    ],
)
def test_the_api_has_one_error_shape(client, address, status, kind):
    answer = client.get(address)
    assert answer.status_code == status
    error = answer.json["error"]
    assert answer.json.keys() == {"error"}
    assert (error["status"], error["kind"]) == (status, kind)
    assert error["message"]
    assert set(error) <= {"status", "kind", "message", "position", "suggestion"}


def test_a_corrected_query_is_suggested_everywhere(client):
    error = client.get("/api/v1/search?q=telegram+AND").json["error"]
    assert list(error) == ["status", "kind", "message", "position", "suggestion"]
    assert error["suggestion"] == "telegram"
    assert '<a href="/?q=telegram">telegram</a>' in client.get("/?q=telegram+AND").text


# -- the API -----------------------------------------------------------------------------------------------------


def test_the_search_answer(client):
    answer = client.get("/api/v1/search?q=telegram&year=1998").json
    assert {"query", "total", "hits", "facets", "suggestions"} <= answer.keys()
    [hit] = answer["hits"]
    assert set(hit) == {*KEYS, "score", "highlights"}
    assert hit["id"] == "lecture-on-evidence/p-2"
    [[start, end]] = hit["highlights"]
    assert hit["text"][start:end] == "telegram"
    [year] = [value for value in answer["facets"]["year"] if value["value"] == "1998"]
    assert list(year) == ["value", "label", "count", "selected", "documents", "excluded"]
    assert (year["label"], year["count"], year["selected"], year["excluded"]) == ("1998", 1, True, False)


def test_the_keys_of_an_answer(client):
    answer = client.get("/api/v1/search?q=telegram").json
    assert list(answer) == [
        *("query", "total", "hits", "facets", "suggestions", "documents", "relaxed"),
        *("complete", "widened", "unknown", "remedies", "offered", "distinct"),
    ]
    assert (answer["complete"], answer["relaxed"], answer["distinct"]["document"]) == (1, False, 1)
    described = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    assert described["Answer"]["required"] == list(described["Answer"]["properties"]) == list(answer)
    value = answer["facets"]["document"][0]
    assert described["FacetValue"]["required"] == list(described["FacetValue"]["properties"]) == list(value)


def test_values_are_excluded_and_facets_cut(client):
    whole = client.get("/api/v1/search?q=evidence").json
    some = client.get("/api/v1/search?q=evidence&not_organisation=INTERPOL&facet_limit=1").json
    assert some["total"] < whole["total"]
    [excluded] = [value for value in some["facets"]["organisation"] if value["excluded"]]
    assert excluded["value"] == "INTERPOL"
    assert excluded["count"] == whole["total"] - some["total"]
    assert len(some["facets"]["document"]) == 1 < some["distinct"]["document"]


def test_a_score_is_explained_when_asked_for(client):
    [hit] = client.get("/api/v1/search?q=telegram&explain=1").json["hits"]
    assert tuple(hit) == (*KEYS, "score", "highlights", "explanation")
    assert all(set(share) == {"what", "score"} for share in hit["explanation"])
    assert sum(share["score"] for share in hit["explanation"]) == pytest.approx(hit["score"], abs=1e-4)
    [hit] = client.get("/api/v1/search?q=telegram&explain=0").json["hits"]
    assert "explanation" not in hit


def test_the_values_of_a_facet(client):
    answer = client.get("/api/v1/facets/provision?q=article&find=16").json
    assert list(answer) == ["facet", "distinct", "values"]
    assert (answer["facet"], answer["distinct"]) == ("provision", 2)
    first = {"value": "Convention on Cybercrime|16", "label": "Convention on Cybercrime, art 16", "count": 1}
    assert answer["values"][0] == first | {"selected": False, "documents": 1, "excluded": False}
    assert len(client.get("/api/v1/facets/year?limit=2").json["values"]) >= 2
    assert len(client.get("/api/v1/facets/organisation?limit=1").json["values"]) == 1


def test_completions(client):
    answer = client.get("/api/v1/complete?q=evidence+interp").json
    assert list(answer) == ["completions"]
    first = answer["completions"][0]
    assert list(first) == ["text", "label", "facet", "count", "start", "insert"]
    assert (first["label"], first["facet"], first["start"]) == ("INTERPOL", "organisation", 9)
    assert first["insert"] == 'organisation:"INTERPOL"'
    assert client.get("/api/v1/complete").json == {"completions": []}


def test_similar_passages(client, page):
    answer = client.get("/api/v1/passages/report-2010/para-3/similar").json
    assert list(answer) == ["passages"]
    assert 0 < len(answer["passages"]) <= 8
    assert set(answer["passages"][0]) == set(KEYS)
    assert "report-2010/para-3" not in [each["id"] for each in answer["passages"]]
    shown = page("/passages/report-2010/para-3").xpath("//section[@aria-labelledby='like-it']//li/a/@href")
    assert shown == [f"/passages/{each['id']}" for each in answer["passages"]]
    assert client.get("/api/v1/passages/report-2010/para-99/similar").status_code == 404


def test_the_page_and_the_api_agree(client, page):
    total = client.get("/api/v1/search?q=evidence&organisation=INTERPOL").json["total"]
    assert page("/?q=evidence&organisation=INTERPOL").xpath("string(//h2[@id='found'])").startswith(f"{total} passages")


def test_the_size_of_a_page_has_a_limit(client):
    assert len(client.get("/api/v1/search?q=evidence&limit=5").json["hits"]) == 5
    assert len(client.get("/api/v1/search?q=evidence&limit=100000").json["hits"]) <= 100


def test_documents_and_passages(client):
    listed = client.get("/api/v1/documents").json["documents"]
    assert [(each["id"], each["passages"]) for each in listed] == [
        ("lecture-on-evidence", 6),
        ("model-law", 3),
        ("report-2010", 26),
    ]
    document = client.get("/api/v1/documents/model-law").json
    assert document["link"] == "http://localhost/documents/model-law"
    assert [passage["label"] for passage in document["passages"]] == [None, "art 1(1)", "art 1(2)", "fn 1"]
    passage = client.get("/api/v1/passages/model-law/art-1-2").json
    assert passage["provisions"] == ["Convention on Cybercrime|16(2)", "Convention on Cybercrime|2-9"]
    assert passage["url"] == "http://localhost/passages/model-law/art-1-2"


def test_the_description_names_every_route_and_only_those(client, app):
    described = client.get("/api/v1/openapi.json").json
    routes = {
        re.sub(r"<(?:path:)?(?:\w+_)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert set(described["paths"]) == routes
    references = set(re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(described)))
    assert references
    assert all(name in described["components"][family] for family, name in references)
    passage = described["components"]["schemas"]["Passage"]
    assert passage["required"] == list(KEYS)
    assert set(passage["properties"]) == set(KEYS)


# -- downloads ---------------------------------------------------------------------------------------------------


def test_a_download_holds_all_hits_in_the_order_shown(client, page):
    address = "/?q=asked&organisation=INTERPOL&sort=document"
    shown = page(address).xpath("//article//a[contains(@class, 'pinpoint')]/@href")
    answer = client.get(page(address).xpath("//p[@class='exports']/a/@href")[0])
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [f"/passages/{row['id']}" for row in rows] == shown
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=pincite-")


def test_a_download_goes_on_behind_the_first_page(client):
    lines = client.get("/export?q=asked&format=jsonl").text.splitlines()
    assert len(lines) == 26
    assert set(json.loads(lines[0])) == set(KEYS)
    # the page that was open when the link was followed does not matter
    assert client.get("/export?q=asked&page=2&format=jsonl").text.splitlines() == lines


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_can_be_downloaded(client, form):
    answer = client.get(f"/export?q=telegram&format={form}")
    assert answer.status_code == 200
    assert answer.data
    assert answer.headers["Content-Type"].split(";")[0] == FORMATS[form].media_type.split(";")[0]


def downloaded(client, address, **options):
    with client.get(address, **options) as answer:
        return answer.data.decode()


def test_a_download_says_what_was_asked_for_and_what_was_cut(client):
    text = downloaded(client, "/export?q=asked&not_country=Jordan&limit=2&format=markdown")
    assert text.count("\n> ") == 2
    assert "- Query: asked\n- Filters: not country = Jordan\n" in text
    assert "- Passages: the first 2 of " in text


def test_a_download_keeps_to_the_style_asked_for(client):
    address = "/export?q=telegram&limit=1&format=jsonl"
    cited = {style: json.loads(downloaded(client, f"{address}&style={style}"))["citation"] for style in ("apa", "mla")}
    assert "(Marginal, 2019, " in cited["apa"]
    assert "(Marginal " in cited["mla"]
    assert client.get(f"{address}&style=harvard").status_code == 400


def test_a_download_comes_without_a_byte_order_mark_if_asked(client):
    address = "/export?q=telegram&format=csv"
    assert downloaded(client, address) == "\ufeff" + downloaded(client, f"{address}&bom=0")


def test_downloads_lead_to_the_place_that_the_site_has(library):
    settings = Settings(base_url="https://law.example.edu/pincite")
    client = create_app(settings, library=library).test_client()
    overridden = {"SCRIPT_NAME": "/pincite"}
    text = downloaded(client, "/export?q=telegram&format=markdown", environ_overrides=overridden)
    assert "(<https://law.example.edu/pincite/passages/" in text


def test_an_unknown_format_is_refused_with_the_known_ones(client):
    answer = client.get("/export?q=telegram&format=wordstar")
    assert answer.status_code == 400
    assert "csv" in answer.text


# -- machines ----------------------------------------------------------------------------------------------------


def test_health(client, library):
    assert client.get("/healthz").json == {"status": "ok"}
    ill = broken(library, EngineError("the index is away")).test_client()
    assert ill.get("/healthz").status_code == 200  # to start it anew would not bring the index back


def test_robots_leave_the_endless_filters_alone(client):
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /?" in answer.text


def test_the_browser_s_search_plug_in(client):
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    templates = [url.get("template") for url in ET.fromstring(answer.text).iter(f"{space}Url")]  # noqa: S314  # our own
    assert "http://localhost/?q={searchTerms}" in templates


def test_a_site_name_is_escaped(library):
    named = create_app(replace(Settings(), site_name="Law & <Order>"), library=library).test_client()
    assert "Law &amp; &lt;Order&gt;" in named.get("/").text
    assert named.get("/api/v1/openapi.json").json["info"]["title"] == "Law & <Order> API"
    ET.fromstring(named.get("/opensearch.xml").text)  # noqa: S314  # our own


def test_the_site_can_live_below_a_path(library):
    settings = Settings(base_url="https://law.example.edu/pincite")
    client = create_app(settings, library=library).test_client()
    text = client.get("/passages/model-law/art-1-1", environ_overrides={"SCRIPT_NAME": "/pincite"}).text
    assert 'href="https://law.example.edu/pincite/passages/model-law/art-1-1"' in text
    assert 'href="/documents' not in text

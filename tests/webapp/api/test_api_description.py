"""The description of the API: made from the code, complete, and what requests are held to."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import STYLES
from corpus.export import FORMATS
from search.errors import QueryError
from search.fields import year
from webapp import create_app
from webapp.api import operations, parameters
from webapp.links import VALUES
from webapp.settings import Settings

#: Parts of paths that lead to something.
PLACES = {
    "/documents/{id}": "/documents/report-2010",
    "/passages/{id}": "/passages/model-law/art-1-2",
    "/passages/{id}/similar": "/passages/report-2010/para-3/similar",
    "/facets/{facet}": "/facets/year",
    "/instruments/{handle}/articles": "/instruments/convention-on-cybercrime/articles",
}
ASKED = [(each.rule, parameter) for each in operations.OPERATIONS for parameter in each.parameters]


@pytest.fixture(scope="session")
def described(app):
    return app.test_client().get("/api/v1/openapi.json").json


def address(rule):
    path = re.sub(r"<(?:path:)?(?:\w+_)?(\w+)>", r"{\1}", rule)
    return "/api/v1" + PLACES.get(path, path.replace("{secret}", "x"))


def ask(client, rule, **given):
    needed = {"format": "csv"} if rule.endswith("/export") else {"passage": "report-2010/para-1"}
    method = "post" if rule.endswith("/steps") else "get"
    return getattr(client, method)(address(rule), query_string={**needed, **given})


def test_every_operation_is_told(described):
    told = [operation for path in described["paths"].values() for operation in path.values()]
    assert len({each["operationId"] for each in told}) == len(told) == len(operations.OPERATIONS)
    for each in told:
        assert re.fullmatch(r"[A-Z].{10,}[^.]", each["summary"]), each["summary"]
        assert {"503"} < set(each["responses"])
        assert ("requestBody" in each) <= ({"400", "413", "415"} <= set(each["responses"]))
    assert all("description" in each for one in told for each in one.get("parameters", ()))


def test_the_parameters_come_from_where_they_are_read(described):
    found = {each["name"]: each for each in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert set(VALUES) < set(found)
    assert found["style"]["schema"]["enum"] == list(STYLES)
    assert found["q"]["schema"]["maxLength"] == Settings().max_query
    files = {each["name"]: each for each in described["paths"]["/api/v1/export"]["get"]["parameters"]}
    assert files["format"]["schema"]["enum"] == list(FORMATS)
    assert files["format"]["required"] is True


def test_the_description_is_that_of_the_installation(library):
    settings = Settings(max_query=7, base_url="https://law.example.edu/pincite", site_name="Law")
    client = create_app(settings, library=library).test_client()
    told = client.get("/api/v1/openapi.json", environ_overrides={"SCRIPT_NAME": "/pincite"}).json
    assert told["servers"] == [{"url": "https://law.example.edu/pincite"}]
    [asked] = [each for each in told["paths"]["/api/v1/search"]["get"]["parameters"] if each["name"] == "q"]
    assert asked["schema"]["maxLength"] == 7
    assert client.get("/api/v1/search?q=12345678").status_code == 400


def test_no_key_repeats_itself_as_a_title(described):
    text = json.dumps(described["components"]["schemas"])
    assert '"title": "Passage"' in text
    assert '"title": "Passage Id"' not in text


# -- what the description says is what requests are held to ------------------------------------------------------


def kinds(name):
    return [pytest.param(*each, id=f"{each[0]} {each[1].name}") for each in ASKED if name in each[1].schema]


@pytest.mark.parametrize(("rule", "parameter"), kinds("enum"))
@pytest.mark.parametrize("value", ["harvard", "", "RELEVANCE", "csv\0"])
def test_a_word_that_is_none_of_those_known_is_refused(client, rule, parameter, value):
    answer = ask(client, rule, **{parameter.name: value})
    assert answer.status_code == 400
    assert parameter.name in answer.json["error"]["message"]


@pytest.mark.parametrize(("rule", "parameter"), kinds("minimum"))
@pytest.mark.parametrize("value", ["-1", "1.5", "many", "", "1e3", "²", "٣", "9" * 30, "0x1"])
def test_a_number_that_is_none_is_refused(client, rule, parameter, value):
    assert ask(client, rule, **{parameter.name: value}).status_code == 400


@pytest.mark.parametrize(("rule", "parameter"), [each for each in ASKED if not each[1].many])
def test_a_parameter_that_is_given_twice_is_refused(client, rule, parameter):
    answer = ask(client, rule, **{parameter.name: ["1", "1"]})
    assert answer.status_code == 400
    assert "2 times" in answer.json["error"]["message"]


YEARS = next(each for each in parameters.ASKED if each.name == "year").schema["pattern"]


@pytest.mark.parametrize(
    "text", ["2001", "1995..2005", "1998-99", "1990s", "1990’s", "..1999", "2005..", "–1999", "7", "", "0..0"]
)
def test_years_in_every_form(text):
    assert re.search(YEARS, text)


@given(st.text("0123456789.-–s’' x", max_size=11).filter(str.strip))
def test_the_pattern_of_years_is_that_of_their_reader(text):
    try:
        year(text)
    except QueryError as error:
        known = "backwards" in str(error) or "-" in text or "–" in text or ".." in text
        assert known or not re.search(YEARS, text)
    else:
        assert re.search(YEARS, text) or text != text.strip()


# -- methods -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_another_method_is_refused_with_those_there_are(client, method):
    answer = getattr(client, method)("/api/v1/search")
    assert (answer.status_code, answer.json["error"]["kind"]) == (405, "MethodNotAllowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_pages_tell_the_methods_too(client):
    assert "GET" in client.post("/years").headers["Allow"]


# -- what nobody asks in earnest ---------------------------------------------------------------------------------

HOSTILE = (
    *("\0", "\ud800", "\u202e", "'; DROP TABLE sets", "%s%n", "x" * 5000, "9" * 5000, "{{7*7}}"),
    *("..", "/" * 50, "a/b", "\r\nX: y", "💥"),
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("rule", sorted({each.rule for each in operations.OPERATIONS if each.method == "GET"}))
def test_no_text_whatsoever_is_an_error_of_ours(client, rule, text):
    from urllib.parse import quote

    strange = quote(text, errors="surrogatepass")
    taken = {parameter.name for each, parameter in ASKED if each == rule} | {"unknown"}
    places = {"/api/v1" + re.sub(r"<[^>]+>", strange, rule), address(rule)}
    for place in places:
        for name in taken:
            answer = client.get(f"{place}?{name}={strange}")
            assert answer.status_code in {200, 400, 404}, (place, name, answer.text[:200])
            assert answer.status_code == 200 or answer.json.keys() == {"error"}

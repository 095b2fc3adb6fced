"""Organisations, instruments and years over the API."""

import pytest

COUNCIL = "council-of-europe"
CONVENTION = "convention-on-cybercrime"


def get(client, address, status=200):
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status, answer.text[:300]
    return answer.json


def facet(client, name):
    return {value["value"]: value for value in get(client, f"/facets/{name}?limit=100")["values"]}


# -- lists -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["organisation", "instrument"])
def test_what_passages_name_is_listed_with_its_counts(client, name):
    answer, counts = get(client, f"/{name}s"), facet(client, name)
    listed = answer[f"{name}s"]
    assert answer["total"] == len(listed) == len(counts) > 1
    assert [each["name"] for each in listed] == list(counts)
    for each in listed:
        assert (each["passages"], each["documents"]) == (
            counts[each["name"]]["count"],
            counts[each["name"]]["documents"],
        )
        assert each["link"] == f"http://localhost/{name}s/{each['slug']}"
        assert get(client, f"/{name}s/{each['slug']}")["passages"] == each["passages"]


def test_a_list_is_searched_and_paged(client):
    found = get(client, "/organisations?find=council")
    assert [each["name"] for each in found["organisations"]] == ["Council of Europe"]
    assert found["total"] == 1
    whole = get(client, "/organisations")
    assert get(client, "/organisations?offset=1&limit=1")["organisations"] == whole["organisations"][1:2]
    assert get(client, "/organisations?find=nobody")["organisations"] == []


def test_years_ascend(client):
    answer, counts = get(client, "/years"), facet(client, "year")
    assert [each["year"] for each in answer["years"]] == [1998, 2001, 2004]
    assert [each["passages"] for each in answer["years"]] == [counts[year]["count"] for year in sorted(counts)]
    assert get(client, "/years?limit=1&offset=2")["years"] == answer["years"][2:]


# -- one by one --------------------------------------------------------------------------------------------------


def test_an_organisation_tells_its_names_and_its_company(client, library):
    answer = get(client, f"/organisations/{COUNCIL}")
    assert (answer["name"], answer["names"], answer["slug"]) == ("Council of Europe", ["Council of Europe"], COUNCIL)
    assert "COE" in answer["aliases"]
    found = get(client, "/search?organisation=CoE&limit=0")
    assert (answer["passages"], answer["documents"]) == (found["total"], found["documents"])
    first, last = library.store.passage(answer["first"]["passage"]), library.store.passage(answer["last"]["passage"])
    assert "Council of Europe" in first.organisations
    assert "Council of Europe" in last.organisations
    assert answer["first"]["date"] <= answer["last"]["date"]
    both = {value["value"]: value["count"] for value in found["facets"]["instrument"]}
    assert {each["name"]: each["passages"] for each in answer["instruments"]} == both
    assert "Council of Europe" not in [each["name"] for each in answer["organisations"]]
    years = {int(value["value"]): value["count"] for value in found["facets"]["year"]}
    assert {each["year"]: each["passages"] for each in answer["years"]} == years
    assert answer["link"] == f"http://localhost/organisations/{COUNCIL}"


def test_the_bodies_above_and_below(client, library):
    from dataclasses import replace

    from corpus.model import Annotation, AnnotationType, Document, Found
    from corpus.store import SourceState
    from search.indexer import sync

    names = ("United Nations", "United Nations Office on Drugs and Crime")
    text = "; ".join(names)
    spans = [
        Annotation(text.rindex(name), text.rindex(name) + len(name), AnnotationType.ORGANISATION, name, Found.GAZETTEER)
        for name in names
    ]
    document = Document(id="family", title="Family", source="family.txt")
    model = library.store.passage("report-2010/para-1")
    passage = replace(model, id="family/p-1", document_id="family", text=text, sequence=1, annotations=tuple(spans))
    library.store.replace(document, [passage], SourceState("family.txt", "x", "family"))
    sync(library.store, library.engine)
    try:
        above = get(client, "/organisations/united-nations")
        below = get(client, "/organisations/united-nations-office-on-drugs-and-crime")
        assert [each["name"] for each in above["children"]] == [names[1]]
        assert "United Nations" in below["parents"]
        assert (above["first"], above["last"]) == (None, None)  # the document bears no date
    finally:
        library.store.remove("family")
        sync(library.store, library.engine)


def test_an_instrument_tells_what_it_is(client):
    answer = get(client, f"/instruments/{CONVENTION}")
    assert (answer["name"], answer["type"]) == ("Convention on Cybercrime", "treaty")
    [record] = answer["registered"]
    assert (record["id"], record["short"], record["date"]) == (
        "Convention on Cybercrime",
        "Budapest Convention",
        "2001-11-23",
    )
    assert "Budapest Convention" in answer["aliases"]
    assert answer["texts"] == []


def test_an_instrument_is_noted_up_article_by_article(client):
    answer = get(client, f"/instruments/{CONVENTION}/articles")
    titles = {each["title"]: each for each in answer["articles"]}
    assert answer["total"] == len(titles)
    assert {"Articles 2–9", "Article 16"} <= set(titles)
    article = titles["Article 16"]
    assert (article["passages"], article["documents"], article["shown"]) == (1, 1, ["model-law/art-1-2"])
    assert (article["unit"], article["numbers"]) == ("article", ["16"])
    assert article["search"].startswith("http://localhost/?provision=Convention")
    assert get(client, f"/instruments/{CONVENTION}/articles?limit=1&offset=1")["articles"] == answer["articles"][1:2]


@pytest.mark.parametrize("name", ["nobody", "%00", "é", "x" * 3000, "..%2f", "council-of-europe%00", "%ed%a0%80"])
@pytest.mark.parametrize("form", ["/organisations/{}", "/instruments/{}", "/instruments/{}/articles"])
def test_what_no_passage_names_is_not_found(client, name, form):
    assert get(client, form.format(name), 404)["error"]["kind"] == "NotFound"

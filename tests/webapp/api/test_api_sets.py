"""Passage sets over the API: the secret of a link in the path, no cookie, every step of the pages."""

import re

import pytest

from corpus.model import Document
from corpus.sets import MOST_ENTRIES, PassageSet
from corpus.sets_json import from_json
from corpus.sets_store import Access
from corpus.store import SourceState

FIRST, SECOND, THIRD = PASSAGES = ("report-2010/para-1", "report-2010/para-2", "model-law/art-1-1")
SETS = "/api/v1/sets"


@pytest.fixture
def sets(library):
    return library.store.sets


@pytest.fixture
def secret(sets):
    """The secret of the edit link of a set of three passages."""
    made = sets.create(PassageSet("Evidence").adding(PASSAGES))
    return sets.link(made.id, Access.EDIT)


@pytest.fixture
def shared(sets, secret):
    """The secret of a link to read the same set."""
    return sets.link(sets.opened(secret, Access.EDIT).id, Access.READ)


@pytest.fixture
def step(client, secret):
    """Take steps with the set, and give the answer."""

    def take(*steps, status=200, by=secret):
        answer = client.post(f"{SETS}/{by}/steps", json={"steps": steps})
        assert answer.status_code == status, answer.text[:300]
        return answer.json

    return take


def ids(answer):
    return [entry["passage"] for entry in answer["entries"]]


# -- making ------------------------------------------------------------------------------------------------------


def test_a_set_is_made_and_read(client, sets):
    asked = {"title": " Week  one ", "introduction": "Read this.", "passages": [FIRST, THIRD, FIRST]}
    made = client.post(SETS, json=asked)
    assert made.status_code == 201
    assert made.headers["Location"] == made.json["api"]
    assert re.fullmatch(r"http://localhost/sets/edit/[\w-]{32}", made.json["link"])
    held = client.get(made.json["api"]).json
    assert (held["title"], held["introduction"], held["frozen"], held["access"]) == (
        "Week one",
        "Read this.",
        "",
        "edit",
    )
    assert (held["total"], ids(held)) == (2, [FIRST, THIRD])
    entry = held["entries"][0]
    assert entry["record"] == {
        name: value for name, value in client.get(f"/api/v1/passages/{FIRST}").json.items() if name != "url"
    }
    assert (entry["state"], entry["kept"], entry["note"], entry["tags"]) == ("present", None, "", [])
    assert sets.opened(made.json["secret"], Access.EDIT).title == "Week one"


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 400, "title"),
        ({"title": ""}, 400, "title"),
        ({"title": " \n"}, 400, "title"),
        ({"title": 4}, 400, "title"),
        ({"title": "x" * 201}, 400, "title"),
        ({"title": "x", "introduction": "x" * 30_001}, 400, "introduction"),
        ({"title": "x", "passages": "report-2010/para-1"}, 400, "passages"),
        ({"title": "x", "passages": [4]}, 400, "passages.0"),
        ({"title": "x", "passages": [FIRST] * (MOST_ENTRIES + 1)}, 400, "passages"),
        ({"title": "x", "colour": "red"}, 400, "colour"),
        ({"title": "x", "passages": ["report-2010/para-99"]}, 404, "no passage 'report-2010/para-99'"),
        ([], 400, "object"),
        ("x", 400, "object"),
    ],
)
def test_a_set_that_cannot_be_made_is_refused(client, body, status, told):
    answer = client.post(SETS, json=body)
    assert answer.status_code == status
    assert told in answer.json["error"]["message"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b'{"title": "x"}', "application/json", 201),
        (b'\xef\xbb\xbf{"title": "x"}', "APPLICATION/JSON; charset=utf-8", 201),
        (b'{"title": "x"}', "text/plain", 415),
        (b"title=x", "application/x-www-form-urlencoded", 415),
        (b'{"title": "x"}', None, 415),
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"title": "\xff"}', "application/json", 400),
        (b'{"title": "\\ud800"}', "application/json", 400),
        (b'{"title": NaN}', "application/json", 400),
        (b'{"title": 1e999999}', "application/json", 400),
        (b'{"title": ' + b"9" * 10_000 + b"}", "application/json", 400),
        (b'{"title":' * 50_000, "application/json", 400),
        (b'{"title": "' + b"x" * 10_000_001 + b'"}', "application/json", 413),
    ],
)
def test_only_json_is_read(client, data, kind, status):
    answer = client.post(SETS, data=data, content_type=kind)
    assert answer.status_code == status
    assert ("error" in answer.json) == (status != 201)


def test_a_body_with_many_faults_names_the_first(client):
    message = client.post(SETS, json={"title": "x", "passages": [1, 2, 3, 4, 5]}).json["error"]["message"]
    assert message.count("passages.") == 3
    assert message.endswith("(and 2 more)")


# -- steps -------------------------------------------------------------------------------------------------------


def test_every_step_of_the_pages(step):
    assert step({"do": "rename", "title": "Other"})["title"] == "Other"
    assert step({"do": "rename", "title": "Other", "introduction": "Why"})["introduction"] == "Why"
    assert ids(step({"do": "add", "passages": ["report-2010/para-9", FIRST]})) == [*PASSAGES, "report-2010/para-9"]
    assert ids(step({"do": "remove", "passage": "report-2010/para-9"})) == [*PASSAGES]
    assert ids(step({"do": "move", "passage": FIRST, "to": "down"})) == [SECOND, FIRST, THIRD]
    assert ids(step({"do": "move", "passage": FIRST, "to": "up"})) == [*PASSAGES]
    noted = step({"do": "annotate", "passage": FIRST, "note": "Mind", "tags": ["a", "b"], "heading": "Week 2"})
    assert ids(noted) == [SECOND, THIRD, FIRST]
    assert {name: noted["entries"][2][name] for name in ("note", "tags", "heading")} == {
        "note": "Mind",
        "tags": ["a", "b"],
        "heading": "Week 2",
    }
    assert step({"do": "annotate", "passage": FIRST, "tags": []})["entries"][2]["note"] == "Mind"
    assert ids(step({"do": "move_section", "heading": "Week 2", "to": "up"})) == [FIRST, SECOND, THIRD]


def test_sets_are_merged_by_any_link_of_the_other(step, sets):
    other = sets.create(PassageSet("Other").adding(["report-2010/para-5"]))
    assert "report-2010/para-5" in ids(step({"do": "merge", "other": sets.link(other.id, Access.READ)}))
    assert step({"do": "merge", "other": "x" * 32}, status=404)["error"]["kind"] == "NotFound"


def test_a_frozen_set_keeps_its_texts_and_refuses_changes(step):
    frozen = step({"do": "freeze"})
    assert frozen["frozen"].startswith("20")
    assert all(entry["kept"] == entry["record"]["text"] for entry in frozen["entries"])
    refused = step({"do": "rename", "title": "x"}, status=409)["error"]
    assert (refused["status"], refused["kind"]) == (409, "FrozenSetError")
    thawed = step({"do": "thaw"}, {"do": "rename", "title": "x"})
    assert (thawed["frozen"], thawed["title"], thawed["entries"][0]["kept"]) == ("", "x", None)


def test_all_steps_are_taken_or_none(client, step, secret):
    before = client.get(f"{SETS}/{secret}").json
    step({"do": "rename", "title": "x"}, {"do": "remove", "passage": "report-2010/para-20"}, status=404)
    assert client.get(f"{SETS}/{secret}").json == before


@pytest.mark.parametrize(
    ("steps", "status", "told"),
    [
        ([], 400, "steps"),
        ([{"do": "thaw"}] * 101, 400, "steps"),
        (["thaw"], 400, "steps.0"),
        ([{}], 400, "do"),
        ([{"do": "explode"}], 400, "explode"),
        ([{"do": "move", "passage": FIRST, "to": "left"}], 400, "to"),
        ([{"do": "move", "passage": FIRST, "up": True}], 400, "up"),
        ([{"do": "annotate", "passage": FIRST, "tags": ["x"] * 21}], 400, "tags"),
        ([{"do": "annotate", "passage": FIRST, "note": 4}], 400, "note"),
        ([{"do": "remove", "passage": "x/p-1"}], 404, "does not hold"),
        ([{"do": "move_section", "heading": "None", "to": "up"}], 404, "no heading"),
        ([{"do": "add", "passages": ["x/p-1"]}], 404, "no passage"),
    ],
)
def test_a_step_that_cannot_be_taken_is_explained(client, secret, steps, status, told):
    answer = client.post(f"{SETS}/{secret}/steps", json={"steps": steps})
    assert answer.status_code == status
    assert told in answer.json["error"]["message"]


def test_only_whole_sets_are_frozen(step, library):
    document = Document(id="passing", title="Passing", source="passing.txt")
    passage = library.store.passage(FIRST)
    held = [type(passage)("passing/p-1", "passing", 1, passage.kind, "Soon gone.")]
    library.store.replace(document, held, SourceState("passing.txt", "x", "passing"))
    step({"do": "add", "passages": ["passing/p-1"]})
    library.store.remove("passing")
    assert "passing/p-1" in step({"do": "freeze"}, status=422)["error"]["message"]
    last = step({"do": "thaw"})["entries"][-1]
    assert (last["state"], last["record"]) == ("missing", None)


# -- links -------------------------------------------------------------------------------------------------------


def test_a_set_is_shared_and_the_links_revoked(client, secret):
    made = client.post(f"{SETS}/{secret}/links", json={"access": "read"})
    assert (made.status_code, made.json["access"]) == (201, "read")
    assert made.json["link"] == f"http://localhost/sets/{made.json['secret']}"
    assert client.get(made.json["api"]).json["access"] == "read"
    assert client.get(made.json["link"]).status_code == 200
    gone = client.delete(f"{SETS}/{secret}/links")
    assert (gone.status_code, gone.data) == (204, b"")
    assert client.get(made.json["api"]).status_code == 404
    assert client.get(f"{SETS}/{secret}").status_code == 200


def test_a_new_edit_link_ends_the_old_one(client, secret):
    made = client.post(f"{SETS}/{secret}/links", json={"access": "edit"}).json
    assert client.get(f"{SETS}/{secret}").status_code == 404
    assert client.get(made["api"]).json["access"] == "edit"


def test_a_reader_changes_nothing(client, shared, secret):
    before = client.get(f"{SETS}/{secret}").json
    refused = [
        client.post(f"{SETS}/{shared}/steps", json={"steps": [{"do": "rename", "title": "x"}]}),
        client.post(f"{SETS}/{shared}/links", json={"access": "edit"}),
        client.delete(f"{SETS}/{shared}/links"),
        client.delete(f"{SETS}/{shared}"),
    ]
    assert [answer.status_code for answer in refused] == [404] * 4
    assert client.get(f"{SETS}/{secret}").json == before
    assert ids(client.get(f"{SETS}/{shared}").json) == [*PASSAGES]


def test_a_copy_is_another_set(client, shared, secret):
    made = client.post(f"{SETS}/{shared}/copies", json={})
    assert made.status_code == 201
    assert client.get(made.json["api"]).json["title"] == "Evidence"
    named = client.post(f"{SETS}/{secret}/copies", json={"title": "Mine"}).json
    client.post(f"{named['api']}/steps", json={"steps": [{"do": "remove", "passage": FIRST}]})
    assert ids(client.get(named["api"]).json) == [SECOND, THIRD]
    assert ids(client.get(f"{SETS}/{secret}").json) == [*PASSAGES]


def test_a_set_is_deleted_for_everybody(client, secret, shared):
    assert client.delete(f"{SETS}/{secret}").status_code == 204
    assert {client.get(f"{SETS}/{each}").status_code for each in (secret, shared)} == {404}


@pytest.mark.parametrize("name", ["x", "x" * 32, "%00", "é", "..", "import", "x" * 5000, "%ed%a0%80", "a%2Fb"])
def test_a_secret_that_opens_nothing_is_not_found(client, name):
    for answer in (
        client.get(f"{SETS}/{name}"),
        client.delete(f"{SETS}/{name}"),
        client.get(f"{SETS}/{name}/set.json"),
        client.get(f"{SETS}/{name}/export?format=csv"),
        client.post(f"{SETS}/{name}/steps", json={"steps": [{"do": "thaw"}]}),
        client.post(f"{SETS}/{name}/copies", json={}),
        client.post(f"{SETS}/{name}/links", json={"access": "read"}),
    ):
        assert (answer.status_code, answer.json["error"]["kind"]) == (404, "NotFound")


# -- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("freeze", [False, True])
def test_a_set_goes_out_as_a_file_and_comes_in_again(client, secret, step, freeze):
    step({"do": "annotate", "passage": SECOND, "note": "Mind", "tags": ["a"], "heading": "Week 2"})
    if freeze:
        step({"do": "freeze"})
    file = client.get(f"{SETS}/{secret}/set.json")
    assert from_json(file.data).passage_ids == (FIRST, THIRD, SECOND)
    made = client.post("/api/v1/import", data=file.data, content_type="application/json")
    assert made.status_code == 201
    assert client.get(f"{SETS}/{made.json['secret']}/set.json").data == file.data


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"format": "x"}, 400),
        ({"version": 2}, 400),
        ({"entries": {}}, 400),
        ({"title": ""}, 400),
        ({"entries": [{"passage": "nothing"}]}, 422),
        ({"entries": [{"passage": FIRST}, {"passage": FIRST}]}, 422),
        ({"frozen": "yesterday"}, 422),
    ],
)
def test_a_file_that_is_no_set_is_refused(client, change, status):
    file = {"format": "pincite-set", "version": 1, "title": "x", "entries": []}
    assert client.post("/api/v1/import", json=file).status_code == 201
    assert client.post("/api/v1/import", json=file | change).status_code == status


def test_the_passages_of_a_set_are_exported(client, secret, shared):
    rows = client.get(f"{SETS}/{shared}/export?format=jsonl").text.splitlines()
    assert len(rows) == 3
    assert client.get(f"{SETS}/{secret}/export?format=docx").data.startswith(b"PK")
    assert client.get(f"{SETS}/{secret}/export").status_code == 400


# -- privacy -----------------------------------------------------------------------------------------------------


def test_answers_about_sets_are_for_nobody_else(client, secret):
    answers = [
        client.get(f"{SETS}/{secret}"),
        client.get(f"{SETS}/{secret}/set.json"),
        client.get(f"{SETS}/{secret}/export?format=csv"),
        client.get(f"{SETS}/unknown"),
        client.post(SETS, json={"title": "x"}),
        client.post(SETS, json={}),
        client.post(f"{SETS}/{secret}/links", json={"access": "read"}),
        client.delete(f"{SETS}/{secret}"),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"].startswith("private"), answer.request.path
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in answer.headers


def test_a_cookie_opens_nothing(client, secret):
    client.get(f"/sets/edit/{secret}")  # the browser knows the set now
    assert client.get(SETS).status_code == 405
    assert "Cookie" not in client.get(f"{SETS}/{secret}").headers.get("Vary", "")


def test_the_entries_come_in_pages(client, secret):
    answer = client.get(f"{SETS}/{secret}?limit=1&offset=1&style=apa")
    assert (answer.json["total"], ids(answer.json)) == (3, [SECOND])
    assert 'rel="next"' in answer.headers["Link"]

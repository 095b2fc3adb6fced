"""Passage sets in the browser: collected without an account, changed by one link, read by another."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from lxml import html

from corpus.sets import PassageSet
from corpus.sets_json import from_json
from corpus.sets_store import Access
from webapp import create_app
from webapp.collecting import COOKIE, MOST_LINKS
from webapp.settings import Settings

PASSAGES = ("report-2010/para-1", "report-2010/para-2", "model-law/art-1-1")
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def sets(library):
    return library.store.sets


@pytest.fixture
def opened(client, sets):
    """The secret of the edit link of a set of three passages that the browser knows."""
    made = sets.create(PassageSet("Evidence & <Law>").adding(PASSAGES))
    secret = sets.link(made.id, Access.EDIT)
    client.get(f"/sets/edit/{secret}")
    return secret


def send(client, address, headers=OWN, **form):
    return client.post(address, data=form, headers=headers)


def held(sets, secret):
    return sets.opened(secret, Access.EDIT)


def ids(tree):
    return tree.xpath("//article[@id]/@id")


# -- collecting --------------------------------------------------------------------------------------------------


def test_the_first_passage_makes_a_set_and_leads_back(client, sets):
    answer = send(client, "/sets/add", passage=PASSAGES[0], back="/?q=evidence&page=2")
    assert (answer.status_code, answer.location) == (303, f"/?q=evidence&page=2#{PASSAGES[0]}")
    secret = client.get_cookie(COOKIE).value
    assert held(sets, secret).passage_ids == (PASSAGES[0],)
    document, _, place = PASSAGES[1].partition("/")
    inside = send(client, "/sets/add", passage=PASSAGES[1], back=f"/documents/{document}", inside=document)
    assert inside.location == f"/documents/{document}#{place}"
    assert send(client, "/sets/add", passage=[*PASSAGES], back="/").location == "/"
    assert held(sets, secret).passage_ids == PASSAGES
    assert client.get_cookie(COOKIE).value == secret


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, library):
    cookie = send(client, "/sets", title="x").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    secure = create_app(Settings(base_url="https://law.example.edu"), library=library).test_client()
    assert "Secure" in send(secure, "/sets", title="x").headers["Set-Cookie"]


def test_the_cookie_is_bounded_and_keeps_the_sets_used_last(client):
    secrets = [send(client, "/sets", title=f"Set {number}").location.rpartition("/")[2] for number in range(42)]
    known = client.get_cookie(COOKIE).value.split(".")
    assert known == secrets[: -MOST_LINKS - 1 : -1]
    client.get(f"/sets/edit/{known[5]}")
    assert client.get_cookie(COOKIE).value.split(".")[0] == known[5]


@pytest.mark.parametrize("value", ["", "....", "x" * 3000, "guess." * 9, "'; DROP TABLE sets", "a" * 32])
def test_a_cookie_by_other_hands_opens_nothing(client, value):
    client.set_cookie(COOKIE, value)
    answer = client.get("/sets")
    assert answer.status_code == 200
    assert "knows no set yet" in answer.text


def test_a_set_can_be_named_when_adding(client, opened, sets):
    other = send(client, "/sets", title="Other").location.rpartition("/")[2]
    send(client, "/sets/add", passage="report-2010/para-9", set=held(sets, opened).id)
    assert held(sets, opened).passage_ids[-1] == "report-2010/para-9"
    assert held(sets, other).entries == ()
    strange = sets.create(PassageSet("Strange"))
    assert send(client, "/sets/add", passage=PASSAGES[0], set=strange.id).status_code == 404
    assert sets.get(strange.id).entries == ()


def test_a_frozen_set_is_not_added_to(client, opened, sets):
    send(client, f"/sets/edit/{opened}", do="freeze")
    send(client, "/sets/add", passage="report-2010/para-9")
    assert held(sets, opened).passage_ids == PASSAGES
    new = client.get_cookie(COOKIE).value.split(".")[0]
    assert held(sets, new).passage_ids == ("report-2010/para-9",)


@pytest.mark.parametrize(("passage", "status"), [("report-2010/para-99", 404), ("<b>", 404), ([], 400)])
def test_what_the_library_does_not_hold_is_not_added(client, passage, status):
    assert send(client, "/sets/add", passage=passage).status_code == status


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "", "http://["],
)
def test_the_way_back_never_leaves_the_site(client, back):
    location = send(client, "/sets/add", passage=PASSAGES[0], back=back).location
    assert re.fullmatch(r"/sets/edit/[\w-]{32}", location)


def test_the_macro_shows_what_is_in_the_set_already(app, opened, sets):
    def button(passage_id):
        source = "{% from '_sets.html' import add_to_set %}{{ add_to_set(name) }}"
        with app.test_request_context("/documents/x?q=law", headers={"Cookie": f"{COOKIE}={opened}"}):
            text = app.jinja_env.from_string(source).render(name=passage_id)
        return html.fromstring(text)

    assert button(PASSAGES[1]).get("href") == f"/sets/known/{held(sets, opened).id}?at={PASSAGES[1]}"
    other = button("report-2010/para-9")
    assert [other.get(name) for name in ("form", "name", "value")] == ["collect", "passage", "report-2010/para-9"]


@pytest.mark.parametrize("address", [f"/passages/{PASSAGES[0]}", "/?q=evidence"])
def test_results_and_passages_offer_the_set_and_come_back(page, client, address):
    tree = page(address)
    [form] = tree.xpath("//form[@id='collect']")
    button = tree.xpath("//button[@form='collect']")[0]
    assert form.get("action") == "/sets/add"
    answer = send(client, "/sets/add", **dict(form.form_values()), passage=button.get("value"))
    back, _, anchor = answer.location.partition("#")
    assert back == address
    again = page(address)
    assert again.xpath(f"//*[@id='{anchor}']")
    assert len(again.xpath("//a[@class='collected']")) == 1


def test_a_page_names_a_set_without_its_secret(client, opened, sets):
    assert opened not in client.get(f"/passages/{PASSAGES[0]}").text
    address = f"/sets/known/{held(sets, opened).id}"
    assert client.get(address).location == f"/sets/edit/{opened}"
    client.delete_cookie(COOKIE)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("form", ["csv", "docx", "ris", "tei"])
def test_a_set_is_taken_away_in_any_format_in_its_order(client, opened, form):
    answer = client.get(f"/sets/{opened}/passages?format={form}&style=apa")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "evidence-law." in answer.headers["Content-Disposition"]
    if form == "csv":
        assert [row["id"] for row in rows_of(answer)] == list(PASSAGES)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("freeze", [False, True])
def test_a_set_is_taken_away_as_its_page_shows_it(client, page, sets, freeze):
    names = [PASSAGES[2], "gone/para-1", *PASSAGES[:2]]
    made = PassageSet("Old").adding(names).annotated(PASSAGES[0], note="Why?", tags=["a", "b"], heading="Week 1")
    kept = {name: client.get(f"/api/v1/passages/{name}").json["text"] for name in PASSAGES}
    kept |= {PASSAGES[0]: "It read so.", "gone/para-1": "Gone words."}
    held = sets.create(made.frozen_with(kept, "2025-11-22T10:00:00+00:00") if freeze else made)
    secret = sets.link(held.id, Access.READ)
    shown = []
    for article in page(f"/sets/{secret}").xpath("//article[@id][.//p[contains(@class, 'text')]]"):
        note = article.xpath("string(.//p[@class='set-note'])")
        heading = article.xpath("string(preceding-sibling::h2)")
        text = article.xpath("string(.//p[contains(@class, 'text')])")
        shown.append((article.get("id"), "".join(text.split()), heading, note))
    rows = rows_of(client.get(f"/sets/{secret}/passages?format=csv"))
    taken = [(row["id"], "".join(row["text"].split()), row["heading"], row["note"]) for row in rows]
    assert taken == shown
    assert len(taken) == 3 + freeze
    told = rows[0]["export"]
    assert told.startswith("Selection: the set “Old”; Exported: ")
    if freeze:
        words = "Words: of 2025-11-22, when the set was frozen: 1 changed since, 1 is no longer in the library"
        assert told.endswith(f"; Passages: 4, all that were found; {words}")
    else:
        assert told.endswith("; Passages: 3 of 4; 1 is no longer in the library")


# -- other sites -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),  # another host of the university is not ours
        ({"Sec-Fetch-Site": "none"}, 403),
        # what the browser says of the site counts more than what it says of the origin
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "https://localhost"}, 303),  # a server in front speaks https
        ({"Origin": "https://law.example.edu"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:99"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://evil.example", "Referer": "http://localhost/"}, 403),
        ({"Referer": "http://localhost/?q=x"}, 303),
        ({"Referer": "http://evil.example/http://localhost/"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_change_anything(library, headers, status):
    client = create_app(Settings(base_url="https://law.example.edu"), library=library).test_client()
    before = len(library.store.sets.all())
    answer = client.post("/sets", data={"title": "x"}, headers=headers)
    assert answer.status_code == status
    assert len(library.store.sets.all()) - before == (status == 303)


def test_without_a_public_address_no_header_is_no_origin(client):
    assert client.post("/sets", data={"title": "x"}).status_code == 403


@pytest.mark.parametrize("address", ["/sets/add", "/sets/import", "/sets/edit/{}", "/sets/{}"])
def test_every_form_is_checked(client, opened, sets, address):
    before = held(sets, opened)
    form = {"do": f"remove {PASSAGES[0]}"}
    assert send(client, address.format(opened), {"Origin": "http://evil.example"}, **form).status_code == 403
    assert held(sets, opened) == before


# -- editing -----------------------------------------------------------------------------------------------------


def test_the_page_shows_the_set_in_its_order(page, client, opened):
    send(
        client,
        f"/sets/edit/{opened}",
        do=f"annotate {PASSAGES[0]}",
        note="Read <this>",
        tags="a, b",
        heading="W2",
    )
    tree = page(f"/sets/edit/{opened}")
    assert tree.xpath("string(//h1)") == "Evidence & <Law>"
    assert ids(tree) == [PASSAGES[1], PASSAGES[2], PASSAGES[0]]
    assert tree.xpath("//div[@class='set']//h2/text()") == ["W2"]
    assert tree.xpath("//p[@class='set-note']/text()") == ["Read <this>"]
    assert "a, b" in tree.xpath("string(//p[@class='tags'])")
    assert f"/passages/{PASSAGES[0]}" in tree.xpath("//article//a/@href")


@pytest.mark.parametrize(
    ("form", "order"),
    [
        ({"do": f"up {PASSAGES[2]}"}, (0, 2, 1)),
        ({"do": f"down {PASSAGES[0]}"}, (1, 0, 2)),
        ({"do": f"remove {PASSAGES[1]}"}, (0, 2)),
        ({"do": "rename", "title": "New"}, (0, 1, 2)),
    ],
)
def test_a_button_takes_one_step_and_comes_back_to_its_place(client, opened, sets, form, order):
    answer = send(client, f"/sets/edit/{opened}", **form)
    name, _, passage = form["do"].partition(" ")
    anchor = f"#{passage}" if name in {"up", "down"} else ""
    assert (answer.status_code, answer.location) == (303, f"/sets/edit/{opened}{anchor}")
    assert held(sets, opened).passage_ids == tuple(PASSAGES[index] for index in order)


def test_every_button_of_the_page_does_something(page, client, opened):
    """The forms are sent as a browser without scripts sends them."""
    send(client, "/sets", title="Another")
    tree = page(f"/sets/edit/{opened}")
    buttons = {button.get("value").partition(" ")[0]: button for button in tree.xpath("//button[@name='do']")}
    ending = ("renew", "freeze", "remove", "forget", "delete")  # after these the page is another one
    assert set(buttons) == {"up", "down", "annotate", "rename", "share", "duplicate", "merge", *ending}
    for name in set(buttons) - set(ending):
        form = [*buttons[name].iterancestors("form")] or tree.xpath(f"//form[@id='{buttons[name].get('form')}']")
        assert form[0].get("action") == f"/sets/edit/{opened}"
        fields = dict(form[0].form_values())
        assert send(client, f"/sets/edit/{opened}", **fields, do=buttons[name].get("value")).status_code == 303, name


def test_a_week_is_moved_as_a_whole(page, client, opened, sets):
    send(client, f"/sets/edit/{opened}", do=f"annotate {PASSAGES[0]}", heading="Week 2: “a & b”")
    [up, down] = page(f"/sets/edit/{opened}").xpath("//section/p[@class='actions']/button")
    assert send(client, f"/sets/edit/{opened}", do=up.get("value")).location == f"/sets/edit/{opened}"
    assert held(sets, opened).passage_ids == PASSAGES
    send(client, f"/sets/edit/{opened}", do=down.get("value"))
    assert held(sets, opened).passage_ids == (*PASSAGES[1:], PASSAGES[0])


def test_saving_a_form_unchanged_changes_nothing(page, client, opened, sets):
    form = {"do": f"annotate {PASSAGES[0]}", "note": "First\r\n\r\nsecond", "tags": "a,b", "heading": ""}
    send(client, f"/sets/edit/{opened}", **form)
    before = held(sets, opened)
    for form in page(f"/sets/edit/{opened}").xpath("//form[.//textarea]"):
        step = form.xpath(".//button/@value")[0]
        send(client, f"/sets/edit/{opened}", **dict(form.form_values()), do=step)
    assert held(sets, opened) == before


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"do": "explode"},
        {"do": "up"},
        {"do": "up x/p-1"},
        {"do": "rename", "title": " "},
        {"do": "delete"},
    ],
)
def test_a_step_that_cannot_be_taken_is_explained(client, opened, sets, form):
    before = held(sets, opened)
    assert send(client, f"/sets/edit/{opened}", **form).status_code == 400
    assert held(sets, opened) == before


def test_a_frozen_set_offers_no_step_but_thawing(page, client, opened, sets):
    send(client, f"/sets/edit/{opened}", do="freeze")
    tree = page(f"/sets/edit/{opened}")
    steps = {button.get("value").partition(" ")[0] for button in tree.xpath("//button[@name='do']")}
    assert steps == {"share", "renew", "thaw", "duplicate", "forget", "delete"}
    assert "no passage has changed since" in tree.xpath("string(//p[@class='notice'])")
    assert "is frozen" in send(client, f"/sets/edit/{opened}", do=f"up {PASSAGES[1]}").text
    send(client, f"/sets/edit/{opened}", do="thaw")
    assert held(sets, opened).frozen == ""


def test_what_changed_and_what_is_missing_is_told(page, client, sets):
    made = PassageSet("Old").adding([PASSAGES[0], "gone/para-1", PASSAGES[1]])
    texts = {each: client.get(f"/api/v1/passages/{each}").json["text"] for each in PASSAGES[:2]}
    kept = {PASSAGES[0]: "It read so.", "gone/para-1": "Gone words.", PASSAGES[1]: texts[PASSAGES[1]]}
    frozen = made.frozen_with(kept, "2026-11-22T10:00:00+00:00")
    tree = page(f"/sets/edit/{sets.link(sets.create(frozen).id, Access.EDIT)}")
    notice = " ".join(tree.xpath("string(//p[@class='notice'])").split())
    assert notice == "Frozen on 22 November 2026; since then 1 passage changed and 1 passage left the library."
    assert tree.xpath("//p[@class='text kept']/text()") == ["It read so.", "Gone words."]
    assert texts[PASSAGES[0]] in tree.xpath("string(//details[@class='now'])")
    loose = page(f"/sets/edit/{sets.link(sets.create(made).id, Access.EDIT)}")
    assert "1 passage of this set is not in the library" in loose.xpath("string(//p[@class='notice'])")
    assert ids(loose) == ids(tree) == [PASSAGES[0], "gone/para-1", PASSAGES[1]]


def test_a_copy_has_a_link_of_its_own(client, opened, sets):
    answer = send(client, f"/sets/edit/{opened}", do="duplicate", title="Mine")
    copy = answer.location.rpartition("/")[2]
    assert copy != opened
    assert replace(held(sets, copy), id="") == replace(held(sets, opened), id="", title="Mine")
    send(client, f"/sets/edit/{copy}", do=f"remove {PASSAGES[0]}")
    assert held(sets, opened).passage_ids == PASSAGES


def test_another_known_set_is_taken_in(client, opened, sets):
    other = sets.create(PassageSet("Other").adding(["report-2010/para-9", PASSAGES[0]]))
    form = {"do": "merge", "other": other.id}
    assert send(client, f"/sets/edit/{opened}", **form).status_code == 404  # not known to this browser
    client.get(f"/sets/edit/{sets.link(other.id, Access.EDIT)}")
    send(client, f"/sets/edit/{opened}", **form)
    assert held(sets, opened).passage_ids == (*PASSAGES, "report-2010/para-9")


def test_a_set_is_forgotten_or_deleted(client, opened):
    send(client, f"/sets/edit/{opened}", do="forget")
    assert opened not in client.get("/sets").text
    assert client.get(f"/sets/edit/{opened}").status_code == 200
    send(client, f"/sets/edit/{opened}", do="delete", sure="1")
    assert client.get(f"/sets/edit/{opened}").status_code == 404
    assert opened not in client.get("/sets").text


# -- links -------------------------------------------------------------------------------------------------------


def test_readers_see_the_set_and_cannot_change_it(page, client, opened, sets):
    answer = send(client, f"/sets/edit/{opened}", do="share")
    [shared] = page(answer.location).xpath("//aside//a[@data-copy='readers_link']/@href")
    assert shared.startswith("http://localhost/sets/")
    tree = page(shared)
    assert ids(tree) == list(PASSAGES)
    assert len(tree.xpath("//span[@class='citation']")) == 3
    assert tree.xpath("//button/text()") == ["Search", "Download", "Make a copy of my own"]
    secret = shared.rpartition("/")[2]
    assert client.get(f"/sets/edit/{secret}").status_code == 404
    assert send(client, f"/sets/edit/{secret}", do=f"remove {PASSAGES[0]}").status_code == 404
    assert opened not in client.get(shared).text
    copy = send(client, f"/sets/{secret}").location.rpartition("/")[2]
    assert held(sets, copy).passage_ids == PASSAGES
    assert held(sets, copy).id != held(sets, opened).id


def test_a_revoked_link_is_dead_and_says_nothing(client, opened, sets):
    read = sets.link(held(sets, opened).id, Access.READ)
    assert client.get(f"/sets/{read}").status_code == 200
    send(client, f"/sets/edit/{opened}", do="revoke")
    dead, never = client.get(f"/sets/{read}"), client.get(f"/sets/{'x' * 32}")
    assert (dead.status_code, never.status_code) == (404, 404)
    assert "may have been revoked" in dead.text
    assert "Evidence" not in dead.text


def test_the_edit_link_can_be_changed(client, opened, sets):
    answer = send(client, f"/sets/edit/{opened}", do="renew")
    new = answer.location.rpartition("/")[2].removesuffix("#links")
    assert client.get(f"/sets/edit/{opened}").status_code == 404
    assert held(sets, new).passage_ids == PASSAGES
    assert client.get_cookie(COOKIE).value.split(".") == [new]


def test_a_link_for_readers_is_shown_with_its_own_set_alone(client, opened, sets):
    foreign = sets.link(sets.create(PassageSet("Foreign")).id, Access.READ)
    assert foreign not in client.get(f"/sets/edit/{opened}?read={foreign}").text
    assert client.get(f"/sets/edit/{opened}?read=%00").status_code == 200


def test_the_pages_of_sets_are_for_no_cache_and_no_search_engine(client, opened):
    for address in ("/sets", f"/sets/edit/{opened}", f"/sets/{'x' * 32}"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"


# -- files -------------------------------------------------------------------------------------------------------


def test_a_set_goes_out_as_json_and_comes_back(client, opened, sets):
    answer = client.get(f"/sets/{opened}/set.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=evidence-law.json"
    assert from_json(answer.data) == replace(held(sets, opened), id="")
    file = {"file": (io.BytesIO(answer.data), "set.json")}
    made = client.post("/sets/import", data=file, headers=OWN).location.rpartition("/")[2]
    assert replace(held(sets, made), id="") == from_json(answer.data)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xd8", "no JSON file"),
        (b"{}", "no passage set"),
        (json.dumps({"format": "x"}).encode(), "no passage set"),
    ],
)
def test_a_file_that_is_no_set_is_refused_with_the_reason(client, content, told):
    answer = client.post("/sets/import", data={"file": (io.BytesIO(content), "x")}, headers=OWN)
    assert answer.status_code == 400
    assert told in answer.text


def test_a_form_without_its_fields_is_a_bad_request(client):
    assert send(client, "/sets").status_code == 400
    assert send(client, "/sets/import").status_code == 400

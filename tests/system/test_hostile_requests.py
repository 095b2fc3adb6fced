"""500 hostile requests and what must hold for each: no failure, our headers, nobody led elsewhere, nothing told."""

import re
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest

from search.indexer import sync
from tests.system.hostile.requests import ELSEWHERE, requests
from tests.webapp import web_library
from tests.webapp.conftest import ReadingClient
from webapp import create_app
from webapp.origin import refuse_foreign
from webapp.resources import Library
from webapp.security import HEADERS
from webapp.settings import Settings

TOKEN = "correct-horse-battery-staple"  # noqa: S105  # of this test
SLOWEST = 5.0
OWN = {"Sec-Fetch-Site": "same-origin"}
FOREIGN = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": f"https://{ELSEWHERE}"},
    {"Origin": "null"},
    {"Referer": f"https://{ELSEWHERE}/localhost"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://[", "X-CSRF-Token": "a"},
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library(tmp_path_factory.mktemp("library")) as opened:
        web_library.fill(opened.store)
        sync(opened.store, opened.engine)
        yield opened


@pytest.fixture(scope="module")
def app(library):
    return create_app(Settings(library=library.folder, admin_token=TOKEN), library=library)


@pytest.fixture
def client(app):
    return ReadingClient(app, app.response_class)


def faults(asked, answer, seconds):
    """What is wrong with an answer."""
    text = answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""
    location = urlsplit(answer.headers.get("Location", ""))
    found = {
        "failed": answer.status_code >= 500 and answer.status_code != 501,
        "slow": seconds > SLOWEST,
        "without our headers": any(answer.headers.get(name) != value for name, value in HEADERS.items()),
        "a cookie of theirs": "a=b" in answer.headers.getlist("Set-Cookie"),
        "led elsewhere": location.netloc not in {"", "localhost"}
        or answer.headers.get("Location", "").startswith("//"),
        "told of a file": "root:x:0:0" in text,
        "told of the inside": bool(re.search(r"Traceback|site-packages|sqlalchemy\.", text)),
        "evaluated": "{{7*7}}" in asked.path and ">49<" in text,
        "made a link to elsewhere": asked.method == "GET" and f"//{ELSEWHERE}/" in text and "Host" not in asked.headers,
    }
    return [
        f"{fault}: {answer.status_code} {asked.method} {asked.path[:120]} {str(asked.headers)[:120]}"
        for fault, is_so in found.items()
        if is_so
    ]


def test_five_hundred_hostile_requests(client):
    wrong, statuses, all_asked = [], Counter(), requests()
    for asked in all_asked:
        start = time.monotonic()
        with client.open(asked.path, **asked.options) as answer:
            wrong += faults(asked, answer, time.monotonic() - start)
            statuses[answer.status_code] += 1
    assert wrong == []
    assert len(all_asked) >= 500
    assert len(statuses) > 5, "these are meant to be of many kinds"


def changing(app):
    """Every route that changes something, with its method."""
    safe = {"GET", "HEAD", "OPTIONS"}
    return [(rule, method) for rule in app.url_map.iter_rules() for method in sorted(rule.methods - safe)]


def test_no_form_of_another_site_is_taken_by_any_route(app, client, library):
    """Asked of the table of routes, so that one which is added later is held to it as well."""
    before = library.store.sets.count()
    routes = changing(app)
    assert len(routes) > 15
    for rule, method in routes:
        address = re.sub(r"<[^>]+>", "x", rule.rule)
        # a request that says nothing of where it comes from is no browser's: the API has no cookies to abuse
        told = [each for each in FOREIGN if not address.startswith("/api/") or {"Origin", "Sec-Fetch-Site"} & set(each)]
        statuses = {client.open(address, method=method, headers=headers).status_code for headers in told}
        assert statuses == {403}, (method, rule.rule)
    assert library.store.sets.count() == before


def test_the_guard_lets_our_own_pages_through(app):
    for headers in (OWN, {"Origin": "http://localhost"}, {"Referer": "http://localhost/sets"}):
        with app.test_request_context("/sets", method="POST", headers=headers):
            refuse_foreign()


@pytest.mark.parametrize("address", ["/sets/{}", "/sets/edit/{}", "/api/v1/sets/{}", "/sets/{}/set.json"])
def test_all_links_that_open_nothing_are_alike(client, address):
    made = client.post("/api/v1/sets", json={"title": "Week 1"}).json["secret"]
    revoked = client.post("/api/v1/sets", json={"title": "Week 2"}).json["secret"]
    client.delete(f"/api/v1/sets/{revoked}")
    guesses = ["A" * 32, made[:-1] + ("A" if made[-1] != "A" else "B"), revoked, "quokka-lamp"]
    answers = [client.get(address.format(each)) for each in guesses]
    assert {each.status_code for each in answers} == {404}
    plain = {each.text.replace(guess, "") for guess, each in zip(guesses, answers, strict=True)}
    assert len(plain) == 1
    assert all("private" in each.headers["Cache-Control"] for each in answers)


def test_what_stands_under_a_secret_is_kept_by_nobody_and_told_to_nobody(client):
    secret = client.post("/api/v1/sets", json={"title": "Week 1"}).json["secret"]
    for address in (f"/sets/edit/{secret}", f"/sets/{secret}/set.json", f"/api/v1/sets/{secret}"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_cookies_are_out_of_reach_and_secure_over_https(library):
    app = create_app(
        Settings(library=library.folder, admin_token=TOKEN, base_url="https://law.example.edu"), library=library
    )
    client = app.test_client()
    answers = [
        client.post("/sets", data={"title": "Week 1"}, headers=OWN),
        client.post("/admin/enter", data={"token": TOKEN}, headers=OWN),
    ]
    for cookie in [each for answer in answers for each in answer.headers.getlist("Set-Cookie")]:
        assert {"Secure", "HttpOnly"} <= {part.strip() for part in cookie.split(";")}
        assert re.search("SameSite=(Lax|Strict)", cookie)


@pytest.mark.parametrize(
    "title", ["a\r\nSet-Cookie: a=b", '"; filename=evil.exe', "../../etc/passwd", "\u202egpj.exe", "é" * 200, "'"]
)
def test_the_name_of_a_download_says_nothing_of_its_own(client, title):
    made = client.post("/api/v1/sets", json={"title": title[:200]})
    if made.status_code != 201:  # no title at all
        assert made.status_code in {400, 422}
        return
    for form in ("passages?format=csv", "set.json"):
        told = client.get(f"/sets/{made.json['secret']}/{form}").headers["Content-Disposition"]
        assert re.fullmatch(r"attachment; filename=\"?[a-z0-9-]+\.\w+\"?", told)


def test_hosts_that_are_not_ours_are_refused_where_ours_are_named(library):
    app = create_app(Settings(library=library.folder, hosts="law.example.edu, .example.org"), library=library)
    asked = {
        host: app.test_client().get("/?q=evidence", headers={"Host": host}).status_code
        for host in (
            "law.example.edu",
            "law.example.edu:8765",
            "a.example.org",
            "localhost:80",
            "127.0.0.1",
        )
    }
    assert set(asked.values()) == {200}
    for host in (ELSEWHERE, f"law.example.edu.{ELSEWHERE}", "law.example.edu@a.example", "", "a b"):
        answer = app.test_client().get("/api/v1/documents/model-law", headers={"Host": host})
        assert answer.status_code == 400
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert app.test_client().get("/documents/model-law", headers={"Host": host}).status_code == 400


def test_links_follow_the_public_address_and_not_the_host_of_the_request(library):
    app = create_app(Settings(library=library.folder, base_url="https://law.example.edu"), library=library)
    for address in (
        "/passages/model-law/art-1-1",
        "/feed.atom?q=evidence",
        "/opensearch.xml",
        "/api/v1/documents/model-law",
    ):
        text = app.test_client().get(address, headers={"Host": ELSEWHERE, "X-Forwarded-Host": ELSEWHERE}).text
        assert ELSEWHERE not in text
        assert "https://law.example.edu/" in text


def test_a_compressed_body_is_not_unpacked(client):
    import gzip

    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = client.post(
        "/api/v1/check", data=gzip.compress(b'{"text": "' + b"a" * 50_000_000 + b'"}'), headers=headers
    )
    assert answer.status_code == 400


def test_a_format_that_is_made_in_memory_is_bounded(client, monkeypatch):
    monkeypatch.setattr("webapp.views.export.MOST_COLLECTED", 5)
    refused = client.get("/export?q=evidence&format=docbin")
    assert refused.status_code == 400
    assert "limit=5" in refused.text
    assert client.get("/export?q=evidence&format=docbin&limit=5").status_code == 200


def test_the_number_of_sets_is_bounded_and_that_is_told(library):
    most = library.store.sets.count() + 1
    app = create_app(Settings(library=library.folder, max_sets=most), library=library)
    client = app.test_client()
    assert client.post("/api/v1/sets", json={"title": "The last"}).status_code == 201
    refused = [
        client.post("/api/v1/sets", json={"title": "One too many"}),
        client.post("/sets", data={"title": "One too many"}, headers=OWN),
        client.post("/sets/add", data={"passage": "model-law/art-1-1"}, headers=OWN),
    ]
    assert [each.status_code for each in refused] == [422, 400, 400]
    assert all("passage sets" in each.text for each in refused)
    assert library.store.sets.count() == most

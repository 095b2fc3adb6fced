"""Rates: an address that asks too often waits, a class behind one address never does."""

from dataclasses import replace

import pytest

from webapp import create_app
from webapp.rates import _PAGES, RATES, Buckets, Rate

FAR = {"REMOTE_ADDR": "192.0.2.7"}
SEARCH = RATES["search.page"]


@pytest.fixture
def visitor(web_settings, library):
    """A client of an application that is made for one reader behind each address."""
    return create_app(replace(web_settings, rate_readers=1), library=library).test_client()


def asked(client, address, **options):
    return client.get(address, environ_overrides=FAR, **options)


def test_a_bucket_is_emptied_and_fills_again():
    now = [0.0]
    buckets, rate = Buckets(2, lambda: now[0]), Rate(0.25, 3)
    assert [buckets.wait("192.0.2.1", rate) for _ in range(7)] == [0] * 6 + [2]
    assert buckets.wait("192.0.2.2", rate) == 0
    assert buckets.wait("192.0.2.1", Rate(1, 1)) == 0
    now[0] = 2
    assert [buckets.wait("192.0.2.1", rate) for _ in range(2)] == [0, 2]


def test_a_household_with_ipv6_is_one_address():
    buckets, rate = Buckets(1, lambda: 0.0), Rate(1, 2)
    assert [buckets.wait(f"2001:db8:0:1::{number}", rate) for number in range(3)] == [0, 0, 1]
    assert buckets.wait("2001:db8:0:2::1", rate) == 0
    assert [buckets.wait("::ffff:192.0.2.1", rate) for _ in range(3)] == [0, 0, 1]


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr("webapp.rates._MOST_ADDRESSES", 100)
    buckets = Buckets(1)
    for number in range(1000):
        buckets.wait(f"192.0.{number // 250}.{number % 250}", SEARCH)
    assert len(buckets._left) == 100


def test_a_class_of_sixty_never_waits():
    """All open the page at once, type, search every four seconds for an hour, and take their findings home."""
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])
    typing, files, checks = RATES["api.complete"], RATES["export.download"], RATES["check.checked"]
    waits = [buckets.wait("192.0.2.1", _PAGES) for _ in range(60 * 3)]
    for second in range(3600):
        now[0] = float(second)
        searching = 60 if second % 4 == 0 else 0
        waits += [buckets.wait("192.0.2.1", SEARCH) for _ in range(searching)]
        waits += [buckets.wait("192.0.2.1", typing) for _ in range(searching * 3)]
        waits += [buckets.wait("192.0.2.1", _PAGES) for _ in range(30)]
    waits += [buckets.wait("192.0.2.1", rate) for rate in (files, checks) for _ in range(60 * 3)]
    assert set(waits) == {0}


def test_too_many_requests_are_refused_with_a_page_and_when_to_come_again(visitor):
    answers = [asked(visitor, "/?q=evidence").status_code for _ in range(SEARCH.burst + 1)]
    assert answers == [200] * SEARCH.burst + [429]
    refused = asked(visitor, "/?q=evidence")
    assert refused.headers["Retry-After"] in {"1", "2"}  # a slow machine has waited a part of it
    assert "Too many requests have come from your network" in refused.text
    assert "Content-Security-Policy" in refused.headers
    data = asked(visitor, "/api/v1/search?q=evidence")  # the same bucket: the same work
    assert (data.status_code, data.json["error"]["kind"]) == (429, "TooManyRequests")
    assert data.headers["Retry-After"] in {"1", "2"}
    assert asked(visitor, "/help").status_code == 200
    assert visitor.get("/?q=evidence", environ_overrides={"REMOTE_ADDR": "192.0.2.8"}).status_code == 200


def test_links_that_open_nothing_are_not_tried_for_long(visitor):
    guesses = [asked(visitor, f"/sets/{number:032}").status_code for number in range(4)]
    assert guesses == [404, 404, 429, 429]
    # those that open something cost no guess
    other = {"REMOTE_ADDR": "192.0.2.9"}
    made = visitor.post("/api/v1/sets", json={"title": "Week 1"}, environ_overrides=other).json
    opened = [visitor.get(f"/api/v1/sets/{made['secret']}", environ_overrides=other).status_code for _ in range(5)]
    assert opened == [200] * 5


def test_this_machine_is_not_counted_and_limits_can_be_switched_off(visitor, web_settings, library):
    assert {visitor.get("/?q=evidence").status_code for _ in range(SEARCH.burst * 2)} == {200}
    free = create_app(replace(web_settings, rate_readers=0), library=library).test_client()
    assert {asked(free, "/?q=evidence").status_code for _ in range(SEARCH.burst * 2)} == {200}


def test_health_and_files_of_the_pages_are_always_free(visitor):
    assert {asked(visitor, address).status_code for address in ("/healthz", "/static/all.css") for _ in range(50)} == {
        200
    }


def test_every_rate_belongs_to_an_endpoint_that_there_is(app):
    assert set(RATES) <= {rule.endpoint for rule in app.url_map.iter_rules()}

"""What the log tells of requests, and what it must never tell."""

import json
import logging
import re
from io import StringIO

import pytest
from waitress.channel import HTTPChannel

from corpus.errors import LibraryError
from tests.webapp.conftest import ReadingClient
from webapp import create_app, logs
from webapp.settings import Settings

SECRET = "s3cr3t" * 6


@pytest.fixture
def written(monkeypatch):
    """Set up the log in a form; what it writes is read by calling the result."""
    root, ours = logging.getLogger(), logging.getLogger("webapp")
    before, level, own = list(root.handlers), root.level, ours.level

    def prepared(form):
        stream = StringIO()
        monkeypatch.setattr("sys.stderr", stream)
        logs.prepare(Settings(log=form))
        return stream.getvalue

    yield prepared
    root.handlers[:] = before
    root.setLevel(level)
    ours.setLevel(own)


def client_of(library, **settings):
    return reading(create_app(Settings(**settings), library=library))


def reading(app):
    """A client that closes every answer, as a server does."""
    return ReadingClient(app, app.response_class)


def records(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_request_is_one_record(library, written):
    log = written("json")
    answer = client_of(library).get("/documents/model-law?from=12")
    [record] = records(log())
    assert record.pop("time").endswith("+00:00")
    assert record.pop("milliseconds") > 0
    assert record == {
        "level": "info",
        "logger": "webapp.access",
        "request": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "/documents/<document_id>",
        "status": 200,
        "bytes": len(answer.data),
    }


def test_a_request_is_one_line_of_text(library, written):
    log = written("text")
    answer = client_of(library).get("/robots.txt")
    number = answer.headers["X-Request-ID"]
    assert re.fullmatch(rf"\S+ \S+ INFO {number} GET /robots.txt 200 [\d.]+ {len(answer.data)}\n", log())


def test_a_quiet_log_has_no_line_for_what_went_well(library, written):
    log = written("quiet")
    client_of(library).get("/robots.txt")
    assert log() == ""


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize(
    "address",
    ["/?q=telegram", "/api/v1/search?q=telegram", f"/sets/edit/{SECRET}", f"/{SECRET}", f"/sets/{SECRET}?q=x"],
)
def test_neither_queries_nor_secrets_nor_readers_are_told(library, written, form, address):
    log = written(form)
    client_of(library).get(address, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert log()
    for word in ("telegram", SECRET, "192.0.2.7"):
        assert word not in log()


def test_queries_are_told_where_that_was_asked_for(library, written):
    log = written("json")
    client_of(library, log_queries=True).get(f"/api/v1/search?q=tele%0Agram&set={SECRET}")
    assert records(log())[-1]["query"] == "tele\ngram"
    assert SECRET not in log()


def test_an_error_is_one_record_with_its_trace_and_number(library, written):
    app = create_app(Settings(), library=library)

    @app.get("/broken/<secret>")
    def broken(secret):  # noqa: ARG001  # part of the address
        raise ZeroDivisionError("split\nin two")

    log = written("json")
    answer = reading(app).get(f"/broken/{SECRET}")
    failure, access = records(log())
    assert (failure["level"], failure["request"]) == ("error", answer.headers["X-Request-ID"])
    assert "ZeroDivisionError" in failure["error"]
    assert failure["message"] == "GET /broken/<secret> failed"
    assert access["status"] == 500
    assert SECRET not in log()


def test_a_refusal_of_ours_names_no_address(library, written):
    app = create_app(Settings(), library=library)

    @app.get("/away/<secret>")
    def away(secret):  # noqa: ARG001  # part of the address
        raise LibraryError("the store is away")

    log = written("json")
    reading(app).get(f"/away/{SECRET}")
    assert records(log())[0]["message"] == "GET /away/<secret>: the store is away"
    assert SECRET not in log()


def test_what_is_streamed_is_told_when_it_has_gone_out(library, written):
    log = written("json")
    answer = client_of(library).get("/export?q=telegram&format=csv")
    assert records(log())[-1]["bytes"] == len(answer.data) > 100


def test_the_server_s_own_complaints_hold_no_address(written):
    log = written("text")
    logging.getLogger("waitress").warning(f"Exception while serving /sets/edit/{SECRET}")  # noqa: G004  # as it does
    assert "Exception while serving a request" in log()
    assert SECRET not in log()
    assert "while serving %s" in "".join(map(str, HTTPChannel.service.__code__.co_consts))  # it still says so


def test_the_number_of_a_proxy_is_taken_over_where_there_is_one(library):
    given = {"X-Request-ID": "4f9d2c1e-77aa"}
    assert client_of(library, proxies=1).get("/healthz", headers=given).headers["X-Request-ID"] == "4f9d2c1e-77aa"
    assert client_of(library).get("/healthz", headers=given).headers["X-Request-ID"] != "4f9d2c1e-77aa"


@pytest.mark.parametrize("given", ["short", "x" * 65, 'a"}{"level":"x', "blank in it"])
def test_a_number_that_could_break_the_log_is_not_taken(library, given):
    answer = client_of(library, proxies=1).get("/healthz", headers={"X-Request-ID": given})
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])

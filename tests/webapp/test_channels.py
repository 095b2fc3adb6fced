"""Slow and overbearing clients, on real sockets: others are answered meanwhile, and they are shown the door."""

import socket
import threading
import time
import urllib.request
from contextlib import suppress

import pytest
from flask import Flask

from webapp import MAX_BODY, channels, create_app
from webapp.administration import session
from webapp.security import HEADERS
from webapp.server import make_server
from webapp.settings import Settings
from webapp.views.admin import MOST_FORM, UPLOADS

TOKEN = "correct-horse-battery-staple"  # noqa: S105  # of this test
#: Connections that send a letter now and then: a hundred were all that waitress keeps by itself.
SLOW = 150


@pytest.fixture(scope="module")
def served(library):
    """The port of a running server whose patience is short."""
    with pytest.MonkeyPatch.context() as patched:
        for name, seconds in (("HEADERS", 1.5), ("SILENCE", 4), ("EVERY", 1)):
            patched.setattr(channels, name, seconds)
        yield from serving(library)


def serving(library):
    settings = Settings(library=library.folder, port=0, admin_token=TOKEN)
    server = make_server(settings, library)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    thread.join(timeout=5)


def connected(port):
    made = socket.create_connection(("127.0.0.1", port), timeout=10)
    made.setblocking(True)
    return made


def answer(port, text):
    """What the server says to a request that is sent whole, to its end."""
    with connected(port) as client, suppress(ConnectionResetError, BrokenPipeError):
        client.settimeout(10)
        client.sendall(text.encode())
        said = b""
        while piece := client.recv(65_536):
            said += piece
        return said.decode(errors="replace")
    return ""


def is_closed(client):
    """Whether the server has closed the connection."""
    client.settimeout(0.01)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def dripped(clients, letter, seconds):
    """Send a letter on every connection five times a second; those that the server has not closed at the end."""
    end = time.monotonic() + seconds
    left = list(clients)
    while left and time.monotonic() < end:
        for client in list(left):
            try:
                client.send(letter)
            except OSError:
                left.remove(client)
        time.sleep(0.2)
    return [client for client in left if not is_closed(client)]


HEADS = {
    "headers": "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "body": "POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n",
    "chunks": "POST /check HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_who_sends_letter_by_letter_is_dropped_and_others_are_answered_meanwhile(served, head):
    slow = [connected(served) for _ in range(SLOW)]
    try:
        for client in slow:
            client.send(head.encode())
        start = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{served}/?q=evidence", timeout=5) as response:
            assert response.status == 200
        assert time.monotonic() - start < 3
        assert dripped(slow, b"a", seconds=6) == []
    finally:
        for client in slow:
            client.close()


def test_who_says_nothing_is_dropped(served):
    with connected(served) as silent:
        time.sleep(4)
        assert is_closed(silent)


def test_who_takes_nothing_of_the_answer_is_dropped(library, monkeypatch):
    """Threads that wait for a reader would in the end be all of them."""
    monkeypatch.setattr(channels, "SILENCE", 1)
    monkeypatch.setattr(channels, "EVERY", 1)
    app = Flask("long")
    app.get("/")(lambda: (b"a" * 1_000_000 for _ in range(200)))
    monkeypatch.setattr("webapp.server.create_app", lambda *_, **__: app)
    monkeypatch.setattr("webapp.server.load_templates", lambda _: None)
    server = make_server(Settings(library=library.folder, port=0, threads=1), library)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        lazy = connected(server.effective_port)
        lazy.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with pytest.raises(urllib.error.HTTPError, match="404"):  # the one thread is free again
            urllib.request.urlopen(f"http://127.0.0.1:{server.effective_port}/none", timeout=20)
    finally:
        lazy.close()
        server.close()
        thread.join(timeout=5)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"POST /check HTTP/1.1\r\nHost: a\r\nContent-Length: {MAX_BODY + 2}\r\n\r\n", 413),
        (f"POST {UPLOADS} HTTP/1.1\r\nHost: a\r\nContent-Length: {MOST_FORM}\r\n\r\n", 413),
        (f"POST {UPLOADS} HTTP/1.1\r\nCookie: {session.COOKIE}=a.b.c\r\nContent-Length: {MOST_FORM}\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: ".ljust(1 << 16, "a"), 431),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ("\x00\x01\x02\r\n\r\n", 400),
    ],
)
def test_what_never_reaches_a_page_is_refused_with_the_headers_of_all_answers(served, head, status):
    said = answer(served, head)
    assert said.split(" ", 2)[1] == str(status)
    assert all(f"{name}: {value}" in said for name, value in HEADERS.items())


def test_an_administrator_may_send_more(served, library):
    app = create_app(Settings(library=library.folder, admin_token=TOKEN), library=library)
    client = app.test_client()
    client.post("/admin/enter", data={"token": TOKEN}, headers={"Sec-Fetch-Site": "same-origin"})
    cookie = client.get_cookie(session.COOKIE, path="/admin")
    with connected(served) as sending:
        head = f"POST {UPLOADS} HTTP/1.1\r\nHost: a\r\nCookie: {session.COOKIE}={cookie.value}\r\n"
        sending.sendall(f"{head}Content-Length: {MOST_FORM}\r\n\r\n".encode() + bytes(1000))
        assert not is_closed(sending)


def test_a_chunked_body_is_measured_as_it_comes(served):
    chunk = b"%x\r\n" % 1_000_000 + b"a" * 1_000_000 + b"\r\n"
    with connected(served) as client:
        client.sendall(b"POST /check HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(OSError, match="reset|Broken pipe"):
            client.sendall(chunk * 100)

"""The proxy's own configuration, run by a real nginx on the loopback before a server that tells what it was asked."""

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.needed import missing

ROOT = Path(__file__).parents[2]
FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=203.0.113.9",
    "X-Request-ID": "forged-number",
}


class Telling(BaseHTTPRequestHandler):
    """Answers with what arrived, in JSON."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        size = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        body = json.dumps({"path": self.path, "bytes": size, **self.headers}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815  # named by its base class

    def log_message(self, *_):
        pass


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def adapted(folder, web, plain, secure, version):
    """The configuration with the places of this machine."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    places = {
        "/tmp/": f"{folder}/",  # noqa: S108  # of the container
        "listen 8080": f"listen 127.0.0.1:{plain}",
        "listen 8443": f"listen 127.0.0.1:{secure}",
        "server web1:8765": f"server 127.0.0.1:{web}",
        "server web2:8765": f"server 127.0.0.1:{web}",
        "/run/secrets/": f"{folder}/",
        "worker_processes auto": "worker_processes 1",
    }
    for there, here in places.items():
        assert there in text
        text = text.replace(there, here)
    if version < (1, 25):  # an older nginx says it in `listen`
        text = text.replace("http2 on;", "")
    return ("user root;\n" if os.geteuid() == 0 else "") + text


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The ports of the proxy: plain and https."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        missing("nginx is not installed")
    told = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    version = tuple(map(int, re.search(r"/(\d+)\.(\d+)", told).groups()))
    folder = tmp_path_factory.mktemp("proxy")
    certificate = ["-keyout", folder / "tls_key", "-out", folder / "tls_certificate", "-subj", "/CN=localhost"]
    subprocess.run(
        [shutil.which("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", *certificate],
        capture_output=True,
        check=True,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Telling)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    plain, secure = free_ports(2)
    (folder / "nginx.conf").write_text(adapted(folder, server.server_port, plain, secure, version))
    process = subprocess.Popen(
        [program, "-c", folder / "nginx.conf", "-g", "daemon off;"], stderr=subprocess.PIPE, text=True
    )
    try:
        wait_for(plain)
        yield plain, secure
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        server.shutdown()
        thread.join()
        server.server_close()


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nothing listens")


def unchecked():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def ask(port, path="/", **options):
    """Status and body of an answer over https."""
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", **options)  # noqa: S310  # our own loopback
    try:
        with urllib.request.urlopen(request, timeout=20, context=unchecked()) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_what_a_client_says_of_itself_is_not_handed_on(proxy):
    _, secure = proxy
    status, body = ask(secure, "/documents/a%20b", headers={**FORGED, "Host": "library.example:8443"})
    told = json.loads(body)
    assert status == 200
    assert told["path"] == "/documents/a%20b"
    assert told["Host"] == "library.example:8443"
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert "evil" not in body.decode()
    assert "Forwarded" not in told
    assert re.fullmatch("[0-9a-f]{32}", told["X-Request-ID"])


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_operators_is_closed_to_readers(proxy, path):
    assert ask(proxy[1], path)[0] == 404


def test_plain_http_leads_to_https(proxy):
    connection = HTTPConnection("127.0.0.1", proxy[0], timeout=20)
    connection.request("GET", "/sets?x=1", headers={"Host": "library.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://library.example/sets?x=1")
    connection.close()


@pytest.mark.parametrize(
    ("path", "size", "expected"),
    [("/check", 1_000_000, 200), ("/check", 17 << 20, 413), ("/admin/uploads", 17 << 20, 200)],
)
def test_bodies_have_a_limit_and_uploads_a_higher_one(proxy, path, size, expected):
    status, body = ask(proxy[1], path, data=bytes(size), method="POST")
    assert status == expected
    if expected == 200:
        assert json.loads(body)["bytes"] == size


def test_a_long_query_passes(proxy):
    assert ask(proxy[1], "/?q=" + "%C3%A4" * 1000 + "&document=x" * 500)[0] == 200


def test_a_slow_client_is_dropped_and_others_are_answered_meanwhile(proxy):
    """Ten seconds for the head of a request, as the configuration has it, from many clients at once."""
    slow = [
        unchecked().wrap_socket(socket.create_connection(("127.0.0.1", proxy[1]), 20), server_hostname="localhost")
        for _ in range(20)
    ]
    started = time.monotonic()
    for each in slow:
        each.sendall(b"GET / HTTP/1.1\r\nHost: library.example\r\nX-Slow: ")
    assert ask(proxy[1])[0] == 200
    assert slow[-1].recv(1) == b""
    assert 8 < time.monotonic() - started < 15
    for each in slow:
        each.close()


def test_who_asks_without_a_pause_is_slowed_down(proxy):
    connection = HTTPSConnection("127.0.0.1", proxy[1], timeout=20, context=unchecked())
    allowed = 0
    for _ in range(5000):
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        if answer.status == 429:
            break
        allowed += 1
    connection.close()
    assert 300 <= allowed < 5000  # a class that opens its pages at once passes

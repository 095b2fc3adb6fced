"""What stands between an engine and its cluster: a way that asks for a password, or that is slow."""

from __future__ import annotations

import ssl
import threading
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError

#: User and password of a way that asks for them.
USER, PASSWORD = "reader", "right"  # of no other server


class Way(ThreadingHTTPServer):
    """Hands requests on to the address of a cluster; each waits as long as `pause` says for its path at that moment."""

    daemon_threads = True

    def __init__(self, cluster: str, *, guarded: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cluster, self.guarded = cluster, guarded
        self.pause: Callable[[str], float] = lambda _path: 0.0


@contextmanager
def running(way: Way, context: ssl.SSLContext | None = None) -> Iterator[Way]:
    """The way while it is open; encrypted with a context."""
    if context:
        way.socket = context.wrap_socket(way.socket, server_side=True)
    thread = threading.Thread(target=way.serve_forever)
    thread.start()
    yield way
    way.shutdown()
    thread.join()
    way.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Way

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        expected = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.server.guarded and self.headers.get("Authorization") != f"Basic {expected}":
            self._answer(401, b'{"error": "no"}')
            return
        time.sleep(self.server.pause(self.path))
        asked = urllib.request.Request(self.server.cluster + self.path, body or None, method=self.command)  # noqa: S310  the loopback
        asked.add_header("Content-Type", self.headers.get("Content-Type") or "application/json")
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310  the loopback
                self._answer(answer.status, answer.read())
        except HTTPError as error:
            self._answer(error.code, error.read())

    def _answer(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # who asked has given up waiting

    def log_message(self, *_: object) -> None:
        """Say nothing."""

"""One request through the WSGI application, timed: wall clock, processor, and what would travel."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app


@dataclass(frozen=True)
class Request:
    """A page to ask for: its address, the fields of a form that is sent there, the cookie of a browser."""

    url: str
    form: dict[str, str] | None = None
    cookie: str = ""

    def environ(self) -> dict[str, object]:
        """The request as a server hands it on."""
        headers = {"Accept-Encoding": "gzip", "Cookie": self.cookie}
        body = urlencode(self.form) if self.form else None
        kind = "application/x-www-form-urlencoded" if self.form else None
        method = "POST" if self.form else "GET"
        return EnvironBuilder(self.url, method=method, data=body, content_type=kind, headers=headers).get_environ()


@dataclass(frozen=True)
class Answer:
    """Milliseconds of wall clock and processor, bytes as they travel and before they were compressed."""

    url: str
    wall: float
    processor: float
    travelled: int
    whole: int


def asked(app: Flask, request: Request) -> Answer:
    """The answer to a request, redirects followed and counted in; exits on a failure."""
    wall = processor = 0.0
    while True:
        environ = request.environ()
        start, worked = time.perf_counter(), time.process_time()
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        content = b"".join(body)
        wall += time.perf_counter() - start
        processor += time.process_time() - worked
        code = int(status.split()[0])
        if code not in {301, 302, 303, 308}:
            break
        request = Request(headers["Location"], cookie=request.cookie)
    if code != 200:
        raise SystemExit(f"{request.url} answered {status}")
    packed = headers.get("Content-Encoding") == "gzip"
    whole = len(gzip.decompress(content)) if packed else len(content)
    return Answer(request.url, wall * 1000, processor * 1000, len(content), whole)

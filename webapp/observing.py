"""What became of each request, told once it is sent: its route, status, time and size, not what was asked or by whom.

A route is the pattern of an address (`/documents/<document_id>`), never the address itself: that may hold the secret of
a passage set. Every answer bears the number under which its request stands in the log, as `X-Request-ID`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeAlias
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, has_request_context, request

#: Where the environment of a request holds the moment of its coming, its number and its route.
ARRIVED, NUMBER, _ROUTE = "pincite.arrived", "pincite.number", "pincite.route"
#: Methods that are told by their names; any word can be sent for one.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Must match the numbers that proxies give (hexadecimal, UUID); must not match what could break a line of a log.
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; `route` is "" where no address of ours was asked for, `size` counts the body's bytes.

    `query` is what was searched for: who writes it down must have been told to.
    """

    number: str
    method: str
    route: str
    status: int
    seconds: float
    size: int
    query: str


Observer: TypeAlias = Callable[[Exchange], object]


def init_app(app: Flask, observers: Iterable[Observer], *, behind_proxy: bool) -> None:
    """Tell the observers of every exchange; `behind_proxy` takes over the numbers that a proxy has given."""
    app.before_request(_note_route)  # before all others: whatever refuses the request, its route is known
    app.wsgi_app = _Observed(app.wsgi_app, tuple(observers), behind_proxy)  # type: ignore[method-assign]  # Flask's own way


def request_number() -> str:
    """The number of the current request, "" outside of one."""
    return str(request.environ.get(NUMBER, "")) if has_request_context() else ""


def route() -> str:
    """The route of the current request, for messages: an address may hold a secret."""
    return str(request.environ.get(_ROUTE, "")) or "an unknown address"


def _note_route() -> None:
    request.environ[_ROUTE] = request.url_rule.rule if request.url_rule else ""


class _Observed:
    """A WSGI application that numbers its requests and tells of each when its answer is closed."""

    def __init__(self, application: WSGIApplication, observers: tuple[Observer, ...], behind_proxy: bool) -> None:
        self._application, self._observers, self._behind_proxy = application, observers, behind_proxy

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.setdefault(ARRIVED, perf_counter())
        environ[NUMBER] = number = self._number(environ)
        answer = _Answer(lambda status, size: self._tell(environ, status, size))

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], object]:
            answer.status = int(status[:3])
            return start_response(status, [*headers, ("X-Request-ID", number)], *failure)

        answer.body = self._application(environ, start)
        return answer

    def _number(self, environ: WSGIEnvironment) -> str:
        given = str(environ.get("HTTP_X_REQUEST_ID", ""))
        return given if self._behind_proxy and _GIVEN.fullmatch(given) else secrets.token_hex(8)

    def _tell(self, environ: WSGIEnvironment, status: int, size: int) -> None:
        method = environ["REQUEST_METHOD"]
        exchange = Exchange(
            environ[NUMBER],
            method if method in _METHODS else "other",
            environ.get(_ROUTE, ""),
            status,
            perf_counter() - environ[ARRIVED],
            size,
            parse_qs(environ.get("QUERY_STRING", "")).get("q", [""])[0],
        )
        for observer in self._observers:
            observer(exchange)


class _Answer:
    """The body of an answer, counted as it is sent; `close`, which every server calls, tells of it."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self.body: Iterable[bytes] = ()
        self.status, self._size, self._tell = 500, 0, tell

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.body:
            self._size += len(piece)
            yield piece

    def close(self) -> None:
        """End the answer."""
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            self._tell(self.status, self._size)

"""One page at a time: pages that a process makes side by side share its one interpreter, and all of them are late."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from webapp.observing import ARRIVED

#: Seconds after which a request no longer waits for the ones before it: one slow search does not hold up the rest.
_PATIENCE = 0.5


class Turns:
    """A WSGI application whose requests are answered one after the other; what is streamed goes on beside them."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._turn = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer when the requests before are answered, or after `_PATIENCE`."""
        environ[ARRIVED] = perf_counter()  # a reader's time of waiting counts
        mine = self._turn.acquire(timeout=_PATIENCE)
        try:
            return self._application(environ, start_response)
        finally:
            if mine:
                self._turn.release()

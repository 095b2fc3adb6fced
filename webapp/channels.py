"""Connections of clients that dawdle or flood: what is not there in time, or is too much, ends its connection.

A server that waits for whoever sends a letter now and then runs out of connections for all others. A request must begin
to come when its connection is made, its headers must be complete in `HEADERS` seconds, and its body must come at
`SLOWEST` bytes a second; a client that takes nothing of its answer is given up as well. Waitress itself asks only for
some letter in `channel_timeout` seconds, and has one limit for the bodies of all requests.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, MultiSocketServer
from waitress.task import ErrorTask

from webapp.security import HEADERS as SAFE

#: Seconds for request line and headers, which fit into one packet or two.
HEADERS = 20.0
#: Bytes of a body a second, on top of that: a tenth of a bad line, so that an upload of 250 MB may take hours.
SLOWEST = 10_000
#: Seconds without a letter, in either direction, after which a connection is closed; browsers open a new one.
SILENCE = 30
#: Seconds between two looks at the connections.
EVERY = 5
#: Connections at once: a class of 60 has 360 of them, and as many again are on the way.
MOST = 800


#: Bytes that a request may bring, by its path and its cookies.
MostBytes = Callable[[str, str], int]


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress publishes no types
    """What waitress answers to a request that never reaches the application, with the headers of all our answers."""

    def execute(self) -> None:
        """Answer."""
        self.response_headers.extend(SAFE.items())
        super().execute()


class PunctualChannel(HTTPChannel):  # type: ignore[misc]  # waitress publishes no types
    """A connection that knows since when its client owes the rest of a request, and how much has come of it."""

    error_task_class = _Refusal
    _since = 0.0
    _come = 0

    def received(self, data: bytes) -> bool:
        """Take what has come of a request."""
        if self.request is None:
            self._since, self._come = time.time(), 0
        self._come += len(data)
        return bool(super().received(data))

    def is_late(self, now: float) -> bool:
        """Whether the request that is coming should be there, or its answer be fetched."""
        if self.requests:
            return bool(self.total_outbufs_len) and self.last_activity < now - SILENCE
        owed = self._since if self.request is not None else now if self._since else self.creation_time
        return now - owed > HEADERS + self._come / SLOWEST


def watch(server: BaseWSGIServer | MultiSocketServer, most: MostBytes) -> None:
    """Have a server that is not running yet close the connections of clients that are late, or send too much."""
    listening = server.map.values() if isinstance(server, MultiSocketServer) else [server]
    for each in listening:
        if isinstance(each, BaseWSGIServer):
            each.channel_class = _channel_for(most)
            each.maintenance = _closing_late(each)


def _channel_for(most: MostBytes) -> type[PunctualChannel]:
    class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress publishes no types
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            self.adj: Any = copy(self.adj)
            self.adj.max_request_body_size = most(self.path, self.headers.get("COOKIE", ""))

    return type("Channel", (PunctualChannel,), {"parser_class": Parser})


def _closing_late(server: Any) -> Callable[[float], None]:
    maintain = server.maintenance

    def close_late(now: float) -> None:
        maintain(now)
        for channel in list(server.active_channels.values()):
            if channel.is_late(now):
                channel.handle_close()  # `will_close` would wait until the client takes something

    return close_late

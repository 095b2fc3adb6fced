"""How often one address may ask for what costs much: a bucket of tokens for each kind of request, in each process.

The limits are made for a class behind one address (`PINCITE_RATE_READERS`, 60 unless it says otherwise): each reader
may search every two seconds on end and ten times at once, so that a class may send 30 a second and 600 at once.
Each process counts for itself, since what is spared is its own time. Requests from this machine are not counted: they
are its keeper's, or come from a server in front that was not named, and stand for everybody.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from threading import Lock

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import TooManyRequests

from webapp.language import gettext
from webapp.settings import Settings

#: Addresses with their buckets that are remembered, the least recent given up first.
_MOST_ADDRESSES = 10_000
#: Bits of an IPv6 address that a household or class shares; it may choose all others.
_SHARED_BITS = 64


@dataclass(frozen=True, slots=True)
class Rate:
    """What one reader may ask for on end, in requests a second, and at once."""

    steady: float
    burst: int


#: Everything that is made anew for each request: a reader turns a page every second.
_PAGES = Rate(1, 20)
#: Searches take 10 to 300 ms.
_SEARCHES = Rate(0.5, 10)
#: Names and words offered while somebody types.
_COMPLETIONS = Rate(2, 30)
#: Files take seconds: one every 20 seconds, a set in every format at once.
_FILES = Rate(0.05, 15)
#: Footnotes of a thesis take many seconds.
_CHECKS = Rate(0.02, 3)
#: Sets are kept.
_SETS = Rate(0.02, 5)
#: Links that open nothing: mistyped ones, not tried ones.
_GUESSES = Rate(0.01, 2)

#: The rate of each endpoint that has one of its own.
RATES: Mapping[str, Rate] = {
    **dict.fromkeys(("search.page", "facets.page", "feed.atom", "api.search", "api.values"), _SEARCHES),
    "api.complete": _COMPLETIONS,
    **dict.fromkeys(("export.download", "sets.taken", "api.export", "api.export_set"), _FILES),
    **dict.fromkeys(("check.checked", "api.check"), _CHECKS),
    **dict.fromkeys(("sets.create", "sets.bring", "sets.take_copy"), _SETS),
    **dict.fromkeys(("api.make_set", "api.import_set", "api.copy_set"), _SETS),
}
#: What costs nothing, and what tells that the server is well.
_FREE = frozenset({None, "static", "assets.bundle", "site.health", "site.robots"})


class Buckets:
    """The tokens that each address has left, for `readers` people behind each."""

    def __init__(self, readers: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._readers, self._clock = readers, clock
        self._left: OrderedDict[tuple[str, Rate], tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, rate: Rate, *, take: bool = True) -> int:
        """Seconds until the address may ask again; 0 if it may now, which costs it a token where one is to be taken."""
        key, now = (_network(address), rate), self._clock()
        steady, burst = rate.steady * self._readers, rate.burst * self._readers
        with self._lock:
            left, since = self._left.get(key, (float(burst), now))
            left = min(burst, left + (now - since) * steady)
            if left < 1:
                return math.ceil((1 - left) / steady)
            self._left[key] = left - take, now
            self._left.move_to_end(key)
            if len(self._left) > _MOST_ADDRESSES:
                self._left.popitem(last=False)
        return 0


def init_app(app: Flask) -> None:
    """Hold every address to the rates, unless the settings name no readers."""
    settings: Settings = app.config["PINCITE"]
    app.extensions["rates"] = Buckets(settings.rate_readers)
    if settings.rate_readers:
        app.before_request(_admit)
        app.after_request(_count_guesses)


def _admit() -> None:
    """Raise `TooManyRequests` for an address that has used up what it may ask for."""
    if request.endpoint in _FREE or _is_local():
        return
    _spend(RATES.get(request.endpoint or "", _PAGES))
    if _is_secret():
        _spend(_GUESSES, take=False)


def _count_guesses(response: Response) -> Response:
    if response.status_code == HTTPStatus.NOT_FOUND and _is_secret() and not _is_local():
        _buckets().wait(request.remote_addr or "", _GUESSES)
    return response


def _spend(rate: Rate, *, take: bool = True) -> None:
    if seconds := _buckets().wait(request.remote_addr or "", rate, take=take):
        message = gettext("Too many requests have come from your network. Try again in %(seconds)s s.", seconds=seconds)
        raise TooManyRequests(message, retry_after=seconds)


def _buckets() -> Buckets:
    buckets: Buckets = current_app.extensions["rates"]
    return buckets


def _is_secret() -> bool:
    """Whether the address of the request holds a set's secret."""
    return "secret" in (request.view_args or {})


def _is_local() -> bool:
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:  # a socket in the file system
        return True


def _network(address: str) -> str:
    """The address, of IPv6 the network that it belongs to."""
    known = ip_address(address)
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or int(known) >> (known.max_prefixlen - _SHARED_BITS))
    return address

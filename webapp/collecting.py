"""Which passage sets a browser knows: the secrets of their edit links in one cookie, the set in use first.

The cookie needs no signature: a secret that somebody made up opens nothing. It is bounded, and out of reach of scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast

from flask import after_this_request, g, request
from werkzeug.wrappers import Response

from corpus.errors import NotFound
from corpus.sets import PassageSet, SetError
from corpus.sets_store import Access
from webapp.language import gettext
from webapp.views.access import library, settings
from webapp.wording import number

COOKIE = "pincite_sets"
#: Links in the cookie: 40 of 32 characters are a third of what browsers keep (4,096 bytes, RFC 6265).
MOST_LINKS = 40
#: A year, the longest that browsers agree on (RFC 6265bis: 400 days).
_SECONDS = 365 * 24 * 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")

Answer = TypeVar("Answer", bound=Response)


@dataclass(frozen=True, slots=True)
class Known:
    """A set with the secret of the edit link by which the browser knows it."""

    secret: str
    held: PassageSet


def make(new: PassageSet) -> PassageSet:
    """Store a new set; raises `SetError` if the library holds as many as it may."""
    most = settings().max_sets
    if library().store.sets.count() >= most:
        message = gettext(
            "This library keeps at most %(most)s passage sets. Delete one that is not needed any more, or ask whoever "
            "keeps the library.",
            most=number(most),
        )
        raise SetError(message)
    return library().store.sets.create(new)


def known() -> Iterator[Known]:
    """The sets that the browser knows, the one in use first; links that have been revoked are passed over."""
    for secret in _secrets():
        with suppress(NotFound):
            yield Known(secret, library().store.sets.opened(secret, Access.EDIT))


def in_use() -> Known | None:
    """The set that passages are added to: the one opened last that is not frozen; None for a new browser."""
    if "set_in_use" not in g:
        g.set_in_use = next((each for each in known() if not each.held.frozen), None)
        after_this_request(_by_cookie)
    return cast("Known | None", g.set_in_use)


def here() -> str:
    """The address of the page that is being made, to come back to."""
    return request.script_root + request.full_path.rstrip("?")


def remember(response: Answer, secret: str, *, instead: str = "") -> Answer:
    """Put the link first in the cookie, where it may stand instead of another."""
    return _keep(response, [secret, *(each for each in _secrets() if each not in {secret, instead})])


def forget(response: Answer, secret: str) -> Answer:
    """Take the link out of the cookie."""
    return _keep(response, [each for each in _secrets() if each != secret])


def _secrets() -> list[str]:
    stated = request.cookies.get(COOKIE, "").split(".")
    return list(dict.fromkeys(each for each in stated if _SECRET.fullmatch(each)))[:MOST_LINKS]


def _keep(response: Answer, secrets: Iterable[str]) -> Answer:
    response.set_cookie(
        COOKIE,
        ".".join(list(secrets)[:MOST_LINKS]),
        max_age=_SECONDS,
        path=request.script_root or "/",
        secure=request.is_secure or settings().base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
    return response


def _by_cookie(response: Response) -> Response:
    """No cache gives one browser's page to another."""
    response.vary.add("Cookie")
    return response

"""Who is an administrator: the token opens a session, which a signed cookie carries from process to process.

The cookie holds a random number and its time, signed with a key made of the token: another token ends all sessions.
Logging out leaves the number in the library's folder for as long as the cookie would hold, for all processes to see.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TypeVar

from flask import request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from webapp.administration.tasks import Queue
from webapp.links import path
from webapp.settings import Settings
from webapp.views.access import settings

COOKIE = "pincite_admin"
#: Seconds that a session lasts: an afternoon's uploads, and not the evening at a library's computer.
SECONDS = 2 * 3600
#: Wrong tokens of one address before it must wait, and for how many seconds they count.
MOST_WRONG, _WINDOW = 5, 60.0
#: Addresses remembered: what an attacker with many can fill is bounded.
_MOST_ADDRESSES = 1000

Answer = TypeVar("Answer", bound=Response)


class Attempts:
    """Wrong tokens by address, in this process."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """Seconds until the address may try again, 0 if it may."""
        with self._lock:
            recent = self._recent(address)
            return int(recent[0] + _WINDOW - time.monotonic()) + 1 if len(recent) >= MOST_WRONG else 0

    def count(self, address: str) -> None:
        """Remember a wrong token."""
        with self._lock:
            self._wrong[address] = [*self._recent(address), time.monotonic()]
            self._wrong.move_to_end(address)
            if len(self._wrong) > _MOST_ADDRESSES:
                self._wrong.popitem(last=False)

    def _recent(self, address: str) -> list[float]:
        return [moment for moment in self._wrong.get(address, ()) if time.monotonic() - moment < _WINDOW]


def is_token(given: str) -> bool:
    """Whether that is the token, in a time that tells nothing of it."""
    digests = (hashlib.sha256(text.strip().encode()).digest() for text in (given, settings().admin_token))
    return hmac.compare_digest(*digests)


def is_open() -> bool:
    """Whether the request belongs to a session that lasts."""
    number = _number()
    return bool(number) and not (_ended(settings()) / number).exists()


def opened(response: Answer) -> Answer:
    """Begin a session with the response."""
    response.set_cookie(
        COOKIE,
        _signer().dumps(secrets.token_hex(16)),
        max_age=SECONDS,
        path=path("administration.desk"),
        secure=request.is_secure or settings().base_url.startswith("https://"),
        httponly=True,
        samesite="Strict",
    )
    return response


def closed(response: Answer) -> Answer:
    """End the session with the response, here and wherever else its cookie may be."""
    folder = _ended(settings())
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if time.time() - file.stat().st_mtime > SECONDS:
            file.unlink(missing_ok=True)
    if number := _number():
        (folder / number).touch()
    response.delete_cookie(COOKIE, path=path("administration.desk"))
    return response


def _number() -> str:
    """The number of the session that the cookie states, "" if it is forged, too old or absent."""
    try:
        return str(_signer().loads(request.cookies.get(COOKIE, ""), max_age=SECONDS))
    except BadData:
        return ""


def _signer() -> URLSafeTimedSerializer:
    options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(settings().admin_token.strip(), salt=COOKIE, signer_kwargs=options)


def _ended(configured: Settings) -> Path:
    return Queue(configured.library).folder / ".ended"

"""Who is an administrator: the token opens a session, which a signed cookie carries from process to process.

The cookie holds a random number and its time, signed with a key made of the token: another token ends all sessions.
Logging out leaves the number in the library's folder for as long as the cookie would hold, for all processes to see.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from pathlib import Path
from typing import TypeVar

from flask import request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.http import parse_cookie
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
#: Wrong tokens of all addresses after which everybody waits: a folder of files that an attacker fills is bounded.
_MOST_ALL = 1000

Answer = TypeVar("Answer", bound=Response)


class Attempts:
    """Wrong tokens by address, in a folder where all processes of a library see them: an empty file for each."""

    def __init__(self, library: Path) -> None:
        self._folder = Queue(library).folder / ".wrong"

    def wait(self, address: str) -> int:
        """Seconds until the address may try again, 0 if it may; where very many are wrong, all addresses wait."""
        recent = self._recent()
        own = [moment for each, moment in recent if each == _digest(address)]
        hindering = own if len(own) >= MOST_WRONG else [moment for _, moment in recent[:1] if len(recent) >= _MOST_ALL]
        return max(int(hindering[0] + _WINDOW - time.time()) + 1, 1) if hindering else 0

    def count(self, address: str) -> None:
        """Remember a wrong token, and forget those that count no more."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for file in self._folder.iterdir():
            if not _counts(file):
                file.unlink(missing_ok=True)
        (self._folder / f"{time.time_ns()}-{_digest(address)}").touch()

    def _recent(self) -> list[tuple[str, float]]:
        """(address, time) of what counts, the oldest first."""
        files = sorted(self._folder.glob("*-*"), key=_moment)
        return [(file.name.partition("-")[2], _moment(file)) for file in files if _counts(file)]


def _counts(file: Path) -> bool:
    """Whether a wrong token still counts; a clock that was set back makes nobody wait for it."""
    return abs(time.time() - _moment(file)) < _WINDOW


def _moment(file: Path) -> float:
    stated = file.name.partition("-")[0]
    return int(stated) / 1e9 if stated.isdecimal() else 0.0


def _digest(address: str) -> str:
    """What stands for an address in a name of a file."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def is_token(given: str) -> bool:
    """Whether that is the token, in a time that tells nothing of it."""
    digests = (hashlib.sha256(text.strip().encode()).digest() for text in (given, settings().admin_token))
    return hmac.compare_digest(*digests)


def is_open() -> bool:
    """Whether the request belongs to a session that lasts."""
    number = _number()
    return bool(number) and not (_ended(settings()) / number).exists()


def is_signed(cookies: str, configured: Settings) -> bool:
    """Whether the header of this text holds the cookie of a session; one that has been ended counts as well."""
    return bool(_read(parse_cookie(cookies).get(COOKIE, ""), configured))


def opened(response: Answer) -> Answer:
    """Begin a session with the response."""
    response.set_cookie(
        COOKIE,
        _signer(settings()).dumps(secrets.token_hex(16)),
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
    return _read(request.cookies.get(COOKIE, ""), settings())


def _read(cookie: str, configured: Settings) -> str:
    try:
        return str(_signer(configured).loads(cookie, max_age=SECONDS))
    except BadData:
        return ""


def _signer(configured: Settings) -> URLSafeTimedSerializer:
    options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(configured.admin_token.strip(), salt=COOKIE, signer_kwargs=options)


def _ended(configured: Settings) -> Path:
    return Queue(configured.library).folder / ".ended"

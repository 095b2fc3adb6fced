"""Style sheets and script: their address changes with their content, so that a browser may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

from webapp.links import path

#: Seconds that a file asked for without its fingerprint may be kept (fonts, which the style sheet names plainly).
MAX_AGE = 7 * 24 * 3600
#: Seconds in a year, the longest that RFC 9111 caches are used to.
_YEAR = 365 * 24 * 3600
#: Hexadecimal digits of the fingerprint; 40 bits tell any two versions of a file apart.
_DIGITS = 10


def init_app(app: Flask) -> None:
    """Give templates `asset(name)` and mark fingerprinted files as immutable."""
    folder = Path(str(app.static_folder))

    def asset(name: str) -> str:
        return path("static", filename=name, v=fingerprint(folder / name))

    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


@lru_cache(maxsize=64)
def fingerprint(file: Path) -> str:
    """The start of the file's SHA-256, read once per process."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:_DIGITS]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code < 400:  # noqa: PLR2004  # HTTP errors
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response

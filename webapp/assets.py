"""The style sheet and the script of every page: written in several files, sent as one each.

Their address changes with their content, so that a browser may keep them for a year.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
#: What is sent as one, in the order in which it counts, and the type of it.
BUNDLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "all.css": (
        "text/css",
        ("base.css", "search.css", "reading.css", "sets.css", "check.css", "admin.css", "print.css"),
    ),
    "all.js": ("text/javascript", ("pincite.js", "complete.js")),
}


def init_app(app: Flask) -> None:
    """Serve the bundles, give templates `asset(name)` and mark fingerprinted files as immutable."""
    folder = Path(str(app.static_folder))

    def asset(name: str) -> str:
        return path("assets.bundle" if name in BUNDLES else "static", filename=name, v=fingerprint(folder, name))

    def bundle(filename: str) -> Response:
        response = Response(content(folder, filename), mimetype=BUNDLES[filename][0])
        response.set_etag(fingerprint(folder, filename))
        response.make_conditional(request)
        return response

    for name in BUNDLES:  # beside the files that the sheet names by their place
        app.add_url_rule(f"/static/{name}", "assets.bundle", bundle, defaults={"filename": name})
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


@lru_cache(maxsize=64)
def content(folder: Path, name: str) -> bytes:
    """The bytes of a file or of a bundle, read once per process."""
    _, parts = BUNDLES.get(name, ("", (name,)))
    return b"\n".join((folder / part).read_bytes() for part in parts)


def fingerprint(folder: Path, name: str) -> str:
    """The start of the SHA-256 of the content."""
    return hashlib.sha256(content(folder, name)).hexdigest()[:_DIGITS]


def _keep(response: Response) -> Response:
    asked = request.endpoint in {"static", "assets.bundle"}
    if asked and "v" in request.args and response.status_code < 400:  # noqa: PLR2004  # HTTP errors
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response

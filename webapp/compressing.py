"""Pages and their files travel compressed to whoever reads gzip: a long document is a fifth of its length so."""

from __future__ import annotations

import gzip
from http import HTTPStatus

from flask import Flask, Response, request

#: Types that shrink; fonts and downloads of Word are compressed already.
_TYPES = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "application/json",
        "application/atom+xml",
        "image/svg+xml",
    }
)
#: Bytes of a file that are still read at once.
_MOST = 4_000_000
#: Bytes below which the head that says so would eat up what is gained.
_LEAST = 1000
#: Of the nine levels the one behind which pages hardly shrink and take twice the time.
_LEVEL = 5


def init_app(app: Flask) -> None:
    """Compress what the application answers."""
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """The response, its body in gzip where the reader takes that and it is whole at hand."""
    if response.mimetype not in _TYPES:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0 and _is_at_hand(response):
        response.direct_passthrough = False
        body = response.get_data()
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag:  # the same text in other bytes (RFC 9110, 8.8.1)
            response.set_etag(etag, weak=True)
    return response


def _is_at_hand(response: Response) -> bool:
    """Whether the body is a whole page or a file of fair length, and not compressed yet."""
    whole = not response.is_streamed or response.direct_passthrough
    fair = _LEAST <= (response.content_length or 0) <= _MOST
    return whole and fair and response.status_code == HTTPStatus.OK and "Content-Encoding" not in response.headers

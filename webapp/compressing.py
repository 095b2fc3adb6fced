"""Pages and their files travel compressed to whoever reads gzip: a long document is a fifth of its length so.

The length of a compressed page tells who listens on the way whether two parts of it are alike, by which the attack
called BREACH guesses secrets from pages that repeat what their address says. The only secrets here are the links of
passage sets, and no page that repeats a part of its request shows one: other pages name the set in use by its id, and
those under a secret address repeat nothing. A test holds them to it, so that every page may be compressed.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
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
#: What asks zlib for the head and foot of gzip (its manual, `deflateInit2`).
_GZIP = 16
#: Bytes of a stream that are compressed and sent together.
_PIECE = 16_000


def init_app(app: Flask) -> None:
    """Compress what the application answers."""
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """The response, its body in gzip where the reader takes that."""
    if response.mimetype not in _TYPES:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0 or not _is_fit(response):
        return response
    if response.is_streamed and not response.direct_passthrough:
        response.response = _packed(response.iter_encoded())
        response.headers["Content-Encoding"] = "gzip"
    elif _LEAST <= (response.content_length or 0) <= _MOST:
        response.direct_passthrough = False
        body = response.get_data()
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag:  # the same text in other bytes (RFC 9110, 8.8.1)
            response.set_etag(etag, weak=True)
    return response


def _is_fit(response: Response) -> bool:
    """Whether it may be compressed: a whole answer that is not compressed yet."""
    return response.status_code == HTTPStatus.OK and "Content-Encoding" not in response.headers


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What is streamed, compressed as it comes; the first piece goes out at once, for there is something to read."""
    packer = zlib.compressobj(_LEVEL, wbits=zlib.MAX_WBITS | _GZIP)
    for number, piece in enumerate(_gathered(pieces)):
        yield packer.compress(piece) + (packer.flush(zlib.Z_SYNC_FLUSH) if number == 0 else b"")
    yield packer.flush()


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of some size: a template gives a few letters at a time."""
    held, length = [], 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= _PIECE:
            yield b"".join(held)
            held, length = [], 0
    yield b"".join(held)

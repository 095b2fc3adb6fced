"""The production server: waitress over the application, stopped cleanly by an interrupt."""

from __future__ import annotations

import gc
import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from socket import socket
from typing import Any
from urllib.parse import urlsplit

import waitress
from waitress.server import BaseWSGIServer, MultiSocketServer

from corpus.errors import PinciteError
from webapp import MAX_BODY, channels, create_app, logs
from webapp.administration import session
from webapp.administration.starting import take_up
from webapp.request import query_from
from webapp.resources import Library
from webapp.settings import Settings
from webapp.templating import load_templates
from webapp.turns import Turns
from webapp.views.admin import MOST_FORM, UPLOADS

#: Bytes of request line and headers: a query of the allowed length, every character escaped, and many filters fit in.
_MAX_HEADER = 64 * 1024
#: Bytes of a request where administrators upload files; they go to disk, not into memory. What is no more than twice
#: of what is taken is let in, so that a page of ours can say that it was too much.
_MAX_UPLOAD = 2 * MOST_FORM

#: A word that most libraries hold.
_COMMON = "law"


def serve(settings: Settings) -> None:
    """Serve the library until interrupted; raises `PinciteError` if it cannot be opened, `OSError` for a taken port."""
    with Library.of(settings) as library:
        server = make_server(settings, library)
        library.mend_meanwhile(logging.getLogger(__name__).warning)
        take_up(settings)
        prepare(settings, library)
        server.run()


def prepare(settings: Settings, library: Library) -> None:
    """Load what every search needs, so that the first reader does not wait for it, and keep it for good.

    Names, tables and modules are two hundred thousand objects: each full round of Python's garbage collector would
    look through them, a tenth of a second in which no page is made.
    """
    with suppress(PinciteError):  # an index that cannot answer yet is repaired meanwhile
        library.engine.search(query_from({"q": [_COMMON]}, settings))
    gc.collect()
    gc.freeze()


def sockets_of(server: BaseWSGIServer | MultiSocketServer) -> list[socket]:
    """The sockets that a server listens on."""
    listening = server.map.values() if isinstance(server, MultiSocketServer) else [server]
    return [each.socket for each in listening if isinstance(each, BaseWSGIServer)]


def make_server(
    settings: Settings, library: Library, sockets: Sequence[socket] = ()
) -> BaseWSGIServer | MultiSocketServer:
    """A bound server that is not running yet: `run()` serves, `close()` ends it; port 0 takes a free one.

    It listens on `sockets` that are bound already, if there are any, in place of the address of the settings.
    """
    logs.prepare(settings)
    app = create_app(settings, library=library)
    load_templates(app)
    place: dict[str, Any] = {"sockets": sockets} if sockets else {"host": settings.host, "port": settings.port}
    server = waitress.create_server(
        Turns(app),
        **place,
        threads=settings.threads,
        url_prefix=urlsplit(settings.base_url).path.rstrip("/"),
        max_request_header_size=_MAX_HEADER,
        clear_untrusted_proxy_headers=not settings.proxies,  # what is believed of them, the application decides
        channel_timeout=channels.SILENCE,
        cleanup_interval=channels.EVERY,
        connection_limit=channels.MOST,
        asyncore_use_poll=True,  # `select` knows no more than 1,024 files
        ident=None,
    )
    channels.watch(server, partial(_most_bytes, settings))
    return server


def _most_bytes(settings: Settings, path: str, cookies: str) -> int:
    """What a request may bring: files from an administrator, forms from all others."""
    uploading = path == UPLOADS and settings.admin_token and session.is_signed(cookies, settings)
    return _MAX_UPLOAD if uploading else MAX_BODY + 1

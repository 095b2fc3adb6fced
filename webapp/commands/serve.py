"""`pincite serve`."""

from __future__ import annotations

from typing import Any

import click
from waitress.server import BaseWSGIServer, MultiSocketServer

from corpus.errors import PinciteError
from webapp.administration.starting import take_up
from webapp.commands.options import engine_option, library_option, must_exist, settings_with, tell
from webapp.resources import Library
from webapp.server import make_server, prepare, sockets_of
from webapp.settings import Settings
from webapp.workers import processes, workers


@click.command("serve")
@click.option("--host", metavar="ADDRESS", help="Address to listen on (default: PINCITE_HOST or 127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Port (default: PINCITE_PORT or 8765).")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that serve (default: PINCITE_WORKERS, or one a processor, four at most).",
)
@library_option
@engine_option
def command(**given: Any) -> None:
    """Serve the library to web browsers.

    Runs until it is interrupted; the address is printed first.
    """
    serve_until_interrupted(settings_with(**given))


def serve_until_interrupted(settings: Settings) -> None:
    """Bind, print the address, serve; raises `LibraryError` without a library, `PinciteError` without the port."""
    must_exist(settings)
    with Library.of(settings) as opened:
        try:
            server = make_server(settings, opened)
        except (OSError, ValueError) as error:  # waitress raises the latter for a host that has no address
            reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
            raise PinciteError(f"cannot listen on {settings.host}:{settings.port} ({reason})") from error
        click.echo(f"Serving {settings.library} on {address(settings, _port(server))} (Ctrl+C stops)")
        opened.mend_meanwhile(tell)
        take_up(settings)
        with workers(processes(settings) - 1, settings, sockets_of(server), tell):
            prepare(settings, opened)
            server.run()


def address(settings: Settings, port: int) -> str:
    """What a reader types into the browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.base_url or f"http://{host}:{port}/"


def _port(server: BaseWSGIServer | MultiSocketServer) -> int:
    """The port that was bound, which differs from the setting where that is 0."""
    if isinstance(server, MultiSocketServer):
        return int(server.effective_listen[0][1])
    return int(server.effective_port)

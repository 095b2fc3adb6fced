"""The process that does the tasks is started by whoever hands one in, and by a server that finds some left."""

from __future__ import annotations

import subprocess
import sys
from threading import Thread

from webapp.administration.tasks import Queue
from webapp.settings import Settings


def start(settings: Settings) -> None:
    """Start a process for what waits; it ends at once if another is at work.

    A process of its own, not a thread: reading a document takes the interpreter for long, and may take all memory.
    """
    options = [f"--library={settings.library}"]
    options += [f"--engine={settings.engine}"] if settings.engine else []
    options += [] if settings.model else ["--no-model"]
    # -P: nothing is imported from the folder that the server happens to be started in
    command = [sys.executable, "-P", "-m", "webapp.administration.worker", *options]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # our own module, an argument list
    Thread(target=process.wait, daemon=True).start()  # else a dead process stays in the system's table


def take_up(settings: Settings) -> None:
    """Go on with what a stop or crash has left, where documents are added in the browser at all."""
    if settings.admin_token and Queue(settings.library).is_left():
        start(settings)

"""The process that does the tasks is started by whoever hands one in, and by a server that finds some left."""

from __future__ import annotations

import subprocess
import sys
import time
from threading import Thread

from webapp.administration.tasks import Queue
from webapp.settings import Settings

#: Seconds in which a process that was started begins its work, even on a busy machine: none is started beside it.
_PAUSE = 60.0


def start(settings: Settings) -> None:
    """Start a process for what waits; it ends at once if another is at work.

    A process of its own, not a thread: reading a document takes the interpreter for long, and may take all memory.
    """
    Queue(settings.library).mark_start()
    options = [f"--library={settings.library}"]
    options += [f"--engine={settings.engine}"] if settings.engine else []
    options += [] if settings.model else ["--no-model"]
    # -P: nothing is imported from the folder that the server happens to be started in
    command = [sys.executable, "-P", "-m", "webapp.administration.worker", *options]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # our own module, an argument list
    Thread(target=process.wait, daemon=True).start()  # else a dead process stays in the system's table


def go_on(settings: Settings) -> None:
    """Start a process in place of one that has died, which who looks at the tasks finds out."""
    queue = Queue(settings.library)
    # a start in the future is one before the clock was set back
    if abs(time.time() - queue.last_start()) > _PAUSE and queue.is_left():
        start(settings)


def take_up(settings: Settings) -> None:
    """Go on with what a stop or crash has left, where documents are added in the browser at all."""
    if settings.admin_token and Queue(settings.library).is_left():
        start(settings)

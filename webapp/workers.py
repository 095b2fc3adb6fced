"""More processes behind one address: each has its own interpreter, so that pages are made on several processors.

The first process binds the address and serves like any other. The kernel hands every connection to whichever process
is free to take it, and one that dies takes only its own requests with it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from socket import socket
from tempfile import TemporaryDirectory
from threading import Event, Thread

from webapp.resources import Library
from webapp.server import make_server, prepare
from webapp.settings import Settings, share_metrics

#: Seconds before another process takes the place of one that died, lest one that cannot start be started without end.
_PAUSE = 5.0
#: Processes where nothing else is said: each takes some 250 MB for itself.
_MOST = 4
#: A new interpreter, not a copy of this one: a copy would share its open files and its threads' locks.
_PROCESSES = multiprocessing.get_context("spawn")


def processes(settings: Settings) -> int:
    """How many processes serve, the first one included."""
    if settings.workers or os.name != "posix":  # elsewhere sockets are not known to be shared well
        return max(settings.workers, 1)
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(allowed or 1, _MOST)


@contextmanager
def counting_together(settings: Settings) -> Iterator[None]:
    """Have all processes of this server count its metrics in one place, which is gone when the block ends."""
    if not settings.metrics:
        yield
        return
    with TemporaryDirectory(prefix="pincite-metrics-", ignore_cleanup_errors=True) as folder:
        share_metrics(folder)
        yield


@contextmanager
def workers(count: int, settings: Settings, sockets: Sequence[socket], told: Callable[[str], object]) -> Iterator[None]:
    """So many processes that serve the bound sockets besides this one; one that ends is told of and replaced."""
    closing = Event()
    keepers = [Thread(target=_keep, args=(settings, sockets, told, closing), daemon=True) for _ in range(count)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        closing.set()
        for keeper in keepers:
            keeper.join()


def _keep(settings: Settings, sockets: Sequence[socket], told: Callable[[str], object], closing: Event) -> None:
    while not closing.is_set():
        worker = _PROCESSES.Process(target=_serve, args=(settings, sockets))  # no daemon: it starts readers
        worker.start()
        while worker.is_alive() and not closing.is_set():
            worker.join(timeout=0.2)
        if closing.is_set():
            worker.terminate()
            worker.join()
        else:
            told(f"a process of the server ended unexpectedly (status {worker.exitcode}); another takes its place")
            closing.wait(_PAUSE)


def _serve(settings: Settings, sockets: Sequence[socket]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes; the first one ends the others
    Thread(target=_end_with_the_first, daemon=True).start()
    with Library.of(settings) as library:
        server = make_server(settings, library, sockets)
        prepare(settings, library)
        server.run()


def _end_with_the_first() -> None:
    first = multiprocessing.parent_process()
    if first:
        first.join()
        os._exit(0)  # nothing is lost: a worker only reads

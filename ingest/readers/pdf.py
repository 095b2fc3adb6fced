"""Reads PDF: lines, columns, paragraphs, notes, tables and furniture, in a process that can be stopped."""

from __future__ import annotations

import atexit
import json
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import RawDocument
from ingest.errors import UnreadableFile
from ingest.limits import computing_left, has_computed_too_long
from ingest.readers.ocr import NeedsRecognition

if TYPE_CHECKING:  # the process alone needs to load the PDF library
    from ingest.readers.pdf_worker import Frame

#: Seconds without a sign of life, by the clock: ten times those that a page may compute.
SILENCE = 150.0
#: Larger files hold pictures; their text layer, if any, would still be read page by page.
MAX_BYTES = 500_000_000

_log = logging.getLogger(__name__)
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from ingest.readers.pdf_worker import serve; serve()"


def read(path: Path, name: str) -> RawDocument:
    """Read a PDF; raises `UnreadableFile` if it is damaged, encrypted, without text, or takes too long."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(name, f"is too large ({path.stat().st_size // 1_000_000} MB)")
    with _lock:
        worker = _workers.pop(os.getpid(), None)
        if worker is not None and worker.process.poll() is not None:
            worker.stop()
            worker = None
        worker = worker or Worker.start()
        kind, content = worker.ask(path.resolve(), name)
        if kind == "ended":
            worker.stop()
        else:
            _workers[os.getpid()] = worker
    if isinstance(content, RawDocument):
        return content
    if kind in {"scan", "unmapped"} and isinstance(content, tuple):
        raise NeedsRecognition(name, *content)
    raise UnreadableFile(name, str(content))


@dataclass(slots=True)
class Worker:
    """A reading process and the frames that it has sent."""

    process: subprocess.Popen[bytes]
    frames: queue.SimpleQueue[Frame] = field(default_factory=queue.SimpleQueue)
    listener: threading.Thread | None = None

    @classmethod
    def start(cls) -> Worker:
        """A new process; it ends by itself when this one does, as its input then ends."""
        command = [sys.executable, "-c", _START, json.dumps(sys.path)]
        process = subprocess.Popen(  # noqa: S603  our own interpreter and code
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        worker = cls(process)
        worker.listener = threading.Thread(target=worker.listen, daemon=True)
        worker.listener.start()
        return worker

    def ask(self, path: Path, name: str) -> Frame:
        """The last frame on a file; "ended" also if the process shows no sign of life in time."""
        if self.process.stdin is None or "\n" in str(path):
            return "failed", "has a name that cannot be passed on"
        self.process.stdin.write(f"{computing_left()} ".encode() + os.fsencode(path) + b"\n")
        self.process.stdin.flush()
        page: object = 0
        while True:
            try:
                kind, content = self.frames.get(timeout=SILENCE)
            except queue.Empty:
                kind, content = "ended", ""
            if kind == "ended" and (not content or has_computed_too_long(self.process.wait())):
                where = f"to read (stopped at page {page})" if page else "to open"
                return "ended", f"takes too long {where}"
            if kind == "alive":
                page = content
            elif kind == "skipped":
                _log.warning("%s: page %s is damaged and left out", name, content)
            else:
                return kind, content

    def listen(self) -> None:
        """Pass on the frames of the process until it ends; its end is a frame too."""
        try:
            while self.process.stdout is not None:
                self.frames.put(pickle.load(self.process.stdout))  # noqa: S301  written by our own process
        except (EOFError, pickle.UnpicklingError, ValueError, OSError):
            self.frames.put(("ended", "is damaged (reading it broke off)"))

    def stop(self) -> None:
        """Kill the process and close its pipes."""
        self.process.kill()
        self.process.wait()
        if self.listener is not None:
            self.listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not written any more has no reader
                    pipe.close()


def stop_workers() -> None:
    """Kill the reading process of this process, if it has one."""
    worker = _workers.pop(os.getpid(), None)
    if worker is not None:
        worker.stop()


_lock = threading.Lock()
#: By process id: a forked process must not share the pipes of its parent.
_workers: dict[int, Worker] = {}
atexit.register(stop_workers)

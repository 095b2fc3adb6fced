"""What administrators have handed in: one record a task, in files that every process of the server reads and writes.

The folder `uploads` of the library holds the files that have become documents. Beside them, hidden from an ingest of
that folder, `.queue` holds a record for each task and `.incoming` the files that wait to be read. Every file is written
aside and moved into place, so that a kill leaves it whole or not at all.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

#: Finished tasks that are told of; older ones are dropped.
KEPT = 100
#: Seconds after which a file without a record is taken for one that a crash has left, not for one that is coming in.
_ABANDONED = 600
#: Seconds that the lock is waited for: somebody who only looks holds it for less.
_LOOK = 1.0


class Task(StrEnum):
    """What is to be done."""

    ADD = "add"
    REMOVE = "remove"


class State(StrEnum):
    """How far a task is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"

    @property
    def finished(self) -> bool:
        """Whether nothing more will be done."""
        return self not in {State.WAITING, State.READING}


@dataclass(frozen=True, slots=True)
class Record:
    """One task: a file of this `name` to add, or a document with this title to remove.

    `file` is the name of the uploaded file, "" for a document that came otherwise. `replaces` says that another file of
    this name gives way. `attempts` counts how often the task was begun. `reason` tells why it failed.
    """

    key: str
    task: Task
    name: str
    file: str = ""
    state: State = State.WAITING
    document: str = ""
    replaces: bool = False
    passages: int = 0
    reason: str = ""
    attempts: int = 0


class Queue:
    """The tasks of one library, the oldest first."""

    def __init__(self, library: Path) -> None:
        self.folder = library / "uploads"
        self._records, self._incoming = self.folder / ".queue", self.folder / ".incoming"

    def records(self) -> list[Record]:
        """All tasks in the order of their coming; a record that is damaged or has just gone is passed over."""
        found = (_read(path) for path in sorted(self._records.glob("*.json")))
        return [record for record in found if record]

    def unfinished(self) -> list[Record]:
        """What is still to be done, in the order in which it will be: removals, which are quick, before the rest."""
        left = [record for record in self.records() if not record.state.finished]
        return sorted(left, key=lambda record: (record.task is not Task.REMOVE, record.key))

    def put(self, record: Record) -> None:
        """Keep the record in place of what was known of the task."""
        self._records.mkdir(parents=True, exist_ok=True)
        path = self._records / f"{record.key}.json"
        aside = path.with_suffix(f".{os.getpid()}.part")
        aside.write_text(json.dumps(asdict(record), ensure_ascii=False), encoding="utf-8")
        aside.replace(path)

    def incoming(self, record: Record) -> Path:
        """Where the file of a task waits; its suffix tells readers what it is."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        return self._incoming / (record.key + Path(record.file).suffix.casefold())

    def place(self, file: str) -> Path:
        """Where the file of that name stays, as the store names it."""
        return self.folder.resolve() / file

    def file_of(self, source: str) -> str:
        """The name of the uploaded file that a source's path means, "" if it was not uploaded.

        A library that was moved has its uploads in another place than the store says.
        """
        path = Path(source)
        own = self.place(path.name)
        return path.name if path == own or (own.is_file() and not path.exists()) else ""

    def clear(self, kept: int = 0) -> None:
        """Forget the finished tasks but for so many of the last."""
        finished = [record for record in self.records() if record.state.finished]
        for record in finished[: len(finished) - kept]:
            (self._records / f"{record.key}.json").unlink(missing_ok=True)

    def sweep(self) -> None:
        """Clean up what crashes have left, and tasks that were finished long ago."""
        self.clear(KEPT)
        known = {record.key for record in self.unfinished()}
        for path in (*self._incoming.glob("*"), *self._records.glob("*.part")):
            with suppress(FileNotFoundError):  # another process may have cleaned it up
                if path.stem not in known and time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else works on the tasks until the block ends; a killed process holds nothing."""
        self._records.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._records / "lock")
        try:
            lock.acquire(timeout=_LOOK)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def mark_start(self) -> None:
        """Note that a process was started just now."""
        self._records.mkdir(parents=True, exist_ok=True)
        (self._records / "started").touch()

    def last_start(self) -> float:
        """When a process was started last, in seconds of the system's clock; 0 if never."""
        with suppress(FileNotFoundError):
            return (self._records / "started").stat().st_mtime
        return 0.0

    def is_left(self) -> bool:
        """Whether there is something to do and nobody does it."""
        if not self.unfinished():
            return False
        with self.alone() as alone:
            return alone


def new_key() -> str:
    """A name for a task that sorts by its time and that no other has."""
    return f"{time.time_ns():020d}-{secrets.token_hex(4)}"


def _read(path: Path) -> Record | None:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return Record(**known | {"task": Task(known["task"]), "state": State(known["state"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None

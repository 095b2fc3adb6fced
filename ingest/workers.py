"""Work spread over processes with the results in order; a task that breaks its limits costs itself, not the run."""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from ingest.limits import PATIENCE, Limits, compute_for, confine, end_after, has_computed_too_long

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks begun ahead of the one that is waited for, for each worker: enough to keep all busy behind a slow one, few
#: enough to bound memory.
AHEAD = 4
#: Bytes of one result as it is handed over: a treaty with all its annexes gives a tenth of it.
MOST_RESULT = 100_000_000
#: Seconds that a process may take to load what it needs: ten in a hurry, and `PATIENCE`.
STARTING = 120
#: What is told of a task that ended its worker.
BROKEN = "the reader broke down on it (out of memory or a fault in a library)"
#: What is told of a task that has computed too long.
TOO_LONG = "took more than {} seconds of computing to read"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job(Generic[Task, Result]):
    """What workers do: `begin` once, before they are confined to `limits`, then `work` for each task.

    `seconds` tells how long a task may compute, `refused` makes a result of the reason why there is none.
    """

    begin: Callable[[], object]
    work: Callable[[Task], Result]
    seconds: Callable[[Task], int]
    refused: Callable[[str], Result]
    limits: Limits


def ordered(job: Job[Task, Result], tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Result]]:
    """Yield each task with its result, in the order of the tasks, worked off by so many processes."""
    results: dict[int, bytes] = {}
    begun = 0
    with _Crew(job) as crew:
        for place, task in enumerate(tasks):
            while place not in results:
                while begun < min(len(tasks), place + jobs * AHEAD) and len(crew.busy) < jobs:
                    crew.give(begun, tasks[begun])
                    begun += 1
                results.update(crew.done())
            said, result = pickle.loads(results.pop(place))  # noqa: S301  written by our own process
            yield task, job.refused(said) if said else result


def done_apart(job: Job[Task, Result], task: Task) -> Result:
    """The result of one task, done in a process of its own."""
    [(_, result)] = ordered(job, [task], 1)
    return result


class _Worker(Generic[Task, Result]):
    """A process that does one task after the other, with what it is doing and until when."""

    def __init__(self, job: Job[Task, Result]) -> None:
        forked: type[BaseProcess] = get_context("fork" if can_fork() else "spawn").Process  # type: ignore[attr-defined]  # every context has it
        self.place, self.seconds, self.deadline, self.ready = 0, 0, 0.0, False
        self.connection, theirs = multiprocessing.Pipe()
        self.process = forked(target=_serve, args=(theirs, job.begin, job.work, job.limits), daemon=True)
        with warnings.catch_warnings():
            # from 3.12 on Python warns of numpy's own threads, which stop of themselves for a fork
            warnings.filterwarnings("ignore", ".* is multi-threaded, use of fork", DeprecationWarning)
            self.process.start()
        theirs.close()

    @property
    def wait(self) -> int:
        """Seconds by the clock that the task may take."""
        return self.seconds * PATIENCE

    def end(self) -> None:
        """Kill the process with all that it has started."""
        if hasattr(os, "killpg") and self.process.pid:
            with suppress(ProcessLookupError, PermissionError):  # it is gone, or has not come so far
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Crew(Generic[Task, Result]):
    """The workers, started when they are needed and replaced when they are spent."""

    def __init__(self, job: Job[Task, Result]) -> None:
        self._job = job
        self._idle: list[_Worker[Task, Result]] = []
        self.busy: list[_Worker[Task, Result]] = []

    def give(self, place: int, task: Task) -> None:
        """Have a worker do the task, whose result `done` will give under this number."""
        worker = self._idle.pop() if self._idle else _Worker(self._job)
        worker.place, worker.seconds = place, self._job.seconds(task)
        worker.deadline = time.monotonic() + worker.wait + (0 if worker.ready else STARTING)
        self.busy.append(worker)
        with suppress(OSError):  # it has just died, which is seen when its result is asked for
            worker.connection.send((worker.seconds, task))

    def done(self) -> dict[int, bytes]:
        """What has been done since, once there is something: (reason, result) by number, as it was handed over."""
        now = time.monotonic()
        nearest = min(worker.deadline for worker in self.busy)
        ready = wait([worker.connection for worker in self.busy], max(nearest - now, 0))
        found = {}
        for worker in list(self.busy):
            if worker.connection in ready:
                found.update(self._taken(worker))
            elif worker.deadline <= time.monotonic():
                found[worker.place] = self._given_up(worker, f"was not read in {worker.wait} seconds")
        return found

    def _taken(self, worker: _Worker[Task, Result]) -> dict[int, bytes]:
        """What a worker has sent: the result of its task, or the word that it is ready and only now begins with it."""
        try:
            said = cast("tuple[bool, bytes] | None", worker.connection.recv())
        except (EOFError, OSError):
            return {worker.place: self._given_up(worker, "")}
        if said is None:
            worker.ready, worker.deadline = True, time.monotonic() + worker.wait
            return {}
        spent, answer = said
        self.busy.remove(worker)
        if spent:
            worker.end()
        else:
            self._idle.append(worker)
        return {worker.place: answer}

    def _given_up(self, worker: _Worker[Task, Result], reason: str) -> bytes:
        """The result of a worker that is ended for this reason, or has ended."""
        self.busy.remove(worker)
        worker.end()
        slow = has_computed_too_long(worker.process.exitcode)
        return pickle.dumps((reason or (TOO_LONG.format(worker.seconds) if slow else BROKEN), None))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in (*self._idle, *self.busy):
            worker.end()


def can_fork() -> bool:
    """Whether workers may be forked, and so share what their parent has loaded, instead of loading it each.

    Only where no other thread could hold a lock that a fork would never see released. What the workers inherit besides
    (connections to databases) they must leave alone; they end without closing anything.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _serve(connection: Connection, begin: Callable[[], object], work: Callable[[Task], object], limits: Limits) -> None:
    """Do what comes until the parent ends this process."""
    _obey()
    begin()
    allowance = confine(limits.megabytes)
    connection.send(None)
    while True:
        seconds, task = connection.recv()
        compute_for(seconds)
        end_after(seconds * PATIENCE)
        answer = _answer(work, task, limits)
        end_after(0)
        compute_for(math.inf)
        # one that has kept half of its memory would refuse the next file for the last one's sake
        connection.send((allowance.is_half_used(), answer))


def _answer(work: Callable[[Task], object], task: Task, limits: Limits) -> bytes:
    """The pickled (reason, result) of a task: one of the two."""
    try:
        answer = pickle.dumps(("", work(task)))
    except MemoryError:
        return pickle.dumps((f"needed more than {limits.megabytes} MB of memory", None))
    except Exception as error:  # noqa: BLE001  a file that nobody foresaw must not end the run
        _log.debug("broken down", exc_info=True)
        return pickle.dumps((f"the reader broke down on it ({type(error).__name__})", None))
    if len(answer) > MOST_RESULT:
        return pickle.dumps((f"gives more than {MOST_RESULT // 1_000_000} MB of passages; cut it into parts", None))
    return answer


def _obey() -> None:
    """Leave interrupts to the parent, and end, with all that was started, when it ends, killed outright too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)

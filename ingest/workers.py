"""Work spread over processes with the results in order; a worker that breaks down costs one task, not the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks under way for each worker: enough to keep all busy behind a slow one, few enough to bound memory.
AHEAD = 4


def ordered(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, *, crashed: Result
) -> Iterator[tuple[Task, Result]]:
    """Yield each task with its result, in the order of the tasks; `crashed` stands for one that killed its worker."""
    waiting = deque(tasks)
    while waiting:
        yield from _until_broken(work, waiting, jobs)
        if waiting:  # one of the tasks under way killed its worker: run the first alone to know whether it was this
            task = waiting.popleft()
            yield task, _alone(work, task, crashed)


def _until_broken(work: Callable[[Task], Result], waiting: deque[Task], jobs: int) -> Iterator[tuple[Task, Result]]:
    """Work off `waiting` from its left until it is empty or the pool breaks; what is yielded has left the queue."""
    running: deque[Future[Result]] = deque()
    with _pool(jobs) as pool:
        while waiting:
            try:
                with warnings.catch_warnings():
                    # from 3.12 on Python warns of numpy's own threads, which stop of themselves for a fork
                    warnings.filterwarnings("ignore", ".* is multi-threaded, use of fork", DeprecationWarning)
                    while len(running) < min(jobs * AHEAD, len(waiting)):
                        running.append(pool.submit(work, waiting[len(running)]))
                result = running[0].result()
            except BrokenProcessPool:
                return
            running.popleft()
            yield waiting.popleft(), result


def _alone(work: Callable[[Task], Result], task: Task, crashed: Result) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            return crashed


def _pool(jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start)


def can_fork() -> bool:
    """Whether workers may be forked, and so share what their parent has loaded, instead of loading it each.

    Only where no other thread could hold a lock that a fork would never see released. What the workers inherit besides
    (connections to databases) they must leave alone; they end without closing anything.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _start() -> None:
    """Leave interrupts to the parent, and end with it even when it is killed outright."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)

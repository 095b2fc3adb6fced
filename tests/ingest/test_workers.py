"""Work over processes: results in order, and a task that breaks its limits costs itself alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest import workers
from ingest.limits import Limits
from ingest.workers import BROKEN, Job, ordered

posix = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes know no such limits")
loaded: list[str] = []


@pytest.fixture(autouse=True)
def forked(request, monkeypatch):
    """Workers are forked, whatever threads other tests have left: what they do here is made on the spot."""
    if request.node.name != "test_workers_are_forked_only_from_a_single_thread":
        monkeypatch.setattr(workers, "can_fork", lambda: sys.platform == "linux")


def job(work, *, begin=dict, seconds=30, megabytes=200):
    return Job(begin, work, seconds=lambda _: seconds, refused=str, limits=Limits(megabytes, seconds))


def results(work, tasks, jobs=2, **options):
    return dict(ordered(job(work, **options), tasks, jobs))


def what_is_loaded(_: int) -> list[str]:
    return loaded


def slow_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number * 2


def seventh(fate):
    """Work that meets its fate at number 7."""
    return lambda number: fate() if number == 7 else number * 2


def forever():
    while True:
        pass


def deaf():
    """A pattern that takes longer than the universe and lets no signal handler of Python's in."""
    import re

    return re.match(r"(a|a)*$", "a" * 100 + "b")


def greedy():
    return len(bytes(400_000_000))


def test_results_come_in_the_order_of_the_tasks():
    assert list(ordered(job(slow_first), range(6), 2)) == [(n, n * 2) for n in range(6)]


@posix
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("fate", "told"),
    [
        (lambda: os._exit(13), BROKEN),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), BROKEN),
        (lambda: 1 // 0, "the reader broke down on it (ZeroDivisionError)"),
        (greedy, "needed more than 200 MB of memory"),
        (forever, "took more than 1 seconds of computing to read"),
        (deaf, "took more than 1 seconds of computing to read"),
        (lambda: "x" * (workers.MOST_RESULT + 1), "gives more than 100 MB of passages; cut it into parts"),
    ],
    ids=["exit", "kill", "error", "memory", "time", "regex", "result"],
)
def test_a_task_that_meets_its_end_is_named_and_the_others_are_done(fate, told, jobs):
    megabytes = 200 if fate is greedy else 1000
    found = results(seventh(fate), range(12), jobs, seconds=1, megabytes=megabytes)
    assert found == {n: told if n == 7 else n * 2 for n in range(12)}


@posix
def test_a_task_that_only_waits_is_given_up_in_the_end(monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE", 2)
    assert results(lambda _: time.sleep(60), [0], 1, seconds=1) == {0: "was not read in 2 seconds"}


@posix
def test_time_is_that_of_the_processor(monkeypatch):
    """A task that waits for others longer than it may compute is done, and no task pays for the one before."""
    monkeypatch.setattr(workers, "PATIENCE", 30)

    def works(number):
        time.sleep(1.5)
        end = time.process_time() + 0.8
        while time.process_time() < end:
            pass
        return number

    assert results(works, range(3), 1, seconds=1) == {0: 0, 1: 1, 2: 2}


@posix
def test_what_one_task_leaves_behind_is_not_charged_to_the_next():
    kept = []

    def hoard(_):
        kept.append(bytes(60_000_000))
        return len(kept)

    # 60 MB each: the second one passes the half of 200 MB, and a new worker begins with the third
    assert results(hoard, range(5), 1, megabytes=200) == {0: 1, 1: 2, 2: 1, 3: 2, 4: 1}


@posix
def test_what_a_task_has_started_ends_with_it(tmp_path):
    def starts(_):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        (tmp_path / "pid").write_text(str(child.pid), encoding="ascii")
        forever()

    assert results(starts, [0], 1, seconds=1) == {0: "took more than 1 seconds of computing to read"}
    assert has_ended(int((tmp_path / "pid").read_text(encoding="ascii")))


@posix
def test_a_worker_ends_with_its_parent_even_in_the_middle_of_a_pattern(tmp_path):
    """Who is killed cannot end others: the system does, in the time of the task and a grace."""
    code = (
        "import os, pathlib, re\n"
        "from ingest import limits, workers\n"
        "from tests.ingest.test_workers import deaf, ordered, job\n"
        "limits._GRACE = workers.PATIENCE = 1\n"
        f"note = pathlib.Path({str(tmp_path / 'pid')!r})\n"
        "work = lambda _: (note.write_text(str(os.getpid())), deaf())\n"
        "list(ordered(job(work, seconds=1), [0], 1))\n"
    )
    note = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2]) as parent:
        while not (note.exists() and note.read_text(encoding="ascii")):
            assert parent.poll() is None
            time.sleep(0.02)
        parent.kill()
    assert has_ended(int(note.read_text(encoding="ascii")))


def has_ended(process):
    for _ in range(100):
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


@posix
def test_workers_are_forked_only_from_a_single_thread(monkeypatch):
    loaded.append("before")
    monkeypatch.setattr("threading.active_count", lambda: 1)
    assert results(what_is_loaded, [0], 1) == {0: ["before"]}
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert results(what_is_loaded, [0], 1) == {0: []}
    loaded.clear()


@posix
def test_what_is_loaded_first_is_not_counted():
    loaded.clear()
    assert results(what_is_loaded, [0], 1, begin=hold_much, megabytes=100) == {0: [b"much"]}


def hold_much():
    loaded.extend([b"much"])
    return bytes(300_000_000)


def test_no_tasks_no_results():
    assert list(ordered(job(slow_first), [], 2)) == []

"""Work over processes: results in order, a broken worker costs one task."""

import os
import sys
import time

import pytest

from ingest.workers import ordered

loaded: list[str] = []


def what_is_loaded(_: int) -> list[str]:
    return loaded


def slow_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number * 2


def deadly_seven(number: int) -> int:
    if number == 7:
        os._exit(13)
    return number * 2


def test_results_come_in_the_order_of_the_tasks():
    assert list(ordered(slow_first, range(6), 2, crashed=-1)) == [(n, n * 2) for n in range(6)]


def test_a_task_that_kills_its_worker_is_reported_and_the_others_are_done():
    found = dict(ordered(deadly_seven, range(12), 2, crashed=-1))
    assert found == {n: -1 if n == 7 else n * 2 for n in range(12)}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are always spawned")
def test_workers_are_forked_only_from_a_single_thread(monkeypatch):
    loaded.append("before")
    monkeypatch.setattr("threading.active_count", lambda: 1)
    assert [result for _, result in ordered(what_is_loaded, [0], 1, crashed=[])] == [["before"]]
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert [result for _, result in ordered(what_is_loaded, [0], 1, crashed=[])] == [[]]
    loaded.clear()


def test_no_tasks_no_results():
    assert list(ordered(slow_first, [], 2, crashed=-1)) == []

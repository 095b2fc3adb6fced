"""Several processes behind one address."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from webapp.server import make_server, sockets_of
from webapp.settings import Settings
from webapp.workers import processes, workers

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")


def test_a_worker_answers_on_the_address_of_the_first_process(library):
    settings = Settings(library=library.folder, host="127.0.0.1", port=0)
    server = make_server(settings, library)  # bound, and never run: whoever answers is a worker
    told = []
    try:
        with workers(1, settings, sockets_of(server), told.append):
            assert fetched(f"http://127.0.0.1:{server.effective_port}/healthz") == 200
    finally:
        server.close()
    assert told == []


@pytest.mark.parametrize(("processors", "expected"), [(1, 1), (2, 2), (3, 3), (64, 4)])
def test_one_process_a_processor_and_four_at_most(monkeypatch, processors, expected):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    assert processes(Settings()) == expected
    assert processes(Settings(workers=7)) == 7


def test_sockets_of_a_host_with_several_addresses(library):
    server = make_server(Settings(library=library.folder, host="localhost", port=0), library)
    try:
        found = sockets_of(server)
        assert found
        assert all(isinstance(each, socket.socket) and each.getsockname()[1] for each in found)
    finally:
        server.close()


def test_a_worker_that_dies_is_replaced_and_all_end_with_the_first(library):
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "webapp.cli", "serve", "--port=0", "--workers=2", "--library", library.folder],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", server.stdout.readline())[0]
        [worker] = started(server.pid)
        os.kill(worker, signal.SIGKILL)
        assert "another takes its place" in server.stderr.readline()
        assert fetched(address + "healthz") == 200
        [other] = started(server.pid, besides=worker)
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
    assert "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def started(first, besides=0):
    """Processes that serve for the first one, once there are any."""
    for _ in range(200):
        command = ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="]
        table = subprocess.check_output(command, text=True)
        rows = (line.split(maxsplit=2) for line in table.splitlines())
        found = [int(pid) for pid, parent, command in rows if int(parent) == first and "spawn_main" in command]
        if found and found != [besides]:
            return found
        time.sleep(0.1)
    return []


def fetched(address):
    """The status, once a process listens."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=20) as response:  # noqa: S310  # our own loopback address
                return response.status
        except OSError:
            time.sleep(0.1)
    return None

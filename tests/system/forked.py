"""Commands of Pincite in forks of one process that has loaded everything: hundreds of runs in the time of a few.

`python -m tests.system.forked` is that process. It reads a request a line and answers each with a line. Every command
leads a process group of its own, which can be killed outright with all its workers.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Seconds that any command may take.
LONGEST = 120
#: What commands import when they are called, and what an ingest without the model loads.
LOADED = (
    *(f"webapp.commands.{name}" for name in ("ingest", "export", "reindex", "doctor", "search", "sets", "info")),
    *(f"ingest.readers.{name}" for name in ("text", "html")),
    *("search.engines.whoosh", "search.engines.tantivy", "webapp.administration.worker", "corpus.migrating"),
)
#: Places of the command line and of the process that reads uploads.
MAIN, WORKER = "webapp.cli:main", "webapp.administration.worker:main"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: its exit code (minus the signal that killed it), what it wrote, and how long it took."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def told(self) -> list[str]:
        """The lines of the standard error stream that are no progress, a single one of which tells of a fault."""
        return [line for line in self.err.splitlines() if not line.startswith("[")]


class Commands:
    """The client's side."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.system.forked"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, *arguments, kill_after=None, program=MAIN, **limits) -> Outcome:
        """Run a command; `kill_after` so many seconds its group is killed. `limits` are those of `resource`."""
        request = {
            "program": program,
            "arguments": list(map(str, arguments)),
            "kill_after": kill_after,
            "limits": limits,
        }
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=LONGEST)
        self._process.stdout.close()


def serve() -> None:
    """The loop of the process."""
    from ingest.preparing import load

    for name in LOADED:
        import_module(name)
    load(model=False)
    answers = os.dup(1)
    os.dup2(2, 1)
    for line in sys.stdin:
        os.write(answers, json.dumps(_run(**json.loads(line))).encode() + b"\n")


def _run(program, arguments, kill_after, limits):
    started = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _become(program, arguments, limits, out.fileno(), err.fileno())
        os.setpgid(child, child)
        status = _waited(child, started + (LONGEST if kill_after is None else kill_after))
        took = time.monotonic() - started
        texts = (_text(each) for each in (out, err))
        return {
            "code": os.waitstatus_to_exitcode(status),
            **dict(zip(("out", "err"), texts, strict=True)),
            "seconds": took,
        }


def _waited(child, until):
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.001)
    os.killpg(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _text(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def _become(program, arguments, limits, out, err):
    """Be the command, and end with its code."""
    code = 70
    try:
        os.setpgid(0, 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        module, name = program.split(":")
        for limit, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{limit.upper()}"), (value, value))
        getattr(import_module(module), name)(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()

"""Several servers and several ingests, each a process of its own, over one store: the end is that of one quiet run."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from io import BytesIO

import pytest

from corpus.export.formats import export
from corpus.store import Store
from ingest.pipeline import ingest

#: Shares in the order in which they are begun, three at a time; one is done twice at once.
SHARES = (1, 5, 5, 2, 7, 3, 8, 4, 6)
#: Files, some of which want the same id, as in real collections.
COPIES = 24
SECONDS = 300


@pytest.fixture
def texts(tmp_path, sample_folder):
    """Many documents made of the sample's own texts, in two folders."""
    originals = sorted(path for path in sample_folder.glob("*.md") if path.stem != "README")
    for number in range(COPIES):
        original = originals[number % len(originals)]
        folder = tmp_path / "texts" / ("autumn" if number % 3 else "spring")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number // 2:02d}.md").write_bytes(original.read_bytes())
    return tmp_path / "texts"


@pytest.fixture
def undisturbed(texts, tmp_path) -> bytes:
    """The export of one quiet run into a file."""
    with closing(Store.open(tmp_path / "undisturbed")) as store:
        ingest([texts], store, jobs=1, model=False)
        return exported(store)


def exported(store) -> bytes:
    target = BytesIO()
    export("jsonl", ((document, passage) for document, held in store.iterate() for passage in held), target)
    return target.getvalue()


@contextmanager
def pincite(*arguments, library, store):
    """A process of its own, ended with the block."""
    environment = {**os.environ, "PINCITE_STORE": store, "PINCITE_MODEL": "0", "PINCITE_WORKERS": "1"}
    words = [sys.executable, "-m", "webapp.cli", *map(str, arguments), "--library", str(library)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def serving(**place):
    """The address of a server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with pincite("serve", "--port", port, **place) as process:
        deadline = time.monotonic() + SECONDS
        while status(f"{address}/healthz") != 200:
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield address


def status(address) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  (our own server)
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def test_eight_shares_and_two_servers_at_once_come_to_the_end_of_one_quiet_run(texts, tmp_path, postgres, undisturbed):
    machines = [tmp_path / "machine-0", tmp_path / "machine-1"]

    def share(turn):
        number, machine = SHARES[turn], machines[turn % 2]
        with pincite("ingest", texts, "--shard", f"{number}/8", library=machine, store=postgres) as process:
            _, told = process.communicate(timeout=SECONDS)
            assert process.returncode == 0, told.decode()

    with ExitStack() as stack:
        servers = [stack.enter_context(serving(library=machine, store=postgres)) for machine in machines]
        pool = stack.enter_context(ThreadPoolExecutor(3))
        runs = [pool.submit(share, turn) for turn in range(len(SHARES))]
        seen = set()
        while not all(each.done() for each in runs):
            seen |= {status(f"{server}{page}") for server in servers for page in ("/documents", "/?q=law", "/sets")}
            time.sleep(0.5)
        for each in runs:
            each.result()
        assert seen == {200}
        assert {status(f"{server}/documents/00") for server in servers} == {200}
    with closing(Store.open(machines[0], postgres)) as store:
        assert exported(store) == undisturbed

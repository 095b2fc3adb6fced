"""Readers on the search page while files are ingested beside them.

    python -m tests.benchmarks.load_search [--users 50] [--seconds 60] [--engine whoosh] [--passages 20000]
                                           [--folder DIR] [--out tests/benchmarks/RESULTS.md]

A library of generated passages is served by `pincite serve`, a process of its own. First one reader asks without a
pause, which gives the idle figures. Then so many readers ask, each thinking 1 to 3 seconds between two requests, while
`pincite ingest` takes in one new file after the other. The run fails if any request fails, if any ingest fails, or if a
search that begins after an ingest has ended misses its file. The generated library is kept in `--folder`.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

from corpus.store import SourceState, Store
from search.engines import open_engine
from search.indexer import sync
from tests.benchmarks.searching.collection import collection
from tests.benchmarks.searching.crowd import THINKING, Watch, alone, crowd
from tests.benchmarks.searching.report import markdown, put, stamped

PINCITE = (sys.executable, "-m", "webapp.cli")
SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "lecture-law-of-the-sea.txt"
#: Requests of the reader who is alone; the first of them warm the server up and are not counted.
_IDLE, _WARMING = 200, 30


def generated(folder: Path, passages: int, engine: str) -> Path:
    """The library of so many passages, made if it is not there."""
    place = folder / f"load-{engine}-{passages}"
    if not place.is_dir():
        unfinished = Path(tempfile.mkdtemp(dir=folder))
        store, opened = Store.open(unfinished), open_engine(engine, unfinished)
        for document, content in collection(passages):
            store.replace(document, content, SourceState(f"generated/{document.id}", "generated", document.id))
        sync(store, opened)
        opened.close()
        store.close()
        unfinished.rename(place)
    return place


@asynccontextmanager
async def serving(library: Path, engine: str):
    """The address of a server of the library, in a process of its own."""
    options = ("--library", str(library), "--engine", engine, "--port", "0")
    server = await asyncio.create_subprocess_exec(
        *PINCITE, "serve", *options, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        line = (await server.stdout.readline()).decode()
        yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
    finally:
        server.terminate()
        await server.wait()


async def ingesting(library: Path, engine: str, folder: Path, watch: Watch) -> None:
    """Ingests one new file after the other until it is cancelled; each holds a word that no other holds."""
    number = 0
    while True:
        number += 1
        word = f"probe{number}"
        text = f"{SAMPLE.read_text(encoding='utf-8')}\n\nOnly this copy of the lecture says {word}.\n"
        (folder / f"lecture-{number:04}.txt").write_text(text, encoding="utf-8")
        options = ("--library", str(library), "--engine", engine)
        ingest = await asyncio.create_subprocess_exec(
            *PINCITE, "ingest", str(folder), *options, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            _, complaint = await ingest.communicate()
        except asyncio.CancelledError:
            await ingest.wait()
            raise
        if ingest.returncode:
            watch.faults.append(f"ingest {number}: {complaint.decode().strip()}")
            return
        watch.newest = word
        watch.ingests += 1


async def measure(library: Path, given: argparse.Namespace) -> tuple[Watch, Watch]:
    """What one reader finds alone, and what all find while files come in."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(library, given.engine) as server:
            idle = await alone(server, _WARMING + _IDLE)
            loaded = Watch()
            beside = asyncio.create_task(ingesting(library, given.engine, Path(folder), loaded))
            await crowd(server, given.users, given.seconds, loaded)
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)
    idle.milliseconds = idle.milliseconds[_WARMING:]
    return idle, loaded


def described(idle: Watch, loaded: Watch, given: argparse.Namespace) -> str:
    """The table, and what was checked."""
    rows = [_row("one reader, no pause", idle), _row(f"{given.users} readers and an ingest", loaded)]
    ratio = _p95(loaded) / _p95(idle)
    return (
        f"{markdown(['', 'requests', 'median ms', 'p95 ms', 'most ms', 'a second'], rows)}\n"
        f"p95 under load / idle: {ratio:.1f}. Readers think {THINKING[0]:.0f} to {THINKING[1]:.0f} s between requests. "
        f"{loaded.ingests} ingests ended meanwhile, {loaded.probes} searches for the newest file found it; "
        f"{len(loaded.faults) + len(idle.faults)} errors.\n"
    )


def _row(name: str, watch: Watch) -> list[str]:
    spent = watch.milliseconds
    figures = (statistics.median(spent), _p95(watch), max(spent))
    return [name, str(len(spent)), *(f"{figure:.0f}" for figure in figures), f"{len(spent) / watch.seconds:.1f}"]


def _p95(watch: Watch) -> float:
    return statistics.quantiles(watch.milliseconds, n=20)[-1]


def main() -> None:
    """Measure, print, and fail if a reader met an error."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--users", type=int, default=50)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--engine", default="whoosh")
    options.add_argument("--passages", type=int, default=20_000)
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "pincite-benchmark")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    kept = generated(given.folder, given.passages, given.engine)
    with tempfile.TemporaryDirectory() as copied:
        library = shutil.copytree(kept, Path(copied) / "library")
        idle, loaded = asyncio.run(measure(library, given))
    body = described(idle, loaded, given)
    sys.stdout.write(body)
    if given.out:
        command = f"load_search --users {given.users} --seconds {given.seconds:.0f} --engine {given.engine}"
        put(given.out, f"Load, engine {given.engine}", stamped(command, body))
    if faults := idle.faults + loaded.faults:
        sys.exit("\n".join(faults[:20]))


if __name__ == "__main__":
    main()

"""The store in a file and on a server, side by side: `python -m tests.benchmarks.bench_stores FOLDER`.

Ingests the folder into both, twice by turns, and asks both what pages ask. The server is the one of the tests, on this
machine: over a network every read takes as much longer as the way there and back. Tells the better of two medians.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from corpus.store import Store
from ingest.pipeline import ingest
from tests.servers.postgres import running

TURNS, STORES = 2, ("sqlite", "postgresql")


def median(act, times: int) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def measured(texts: Path, folder: Path, address: str) -> dict[str, float]:
    """What each act takes."""
    with closing(Store.open(folder, address)) as store:
        reading = median(lambda: ingest([texts], store, jobs=1), 1)
        longest, held = max(store.iterate(), key=lambda pair: len(pair[1]))
        page = [passage.id for passage in held[:20]]
        return {
            "ingest": reading,
            "documents": median(store.documents, 200),
            "passages_by_id, 20": median(lambda: store.passages_by_id(page), 200),
            f"passages, {len(held)}": median(lambda: store.passages(longest.id), 20),
            "plain, kept": median(lambda: store.plain(longest.id), 200),
            "revisions": median(store.revisions, 200),
        }


def main(texts: Path) -> None:
    """Measure and tell."""
    folder = Path(tempfile.mkdtemp(prefix="pincite-stores-"))
    best: dict[str, dict[str, float]] = defaultdict(dict)
    server_folder = folder / "server"
    server_folder.mkdir()
    folder.chmod(0o755)  # the server runs as somebody else
    with running(server_folder) as server:
        measured(texts, folder / "warm", "")
        for turn in range(TURNS):
            for kind in STORES:
                with server.database() as address:
                    found = measured(texts, folder / f"{kind}-{turn}", address if kind != "sqlite" else "")
                for what, taken in found.items():
                    best[what][kind] = min(taken, best[what].get(kind, taken))
    shutil.rmtree(folder)
    for what, taken in best.items():
        file, server_ms = (taken[kind] for kind in STORES)
        sys.stdout.write(f"{what:20} {file:9.2f} ms  {server_ms:9.2f} ms  x {server_ms / file:.2f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What memory an ingest takes as the collection grows: resident size after every so many documents, read and indexed.

    python tests/benchmarks/bench_memory.py [FOLDER] [--every 96]

FOLDER (default: the speeches in the folder of real documents) is read and indexed into a throw-away library by one
process, so that nothing hides in workers. Each line gives the step, the documents done and the resident megabytes; the
last ones the growth from the first measured document to the last, beside the bytes of one indexed passage.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ingest.pipeline import ingest
from search.indexer import rebuild, sync
from webapp.resources import Library

#: The real documents beside the repository.
REAL = Path(os.environ.get("PINCITE_SHARED", Path(__file__).parents[3] / "shared")) / "real"
_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Megabytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6


class Watch:
    """Prints the resident size after every so many documents of one step."""

    def __init__(self, step: str, every: int) -> None:
        self.step, self.every = step, every
        self.sizes: list[float] = []

    def __call__(self, done: int) -> None:
        """A document is done, the `done`th of the step."""
        if done % self.every == 0:
            self.sizes.append(resident())
            sys.stdout.write(f"{self.step:10} {done:6} documents {self.sizes[-1]:8.0f} MB\n")

    @property
    def growth(self) -> float:
        """Megabytes between the first measurement and the last."""
        return self.sizes[-1] - self.sizes[0] if self.sizes else 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REAL / "speeches")
    parser.add_argument("--every", type=int, default=96)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), "whoosh") as library:
        reading, indexing, again = (Watch(step, chosen.every) for step in ("reading", "indexing", "reindexing"))
        ingest([chosen.folder], library.store, jobs=1, progress=lambda step: reading(step.done))
        sync(library.store, library.engine, progress=lambda done, _, __: indexing(done))
        rebuild(library.store, library.engine, progress=lambda done, _, __: again(done))
        passages = library.store.counts()["passages"]
    for watch in (reading, indexing, again):
        each = watch.growth * 1e6 / passages
        sys.stdout.write(f"{watch.step:10} grew by {watch.growth:.0f} MB, {each:,.0f} bytes a passage\n")


if __name__ == "__main__":
    main()

"""What annotating costs: our tags beside spaCy's bare entity recogniser on the same texts in the same run.

    python tests/benchmarks/bench_annotate.py [FOLDER] [--every 1]

FOLDER (default: the speeches in the folder of real documents) holds `.txt` files; `--every 4` takes every fourth. They
are read and structured beforehand. The peer is `nlp.pipe` of the model reduced to its entity recogniser, in spaCy's own
batches, which finds entities and nothing else. The three take turns, so that a machine that slows down slows down all.
In the end the same files are ingested by one process and by two, which inherit what has been loaded by then.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.model import Document
from corpus.store import Store
from ingest.annotate import annotate
from ingest.annotate.nlp import model_pipeline
from ingest.pipeline import ingest
from ingest.readers import read
from ingest.structure import structure

#: The real documents beside the repository.
REAL = Path(os.environ.get("PINCITE_SHARED", Path(__file__).parents[3] / "shared")) / "real"
#: Documents that each of the three takes before it is the next one's turn.
TURN = 24


def seconds(step: Callable[[], object]) -> float:
    """How long the step takes."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def ingested(files: list[Path], jobs: int) -> float:
    """Seconds of an ingest into a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        try:
            return seconds(lambda: ingest(files, store, jobs=jobs))
        finally:
            store.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REAL / "speeches")
    parser.add_argument("--every", type=int, default=1)
    chosen = parser.parse_args()
    files = sorted(chosen.folder.glob("*.txt"))[:: chosen.every]
    documents = [structure(path.stem, read(path).blocks) for path in files]
    nobody = Document(id="speech", title="")
    for model in (True, False):  # load everything before the clock runs
        annotate(nobody, documents[0], model=model)
    bare = given = without = 0.0
    for at in range(0, len(documents), TURN):
        turn = documents[at : at + TURN]
        texts = [passage.text for passages in turn for passage in passages]
        bare += seconds(lambda texts=texts: list(model_pipeline().pipe(texts)))
        given += seconds(lambda turn=turn: [annotate(nobody, passages) for passages in turn])
        without += seconds(lambda turn=turn: [annotate(nobody, passages, model=False) for passages in turn])
    lengths = [len(passage.text) for passages in documents for passage in passages]
    sys.stdout.write(f"{len(files)} files, {len(lengths):,} passages, {sum(lengths):,} characters\n")
    sys.stdout.write(f"bare nlp.pipe    {bare:7.1f} s\n")
    sys.stdout.write(f"with the model   {given:7.1f} s  {given / bare:.2f} times its time (bar 1.25)\n")
    sys.stdout.write(f"without it       {without:7.1f} s  {bare / without:.1f} times faster (bar 8)\n")
    one, two = (ingested(files, jobs) for jobs in (1, 2))
    sys.stdout.write(f"ingest: one process {one:.1f} s, two {two:.1f} s, {one / two:.2f} times faster (bar 1.7)\n")


if __name__ == "__main__":
    main()

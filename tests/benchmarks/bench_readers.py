"""What reading costs: characters per second of every reader and of the structure step, and PDF pages beside a peer.

    python tests/benchmarks/bench_readers.py [FOLDER] [--pdf-pages 40]

FOLDER (default: `real` in the folder of real documents) holds `un/*.pdf`, `un/*.docx`, `markdown/*.md` and
`speeches/*.txt`. Pages per second of the PDF reader stand beside those of plain `pdfplumber.page.extract_text` on the
same pages in the same run, each in turn on the same file. The share of the structure step is that of reading,
structuring and annotating without the language model.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

import pdfplumber

from corpus.model import Document
from ingest.annotate import annotate
from ingest.blocks import RawDocument
from ingest.readers import read
from ingest.readers.pdf_document import blocks_of
from ingest.readers.pdf_pages import extract
from ingest.structure import structure

Result = TypeVar("Result")

#: The real documents beside the repository.
REAL = Path(__file__).parents[3] / "shared" / "real"
#: Files of each sort that are read, spread over the folder.
FILES = 30


@dataclass(slots=True)
class Cost:
    """Seconds and characters of one step over some files."""

    seconds: float = 0.0
    characters: int = 0

    def timed(self, step: Callable[[], Result]) -> Result:
        """The step's result; its time is added."""
        start = time.perf_counter()
        result = step()
        self.seconds += time.perf_counter() - start
        return result

    @property
    def speed(self) -> float:
        """Characters per second."""
        return self.characters / self.seconds if self.seconds else 0.0


def spread(paths: Iterable[Path], limit: int) -> list[Path]:
    """At most `limit` of the paths, evenly over their names."""
    found = sorted(paths)
    return found[:: max(1, len(found) // limit)][:limit]


def pages_per_second(paths: Iterable[Path], limit: int) -> tuple[int, float, float]:
    """(pages, ours, peer): pages read, and pages per second of our reader and of plain `extract_text`."""
    ours, peer, pages = 0.0, 0.0, 0
    for path in paths:
        if pages >= limit:
            break
        count = len(_plain(path, limit - pages))  # warms the file's cache and the libraries
        start = time.perf_counter()
        _plain(path, count)
        between = time.perf_counter()
        _blocks(path, count)
        end = time.perf_counter()
        peer, ours, pages = peer + between - start, ours + end - between, pages + count
    return pages, pages / ours if ours else 0.0, pages / peer if peer else 0.0


def _plain(path: Path, count: int) -> list[str]:
    texts = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[:count]:
            texts.append(page.extract_text())
            page.close()
    return texts


def _blocks(path: Path, count: int) -> list[object]:
    pages = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[:count]:
            pages.append(extract(page, pages[-1] if pages else None))
            page.close()
    return list(blocks_of(pages))


def measure(paths: Iterable[Path], structuring: Cost, annotating: Cost) -> Cost:
    """Read, structure and annotate the files; the cost of reading is returned, the others are added."""
    reading = Cost()
    for path in paths:
        raw: RawDocument = reading.timed(lambda path=path: read(path))
        characters = sum(len(block.text) for block in raw.blocks)
        reading.characters += characters
        passages = structuring.timed(lambda raw=raw: structure("bench", raw.blocks, title=raw.facts.get("title", "")))
        structuring.characters += characters
        document = Document(id="bench", title="Bench", source=path.name)
        annotating.timed(lambda document=document, passages=passages: annotate(document, passages))
        annotating.characters += characters
    return reading


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=REAL)
    parser.add_argument("--pdf-pages", type=int, default=40)
    asked = parser.parse_args()
    pages, ours, peer = pages_per_second(spread(asked.folder.glob("un/*.pdf"), FILES), asked.pdf_pages)
    speeds = f"{ours:.1f} a second, plain extract_text {peer:.1f}, ratio {ours / peer:.2f} (bar 0.7)"
    sys.stdout.write(f"{pages} PDF pages: {speeds}\n")
    everything = Cost()
    structuring, annotating = Cost(), Cost()
    for pattern in ("speeches/*.txt", "markdown/*.md", "un/*.docx", "un/*.pdf"):
        with patch("ingest.annotate.organisations.propose", side_effect=lambda _, rows, __: rows):
            reading = measure(spread(asked.folder.glob(pattern), FILES), structuring, annotating)
        everything.seconds += reading.seconds
        sys.stdout.write(f"{pattern:15s} {reading.speed:12,.0f} characters a second ({reading.characters:,} read)\n")
    for name, cost in (("structure", structuring), ("annotate", annotating)):
        sys.stdout.write(f"{name:15s} {cost.speed:12,.0f} characters a second\n")
    whole = everything.seconds + structuring.seconds + annotating.seconds
    sys.stdout.write(f"structure takes {structuring.seconds / whole:.1%} of the whole (bar 15 %)\n")


if __name__ == "__main__":
    main()

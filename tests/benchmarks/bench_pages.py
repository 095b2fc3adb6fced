"""What each type of page costs a server and what of it travels.

    python -m tests.benchmarks.bench_pages LIBRARY [--rounds 3] [--each 20] [--only document,passage]
    python -m tests.benchmarks.bench_pages --long 600,2000

Pages are asked of the WSGI application itself, gzip accepted, over a copy of the library. In every round the library is
opened anew and every address is asked once, so that no answer is remembered; of the rounds the quickest time of each
address counts. `cold` is the first page of its type after the library has been opened, as after a commit. `--long`
makes a library with two documents of each of these numbers of passages, one of them a treaty that others cite.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests.benchmarks.serving.addresses import addresses
from tests.benchmarks.serving.long_documents import fill
from tests.benchmarks.serving.timing import Answer, Request, asked
from webapp import create_app
from webapp.resources import Library
from webapp.server import prepare
from webapp.settings import Settings
from webapp.templating import load_templates

#: Figures that every page is held to.
MILLISECONDS, BYTES = 80, 100_000
#: Pages of each type of which the first after opening is timed.
_COLD = 3


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Flask, Library]]:
    """The application over a library that has just been opened."""
    settings = Settings(library=folder)
    with Library(folder) as library:
        yield create_app(settings, library=library), library


def quickest(rounds: Sequence[Sequence[Answer]]) -> list[Answer]:
    """Of every address the answer that took the processor least."""
    return [min(answers, key=lambda answer: answer.processor) for answers in zip(*rounds, strict=True)]


def first_after_opening(folder: Path, requests: Sequence[Request]) -> float:
    """Milliseconds of processor of the quickest of some pages that were each the first of a library."""
    times = []
    for request in requests[:_COLD]:
        with opened(folder) as (app, _):
            times.append(asked(app, request).processor)
    return min(times)


def line(name: str, answers: Sequence[Answer], cold: float) -> str:
    """One line of the table; an exclamation mark stands beside what misses the figures."""
    times = sorted(answer.processor for answer in answers)
    p95 = times[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
    most = max(answers, key=lambda answer: answer.travelled)
    wall = sorted(answer.wall for answer in answers)[len(answers) // 2]
    marks = ("!" if p95 > MILLISECONDS else " ") + ("!" if most.travelled > BYTES else " ")
    figures = f"{times[len(times) // 2]:7.1f} {p95:7.1f} {times[-1]:7.1f} {wall:7.1f} {cold:7.1f}"
    return f"{name:16} {len(answers):4} {figures} {most.travelled / 1000:8.1f} {most.whole / 1000:8.1f} {marks}\n"


def measured(folder: Path, rounds: int, each: int, only: Sequence[str]) -> None:
    """Print the table of one library."""
    with opened(folder) as (app, library):
        wanted = {name: urls for name, urls in addresses(app, library, each).items() if not only or name in only}
        sys.stdout.write(f"{library.engine.count()} passages in {library.store.counts()['documents']} documents\n")
    sys.stdout.write("page                n     p50     p95     max    wall    cold  sent KB whole KB\n")
    answers: dict[str, list[list[Answer]]] = {name: [] for name in wanted}
    for _ in range(rounds):
        with opened(folder) as (app, library):
            load_templates(app)  # as every server does before it serves
            prepare(app.config["PINCITE"], library)
            for name, requests in wanted.items():
                answers[name].append([asked(app, request) for request in requests])
    for name, requests in wanted.items():
        sys.stdout.write(line(name, quickest(answers[name]), first_after_opening(folder, requests)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("--long", default="", help="numbers of passages, with commas between")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--only", default="", help="types of pages, with commas between")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "library"
        if chosen.library:
            shutil.copytree(chosen.library, folder)
        else:
            fill(folder, [int(number) for number in chosen.long.split(",")])
        measured(folder, chosen.rounds, chosen.each, [name for name in chosen.only.split(",") if name])


if __name__ == "__main__":
    main()

"""What a page of the site costs beside the bare search that it shows.

    python tests/benchmarks/bench_page.py LIBRARY [--requests 50]

Prints the median of the requests through the WSGI test client, the median of the same searches asked of the engine
alone, and their ratio, all in one run on one machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from webapp import create_app
from webapp.links import Selection
from webapp.request import query_from
from webapp.resources import Library
from webapp.settings import Settings

#: Searches of different weight: everything, a common word, a phrase, names, filters.
SEARCHES = (
    {"sort": ["document"]},
    {"q": ["convention"]},
    {"q": ["law"], "sort": ["date"]},
    {"q": ['"mutual assistance"']},
    {"q": ["Council of Europe"], "year": ["1995..2005"]},
    {"q": ["data"], "passage_kind": ["paragraph", "list_item"]},
)


def median(action: Callable[[dict[str, list[str]]], object], requests: int) -> float:
    """Median milliseconds of `action` over the searches in turn, one round of warming up left out."""
    times = []
    for number, search in enumerate(islice(cycle(SEARCHES), requests + len(SEARCHES))):
        start = time.perf_counter()
        action(search)
        if number >= len(SEARCHES):
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--requests", type=int, default=50)
    asked = parser.parse_args()
    settings = Settings(library=asked.library)
    with Library(settings.library) as library:
        app = create_app(settings, library=library)
        client = app.test_client()

        def page(search: dict[str, list[str]]) -> None:
            with app.test_request_context():
                url = Selection.from_args(search).url
            answer = client.get(url)
            if answer.status_code != 200:
                sys.exit(f"{url} answered {answer.status_code}")

        def bare(search: dict[str, list[str]]) -> None:
            library.engine.search(query_from(search, settings))

        whole, engine = median(page, asked.requests), median(bare, asked.requests)
        documents = library.store.documents()
        start = time.perf_counter()
        for document in documents:
            client.get(f"/documents/{document.id}")
        reading = (time.perf_counter() - start) * 1000 / max(1, len(documents))
        lines = (
            f"{library.engine.count()} passages, {asked.requests} requests",
            f"search page   {whole:7.1f} ms (median)",
            f"bare search   {engine:7.1f} ms (median)",
            f"ratio         {whole / engine:7.1f}",
            f"reading view  {reading:7.1f} ms (mean of {len(documents)} documents)",
        )
        sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()

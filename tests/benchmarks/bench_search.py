"""Facet counting beside Whoosh's own grouping, and whole faceted queries, over made-up collections.

    python -m tests.benchmarks.bench_search [--sizes 1000,10000,50000] [--rounds 5]

One run measures both on the same words and tags, so the ratio does not depend on the machine. Our counts are for all
seven facets under every filter but their own, Whoosh's for three of them with `FieldFacet(allow_overlap=True)`, which
is what it offers for several values a passage.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer

from corpus.model import Document, Passage
from search.analysis import words
from search.engines.whoosh import WhooshEngine
from search.facets import facets
from search.matching import Evaluation
from search.parser import parse
from search.query import Filters, Query, YearRange
from tests.factories import document, passage

#: Passages of one made-up document.
PASSAGES = 100
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu")
VOCABULARY = [first + second for first in SYLLABLES for second in SYLLABLES if first != second]
ORGANISATIONS = [f"Organisation {number}" for number in range(300)]
INSTRUMENTS = [f"A/RES/{number // 100 + 40}/{number % 100}" for number in range(2_000)]
COUNTRIES = [f"Country {number}" for number in range(150)]
FACETED = ("organisation", "instrument", "year")


def collection(size: int) -> Iterator[tuple[Document, list[Passage]]]:
    """Documents with passages whose tags are spread as in the real ones: a few values are frequent, most are rare."""
    chance = random.Random(size)  # noqa: S311  (made-up data, the same in every run)
    for start in range(0, size, PASSAGES):
        name = f"document-{start // PASSAGES:05}"
        held = [made_up(chance, name, number) for number in range(1, min(PASSAGES, size - start) + 1)]
        yield document(name, f"Document {name}", date=str(1950 + start % 70)), held


def made_up(chance: random.Random, name: str, number: int) -> Passage:
    text = " ".join(VOCABULARY[int(len(VOCABULARY) * chance.random() ** 3)] for _ in range(25))
    return passage(
        text,
        name,
        number,
        organisations=skewed(chance, ORGANISATIONS, 2),
        instruments=skewed(chance, INSTRUMENTS, 1),
        countries=skewed(chance, COUNTRIES, 1),
        years=sorted({1950 + int(70 * chance.random()) for _ in range(chance.randint(0, 2))}),
    )


def skewed(chance: random.Random, values: list[str], most: int) -> set[str]:
    return {values[int(len(values) * chance.random() ** 3)] for _ in range(chance.randint(0, most))}


def whoosh_alone(size: int, folder: Path) -> index.Index:
    """The same words and three facets in an index as Whoosh's documentation builds it."""
    keyword = {name: fields.KEYWORD(commas=True) for name in FACETED}
    made = index.create_in(folder, fields.Schema(text=fields.TEXT(analyzer=SpaceSeparatedTokenizer()), **keyword))
    writer = made.writer()
    for _, held in collection(size):
        for each in held:
            values = (each.organisations, [name for name, _ in each.instruments], map(str, each.years))
            tags = {name: ",".join(found) for name, found in zip(FACETED, values, strict=True)}
            writer.add_document(text=" ".join(words(each.text)), **tags)
    writer.commit()
    return made


def median_ms(action: Callable[[], object], rounds: int) -> float:
    action()  # caches warm, as for every query but the first
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1_000)
    return statistics.median(times)


def measure(size: int, rounds: int, folder: Path) -> list[tuple[str, float, float]]:
    """(what, our milliseconds, Whoosh's milliseconds or 0) for queries that match many, some and few passages."""
    engine = WhooshEngine.open(folder)
    for each, held in collection(size):
        engine.add(each, held, "r1")
    engine.commit()
    alone = folder / "alone"
    alone.mkdir()
    filters = Filters(organisation=(ORGANISATIONS[1], ORGANISATIONS[2]), year=(YearRange(1980, 2010),))
    rows = []
    words_asked = {"many": VOCABULARY[0], "some": VOCABULARY[20], "few": VOCABULARY[-1]}
    with engine._snapshots.newest() as snapshot, whoosh_alone(size, alone).searcher() as searcher:
        for share, word in words_asked.items():
            held = Evaluation(snapshot).matches(parse(word)).mask
            ours = median_ms(partial(facets, snapshot.columns, held, Filters()), rounds)
            rows.append((f"facets, {share} ({held.sum()})", ours, median_ms(partial(grouped, searcher, word), rounds)))
            filtered = median_ms(partial(facets, snapshot.columns, held, filters), rounds)
            rows.append((f"facets, {share}, two filters", filtered, 0.0))
            asked = Query(tree=parse(f"{word} {VOCABULARY[1]}"), filters=filters)
            rows.append((f"whole query, {share}, two filters", median_ms(partial(engine.search, asked), rounds), 0.0))
    engine.close()
    return rows


def grouped(searcher: Any, word: str) -> object:
    """Whoosh's counts of the three facets."""
    grouping = {name: sorting.FieldFacet(name, allow_overlap=True) for name in FACETED}
    results = searcher.search(query.Term("text", word), groupedby=grouping, maptype=sorting.Count)
    return [results.groups(name) for name in FACETED]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="1000,10000,50000")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            rows = measure(size, given.rounds, Path(folder))
        sys.stdout.write(f"\n{size} passages{'':28}ours ms   Whoosh ms   ratio\n")
        for what, ours, theirs in rows:
            beside = f"{theirs:11.2f} {theirs / ours:7.0f}" if theirs else ""
            sys.stdout.write(f"  {what:38}{ours:9.2f} {beside}\n")


if __name__ == "__main__":
    main()

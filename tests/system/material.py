"""Collections of small documents made of the sample's own texts, and what a library holds of them in the end."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from corpus.store import Store
from search.engines import open_engine
from search.engines.chosen import chosen_engine
from search.indexer import difference
from search.query import FACETS, Query, Word
from tests.search.reference import Reference

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
#: Small documents of the sample, each in several copies under names of their own.
ORIGINALS = (
    "speech-data-protection.txt",
    "lecture-law-of-the-sea.txt",
    "resolution-oceans-climate.html",
    "lecture-cybercrime-treaties.md",
)
WHOLE = 8
#: Asked of every index: words that few and that many passages hold, and none, which all passages answer.
ASKED = tuple(
    Query(tree=tree, limit=None, loose=False, marks=False)
    for tree in (None, *map(Word, ("sea", "protection", "state", "convention")))
)


def written(folder: Path, copies: int, *, edited: bool = False) -> Path:
    """The folder with so many documents; `edited` with another paragraph in every second one."""
    folder.mkdir(exist_ok=True)
    for number in range(copies):
        name = ORIGINALS[number % len(ORIGINALS)]
        text = (SAMPLE / name).read_text(encoding="utf-8")
        if edited and number % 2:
            text = (
                text.replace("</body>", f"<p>{_MORE}</p></body>") if name.endswith("html") else f"{text}\n\n{_MORE}\n"
            )
        (folder / f"{number:02d}-{name}").write_text(text, encoding="utf-8")
    return folder


_MORE = "The Council of Europe opened the Convention on Cybercrime for signature in 2001."


def answers(library: Path):
    """What an index answers to all that is asked, in the form of the reference's answers."""
    with closing(open_engine(chosen_engine(library), library)) as engine:
        return asked(engine)


def asked(engine):
    """What an open engine answers."""
    return [_answer(engine, query) for query in ASKED]


def _answer(engine, query):
    found = engine.search(query)
    tables = {facet: {each.value: (each.count, each.documents) for each in found.facets[facet]} for facet in FACETS}
    return {hit.passage_id for hit in found.hits}, tables


def expected(library: Path):
    """The same from the store alone, by brute force."""
    with closing(Store.open(library)) as store:
        reference = Reference(store.iterate())
    return [reference.answer(query) for query in ASKED]


def in_step(library: Path) -> bool:
    """Whether the index holds what the store holds."""
    with closing(Store.open(library)) as store, closing(open_engine(chosen_engine(library), library)) as engine:
        return not any(difference(store, engine))


def dice(seed: int = 7) -> random.Random:
    """Chance that is the same every time."""
    return random.Random(seed)  # noqa: S311  (kills and damages, no secrets)

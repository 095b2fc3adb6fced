"""What our index building costs beside the bare library, both fed with the same analysed tokens of the same fields.

The bare library holds the exact and the stemmed words of four fields with their places, the values of eleven facets,
and the text to show; ours holds the same, the facets in columns.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import tantivy
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer

from search import contents
from search.analysis import stem
from search.query import FACETS
from tests.benchmarks.searching.collection import collection
from tests.benchmarks.searching.ours import Ours
from tests.benchmarks.searching.peer import FIELDS, Documents, flat
from tests.benchmarks.searching.report import markdown
from tests.benchmarks.searching.vocabulary import vocabulary

Build = Callable[[Path, Documents], object]


def building(size: int, rounds: int) -> str:
    """Median seconds of both builders of each engine, which take turns, and their ratio."""
    documents = list(collection(size))
    for word in vocabulary():  # whoever comes first would pay for the stems of all
        stem(word)
    pairs = {"whoosh": bare_whoosh, "tantivy": bare_tantivy}
    rows = [_row(*pair, documents, rounds) for pair in pairs.items()]
    return markdown(["engine", "ours s", "bare s", "ours / bare"], rows)


def _row(name: str, bare: Build, documents: Documents, rounds: int) -> list[str]:
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for times, build in zip(spent, (Ours(name).build, bare), strict=True):
            times.append(_seconds(build, documents))
    ours, alone = map(statistics.median, spent)
    return [name, f"{ours:.1f}", f"{alone:.1f}", f"{ours / alone:.2f}"]


def _seconds(build: Build, documents: Documents) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        build(Path(folder), documents)
        return time.perf_counter() - start


def bare_whoosh(folder: Path, documents: Documents) -> None:
    """Whoosh's writer with its own text and keyword fields."""
    spaced = {name: fields.TEXT(analyzer=SpaceSeparatedTokenizer()) for name in _cut_fields()}
    facets = {facet: fields.KEYWORD(commas=True) for facet in FACETS}
    schema = fields.Schema(id=fields.ID(stored=True), shown=fields.STORED(), **spaced, **facets)
    writer = index.create_in(folder, schema).writer(limitmb=256)
    for shown, cut, values in _analysed(documents):
        joined = {facet: ",".join(held) for facet, held in values.items() if held}
        writer.add_document(id=shown[0], shown=shown[1], **cut, **joined)
    writer.commit()


def bare_tantivy(folder: Path, documents: Documents) -> None:
    """Tantivy's writer with text fields and fast facets."""
    builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _cut_fields():
        builder.add_text_field(name, tokenizer_name="whitespace")
    for facet in FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    opened = tantivy.Index(builder.build(), path=str(folder))
    opened.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = opened.writer()
    for shown, cut, values in _analysed(documents):
        facets = {facet: list(held) for facet, held in values.items()}
        writer.add_document(tantivy.Document(id=shown[0], shown=shown[1], **cut, **facets))
    writer.commit()
    writer.wait_merging_threads()


def _cut_fields() -> list[str]:
    return [f"{name}{form}" for name in FIELDS for form in ("", "_stem")]


def _analysed(documents: Documents) -> Iterator[tuple[tuple[str, str], dict[str, str], Mapping[str, tuple[str, ...]]]]:
    """Id and text; exact and stemmed words by field; values by facet."""
    for each in flat(documents):
        cut = {}
        for name, text in each.texts.items():
            tokens = contents.analysed(text)
            cut[name] = " ".join(chain(*tokens.words))
            cut[f"{name}_stem"] = " ".join(tokens.stems)
        yield (each.id, each.texts["text"]), cut, each.values

"""Bare tantivy-py: fast text fields, `search` and `aggregate`, snippets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.query import FACETS
from tests.benchmarks.searching.mix import Question
from tests.benchmarks.searching.peer import FIELDS, PAGE, Answer, Count, Documents, flat, free_facets, without

#: Values counted in each segment before the best are chosen, more than any facet has: without it counts are estimates.
_ALL = 60_000
_TOKENIZER = "whitespace"
#: The sub-aggregation that estimates how many documents hold a value.
_DOCUMENTS = {"documents": {"cardinality": {"field": "document"}}}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, stored=name == "text", tokenizer_name=_TOKENIZER)
    for facet in FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    """Words are ready but for the capitals of titles and headings."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.lowercase()).build()


class TantivyPlain:
    """Bare tantivy, with or without estimated numbers of documents per value."""

    def __init__(self, *, documents: bool = False) -> None:
        self.name = "tantivy-plain-documents" if documents else "tantivy-plain"
        self._documents = documents
        self._schema = _schema()
        self._searcher: Any

    def build(self, folder: Path, documents: Documents) -> None:
        """Index the documents in an empty folder."""
        writer = self._index(folder).writer()
        for each in flat(documents):
            values = {facet: list(held) for facet, held in each.values.items()}
            writer.add_document(tantivy.Document(**each.texts, **values))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open a searcher, kept for all questions."""
        self._searcher = self._index(folder).searcher()

    def ask(self, question: Question, shown: int | None) -> tuple[int, list[str], dict[str, Any]]:
        """Total, fragments and counts: one search, one aggregation for the hits and one per facet with a filter."""
        words = list(self._parts(question))
        hits = _all_of([*words, *self._filters(question.filters)])
        found = self._searcher.search(hits, PAGE)
        snippets = tantivy.SnippetGenerator.create(self._searcher, _all_of(words), self._schema, "text")
        fragments = [snippets.snippet_from_doc(self._searcher.doc(place)).to_html() for _, place in found.hits]
        counted = self._counted(hits, free_facets(question), shown)
        for facet in question.filters:
            counted |= self._counted(_all_of([*words, *self._filters(without(question, facet))]), [facet], shown)
        return found.count, fragments, counted

    def read(self, answer: tuple[int, list[str], dict[str, Any]]) -> Answer:
        """The answer; the estimates of documents are not compared."""
        total, fragments, counted = answer
        facets = {
            facet: {bucket["key"]: Count(bucket["doc_count"]) for bucket in counts["buckets"]}
            for facet, counts in counted.items()
        }
        return Answer(total, None, tuple(fragments), facets)

    def close(self) -> None:
        """Let go of the files."""
        del self._searcher

    def _index(self, folder: Path) -> tantivy.Index:
        opened = tantivy.Index(self._schema, path=str(folder))
        opened.register_tokenizer(_TOKENIZER, _analyzer())
        return opened

    def _counted(self, hits: Query, facets: list[str], shown: int | None) -> dict[str, Any]:
        within = {"aggs": _DOCUMENTS} if self._documents else {}
        return self._searcher.aggregate(
            hits,
            {
                facet: {"terms": {"field": facet, "size": shown or _ALL, "segment_size": _ALL}, **within}
                for facet in facets
            },
        )

    def _parts(self, question: Question) -> Iterator[Query]:
        schema = self._schema
        yield from (_any_of(Query.term_query(schema, name, word) for name in FIELDS) for word in question.words)
        if question.phrase:
            yield _any_of(Query.phrase_query(schema, name, list(question.phrase)) for name in FIELDS)
        if question.prefix:
            yield _any_of(Query.regex_query(schema, name, f"{question.prefix}.*") for name in FIELDS)
        if question.organisation:
            yield Query.term_query(schema, "organisation", question.organisation, "basic")

    def _filters(self, filters: Mapping[str, tuple[str, ...]]) -> list[Query]:
        chosen = (Query.term_set_query(self._schema, facet, values) for facet, values in filters.items())
        return [Query.const_score_query(each, 0.0) for each in chosen]


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])


def _all_of(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, each) for each in queries]) if queries else Query.all_query()

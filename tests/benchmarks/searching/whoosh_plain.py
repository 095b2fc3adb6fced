"""Whoosh as its documentation shows it: text fields, keyword facets, `groupedby`, `highlights`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting

from search.query import FACETS
from tests.benchmarks.searching.mix import Question
from tests.benchmarks.searching.peer import FIELDS, PAGE, Answer, Count, Documents, flat, free_facets, without

#: Facets of which every passage has one value at most, which a sortable column serves better.
_SINGLE = frozenset({"document_year", "kind", "document", "passage_kind"})
_GROUPING = {facet: sorting.FieldFacet(facet, allow_overlap=facet not in _SINGLE) for facet in FACETS}


def _schema() -> fields.Schema:
    texts = {name: fields.TEXT(stored=name == "text") for name in FIELDS}
    facets = {facet: fields.ID(sortable=True) if facet in _SINGLE else fields.KEYWORD(commas=True) for facet in FACETS}
    return fields.Schema(id=fields.ID(stored=True), **texts, **facets)


class WhooshPlain:
    """Plain Whoosh; it counts no documents per value."""

    name = "whoosh-plain"

    def __init__(self) -> None:
        self._searcher: Any

    def build(self, folder: Path, documents: Documents) -> None:
        """Index the documents in an empty folder."""
        writer = index.create_in(folder, _schema()).writer(limitmb=256)
        for each in flat(documents):
            values = {facet: ",".join(found) for facet, found in each.values.items() if found}
            writer.add_document(id=each.id, **each.texts, **values)
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open a searcher, kept for all questions."""
        self._searcher = index.open_dir(folder).searcher()

    def ask(self, question: Question, shown: int | None) -> tuple[int, list[str], dict[str, Mapping[str, int]]]:
        """Total, fragments and counts: one search, and one more for every facet with something chosen."""
        asked = _query(question)
        results = self._grouped(asked, question.filters, free_facets(question), PAGE)  # which groups collect all of
        counted = {facet: results.groups(facet) for facet in free_facets(question)}
        for facet in question.filters:
            counted[facet] = self._grouped(asked, without(question, facet), [facet], 1).groups(facet)
        if shown is not None:
            counted = {facet: dict(_most(values, shown)) for facet, values in counted.items()}
        return len(results), [hit.highlights("text") for hit in results[:PAGE]], counted

    def read(self, answer: tuple[int, list[str], dict[str, Mapping[str, int]]]) -> Answer:
        """The answer without Whoosh's group of passages that hold no value."""
        total, fragments, counted = answer
        facets = {
            facet: {value: Count(count) for value, count in values.items() if value}
            for facet, values in counted.items()
        }
        return Answer(total, None, tuple(fragments), facets)

    def close(self) -> None:
        """Close the searcher."""
        self._searcher.close()

    def _grouped(self, asked: Any, filters: Mapping[str, tuple[str, ...]], facets: list[str], limit: int) -> Any:
        chosen = [query.Or([query.Term(facet, value) for value in values]) for facet, values in filters.items()]
        return self._searcher.search(
            asked,
            limit=limit,
            filter=query.And(chosen) if chosen else None,
            groupedby={facet: _GROUPING[facet] for facet in facets},
            maptype=sorting.Count,
        )


def _most(values: Mapping[str, int], shown: int) -> Iterable[tuple[str, int]]:
    return sorted(values.items(), key=lambda item: -item[1])[:shown]


def _query(question: Question) -> Any:
    parts = list(_parts(question))
    return query.And(parts) if len(parts) > 1 else parts[0] if parts else query.Every()


def _parts(question: Question) -> Iterator[Any]:
    yield from (query.Or([query.Term(name, word) for name in FIELDS]) for word in question.words)
    if question.phrase:
        yield query.Or([query.Phrase(name, list(question.phrase)) for name in FIELDS])
    if question.prefix:
        yield query.Or([query.Prefix(name, question.prefix) for name in FIELDS])
    if question.organisation:
        yield query.Term("organisation", question.organisation)

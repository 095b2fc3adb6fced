"""Our engines as peers: asked as the search page asks them."""

from __future__ import annotations

from pathlib import Path

from search.engine import Engine
from search.engines import open_engine
from search.names import library_names
from search.parser import parse
from search.query import YEAR_FACETS, Filters, Query, YearRange
from search.results import Results
from tests.benchmarks.searching.mix import Question
from tests.benchmarks.searching.peer import PAGE, Answer, Count, Documents


class Ours:
    """One of the engines of `search.engines`.

    A hit holds the spans to mark in the whole passage; the page reads its text from the store. `loose` is off: the
    peers know no passages with most of the words.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._engine: Engine

    def build(self, folder: Path, documents: Documents) -> None:
        """Index the documents in an empty folder."""
        engine = open_engine(self.name, folder)
        for document, passages in documents:
            engine.add(document, passages, "r1")
        engine.commit()
        engine.close()

    def open(self, folder: Path) -> None:
        """Open the engine; what it loads late belongs to its first answer."""
        self._engine = open_engine(self.name, folder)

    def ask(self, question: Question, shown: int | None) -> Results:
        """The results of the question, its text parsed anew."""
        tree = parse(question.text, library_names())
        filters = _filters(question)
        return self._engine.search(
            Query(question.text, tree, filters=filters, limit=PAGE, loose=False, facet_limit=shown)
        )

    def read(self, answer: Results) -> Answer:
        """The results in the benchmark's form."""
        facets = {
            facet: {value.value: Count(value.count, value.documents or None) for value in values if value.count}
            for facet, values in answer.facets.items()
        }
        return Answer(answer.total, answer.documents, tuple(hit.passage_id for hit in answer.hits), facets)

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()


def _filters(question: Question) -> Filters:
    """Chosen values; chosen years, which follow each other, as the range that they are."""
    values = {
        facet: (YearRange(int(chosen[0]), int(chosen[-1]), facet),) if facet in YEAR_FACETS else chosen
        for facet, chosen in question.filters.items()
    }
    return Filters(**values)

"""What every peer of the benchmark does: build an index of the collection, open it, answer a question whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from corpus.model import Document, Passage
from search import contents
from search.query import FACETS
from tests.benchmarks.searching.mix import Question

#: Passages of a page of results, and values shown of a facet.
PAGE, SHOWN = 10, 40
#: What an index is built from.
Documents: TypeAlias = Iterable[tuple[Document, list[Passage]]]
#: Fields that a word may stand in.
FIELDS = ("text", "section", "title", "names")


@dataclass(frozen=True, slots=True)
class Count:
    """Passages that hold a value, and documents, None where the peer does not count these exactly."""

    passages: int
    documents: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: how many passages and documents, marked fragments of the first, counts by facet and value."""

    total: int
    documents: int | None
    fragments: tuple[str, ...]
    facets: Mapping[str, Mapping[str, Count]]


@dataclass(frozen=True, slots=True)
class Flat:
    """A passage as the peers index it: the text of each field and the values of each facet."""

    id: str
    texts: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]


class Peer(Protocol):
    """A way to search, over an index in a folder of its own."""

    name: str

    def build(self, folder: Path, documents: Documents) -> None:
        """Index the documents in an empty folder."""

    def open(self, folder: Path) -> None:
        """Get ready to answer over what `build` made there."""

    def ask(self, question: Question, shown: int | None) -> Any:
        """The whole answer in the peer's own form, with so many values a facet (None: all); this is timed."""

    def read(self, answer: Any) -> Answer:
        """The peer's own form read into ours; this is not timed."""

    def close(self) -> None:
        """Release everything."""


def flat(documents: Documents) -> Iterator[Flat]:
    """The passages with exactly the fields and facet values that our engines index."""
    for document, passages in documents:
        for passage in passages:
            texts = contents.fields(document, passage)
            values = contents.row(document, passage, 0, texts).values
            shown = {field.value: text.replace(contents.BREAK, " ") for field, text in texts.items()}
            yield Flat(passage.id, shown, {facet: tuple(values[facet]) for facet in FACETS})


def without(question: Question, facet: str) -> dict[str, tuple[str, ...]]:
    """The filters of a question but that of one facet."""
    return {name: values for name, values in question.filters.items() if name != facet}


def free_facets(question: Question) -> list[str]:
    """The facets that nothing is chosen in, which are counted over the hits themselves."""
    return [facet for facet in FACETS if facet not in question.filters]

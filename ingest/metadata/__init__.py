"""Bibliographic facts that a document states of itself, each with where it stands; the catalogue overrules them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.model import Passage
from ingest.blocks import RawDocument
from ingest.metadata.filename import named
from ingest.metadata.front import FILE, RUNNING, Fact, Front
from ingest.metadata.kinds import kind_of
from ingest.metadata.language import SAMPLE, language_of
from ingest.metadata.lines import front_of
from ingest.metadata.masthead import masthead_of
from ingest.metadata.occasion import course_of, date_of, occasion_of
from ingest.metadata.people import people_of
from ingest.metadata.publication import publication_of
from ingest.metadata.titles import title_of

__all__ = ["Fact", "facts_of"]


def facts_of(passages: Sequence[Passage], raw: RawDocument, *, name: str = "") -> dict[str, Fact]:
    """Facts under the names of a catalogue entry, by name; `name` is the file's, whose hints come last."""
    stated = raw.facts
    front = front_of(passages, raw.blocks)
    sources = (
        _language(front, stated),
        title_of(front, stated.get("title", "")),
        (found for found in (kind_of(front),) if found),
        people_of(front, stated.get("authors", "")),
        ((key, Fact(value, FILE)) for key, value in stated.items() if key not in {"title", "authors", "language"}),
        masthead_of(front, stated.get("authors", "")),
        date_of(front),
        publication_of(front),
        occasion_of(front),
        course_of(front),
        named(name),
    )
    return _first(fact for source in sources for fact in source)


def _language(front: Front, stated: Mapping[str, str]) -> Iterator[tuple[str, Fact]]:
    """The text's own words decide before what its file states, which is often the program's default."""
    sample: list[str] = []
    wanted = SAMPLE
    for passage in front.passages:
        sample.append(passage.text)
        wanted -= len(passage.text)
        if wanted <= 0:
            break
    yield "language", Fact(language_of("\n".join(sample)), RUNNING)
    yield "language", Fact(stated.get("language", ""), FILE)


def _first(found: Iterable[tuple[str, Fact]]) -> dict[str, Fact]:
    """The first fact of each name that says anything."""
    facts: dict[str, Fact] = {}
    for name, fact in found:
        if fact.value.strip():
            facts.setdefault(name, fact)
    return facts

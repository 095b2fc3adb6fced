"""Where an entity is named: its passages by document, and its first and last mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import Document, Passage
from search.query import Filters, Query, Sort
from search.results import Hit, Results
from webapp.hits import Item, items
from webapp.links import Selection
from webapp.resources import Library

#: Documents whose passages are shown, those with most of them, and passages of each; the search holds the rest.
_DOCUMENTS, _EACH = 5, 2


@dataclass(frozen=True, slots=True)
class InDocument:
    """A document with the first passages that name the entity, how many do, and the search for all of them."""

    document: Document
    items: tuple[Item, ...]
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names the entity, in its document."""

    document: Document
    passage: Passage


def by_document(library: Library, results: Results, selection: Selection, style: str) -> tuple[InDocument, ...]:
    """The documents with most of the hits; `results` are in the order of documents."""
    values = results.facets.get("document", ())[:_DOCUMENTS]
    chosen = {value.value: _first(results.hits, value.value) for value in values}
    hits = [hit for group in chosen.values() for hit in group]
    shown: dict[str, list[Item]] = {}
    for item in items(library.store, hits, selection, style):
        shown.setdefault(item.document.id, []).append(item)
    return tuple(
        InDocument(
            shown[value.value][0].document,
            tuple(shown[value.value]),
            value.count,
            selection.adding("document", value.value).url,
        )
        for value in values
        if value.value in shown
    )


def first_and_last(
    library: Library, results: Results, filters: Filters, dates: Mapping[str, str]
) -> tuple[Mention, ...]:
    """The first passage of the earliest document of those in `dates` and the last of the latest, () if there is none.

    `results` hold every value of the facet `document`.
    """
    counts = {value.value: value.count for value in results.facets.get("document", ()) if value.count}
    dated = sorted((dates[name], name) for name in counts if name in dates)
    if not dated:
        return ()
    (_, first), (_, last) = dated[0], dated[-1]
    documents = {each.id: each for each in library.store.documents_by_id([first, last])}
    ends = ((documents[name], at) for name, at in ((first, 0), (last, counts[last] - 1)) if name in documents)
    return tuple(
        Mention(document, passage) for document, at in ends for passage in _passage(library, filters, document, at)
    )


def _first(hits: Sequence[Hit], document_id: str) -> list[Hit]:
    return [hit for hit in hits if hit.passage_id.startswith(f"{document_id}/")][:_EACH]


def _passage(library: Library, filters: Filters, document: Document, at: int) -> list[Passage]:
    """The passage of a document that answers at this place in reading order, none if it has just been taken out."""
    narrowed = replace(filters, document=(document.id,))
    query = Query(filters=narrowed, sort=Sort.DOCUMENT, offset=at, limit=1, loose=False, marks=False, facet_limit=1)
    return library.store.passages_by_id([hit.passage_id for hit in library.engine.search(query).hits])

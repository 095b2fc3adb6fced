"""`/documents` and the reading view of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template

from corpus.model import AnnotationType, Document, Passage
from search.query import Filters, Query, Sort
from webapp import links
from webapp.heat import heat, under_headings
from webapp.highlighting import Span, cited
from webapp.links import Selection, arguments
from webapp.noteup import Noted, beginnings, instrument_of, note_up
from webapp.reading import Reader, places
from webapp.views.access import facet, instrument_keys, known_values, library, query_of, settings
from webapp.zotero import meta

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("")
def listing() -> str:
    """Every document of the library, newest first, undated last."""
    documents = sorted(library().store.documents(), key=lambda document: document.title.casefold())
    documents.sort(key=lambda document: document.date, reverse=True)
    passages = {value.value: value.count for value in facet("document")}
    return render_template("documents.html", documents=documents, passages=passages)


@blueprint.get("/<document_id>")
def read(document_id: str) -> str:
    """One document to read, from its title to its last note, hits of the search in the URL marked; `NotFound`."""
    store = library().store
    document = store.document(document_id)
    selection = Selection.from_args(arguments())
    hits = _hits(document_id, selection) if selection.text else {}
    passages, known = store.passages(document_id), known_values()
    reader = Reader(document, passages, known, hits)
    own = instrument_of(document, instrument_keys())
    noted = _noted(document, own, passages) if own else {}
    permalink = links.absolute(links.document_url(document.id))
    blocks = list(reader.blocks())
    found = places(blocks, hits)
    return render_template(
        "document.html",
        document=document,
        permalink=permalink,
        meta=meta(document, None, permalink),
        selection=selection,
        places=found,
        first=next((place.anchor for place in found.values()), ""),
        heat=heat(blocks, hits),
        inside=under_headings(blocks, hits),
        own=own if own in known["instrument"] else "",
        noted=noted,
        report=store.report(document_id),
        blocks=blocks,
        contents=reader.contents(),
        citation_text=cited(document, None, settings().style),
        body=sum(passage.is_body for passage in passages),
        named=[kind for kind in _LEGEND if any(passage.named(kind) for passage in passages)],
    )


def _noted(document: Document, own: str, passages: Sequence[Passage]) -> dict[str, Noted]:
    """What cites the articles of an instrument elsewhere, by the passages with which they begin in its own text."""
    starts = beginnings(passages)
    elsewhere = library().engine.values(Query(excluded=Filters(document=(document.id,))), "provision")
    rows = note_up(library(), (own,), elsewhere.values, but=document.id, articles=starts)
    return {starts[row.numbers[0].casefold()]: row for row in rows}


def _hits(document_id: str, selection: Selection) -> dict[str, tuple[Span, ...]]:
    """The spans that answer the search, by passage, in every passage of the document that does.

    What one document answers in part is no hit where the library answers in full: the results have none of it either.
    """
    query = replace(query_of(selection), sort=Sort.DOCUMENT, offset=0, facet_limit=1)
    engine = library().engine
    filters = replace(query.filters, document=(document_id,))
    found = engine.search(replace(query, filters=filters, limit=None))
    whole = not found.relaxed or engine.search(replace(query, limit=0)).relaxed
    return {hit.passage_id: hit.highlights for hit in found.hits if whole or hit.complete}


#: Types that the legend of the reading view explains, in its order.
_LEGEND = (AnnotationType.ORGANISATION, AnnotationType.INSTRUMENT, AnnotationType.COUNTRY, AnnotationType.YEAR)

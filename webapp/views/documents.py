"""`/documents` and the reading view of one document."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template

from corpus.model import AnnotationType
from search.query import Sort
from webapp.highlighting import Span, cited
from webapp.links import Selection, arguments
from webapp.reading import Reader, places
from webapp.views.access import facet, known_values, library, query_of, settings

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
    reader = Reader(document, store.passages(document_id), known_values(), hits)
    blocks = list(reader.blocks())
    found = places(blocks, hits)
    return render_template(
        "document.html",
        document=document,
        selection=selection,
        places=found,
        first=next((place.anchor for place in found.values()), ""),
        report=store.report(document_id),
        blocks=blocks,
        contents=reader.contents(),
        citation_text=cited(document, None, settings().style),
        body=sum(passage.is_body for passage in reader.passages),
        named=[kind for kind in _LEGEND if any(passage.named(kind) for passage in reader.passages)],
    )


def _hits(document_id: str, selection: Selection) -> dict[str, tuple[Span, ...]]:
    """The spans that answer the search, by passage, in every passage of the document that does."""
    query = query_of(selection)
    filters = replace(query.filters, document=(document_id,))
    asked = replace(query, filters=filters, sort=Sort.DOCUMENT, offset=0, limit=None, facet_limit=1)
    return {hit.passage_id: hit.highlights for hit in library().engine.search(asked).hits}


#: Types that the legend of the reading view explains, in its order.
_LEGEND = (AnnotationType.ORGANISATION, AnnotationType.INSTRUMENT, AnnotationType.COUNTRY, AnnotationType.YEAR)

"""`/documents` and the reading view of one document."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.model import AnnotationType
from webapp.highlighting import cited
from webapp.reading import Reader
from webapp.views.access import facet, known_values, library, settings

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
    """One document to read, from its title to its last note; raises `NotFound`."""
    store = library().store
    document = store.document(document_id)
    reader = Reader(document, store.passages(document_id), known_values())
    return render_template(
        "document.html",
        document=document,
        report=store.report(document_id),
        blocks=list(reader.blocks()),
        contents=reader.contents(),
        citation_text=cited(document, None, settings().style),
        body=sum(passage.is_body for passage in reader.passages),
        named=[kind for kind in _LEGEND if any(passage.named(kind) for passage in reader.passages)],
    )


#: Types that the legend of the reading view explains, in its order.
_LEGEND = (AnnotationType.ORGANISATION, AnnotationType.INSTRUMENT, AnnotationType.COUNTRY, AnnotationType.YEAR)

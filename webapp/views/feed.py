"""`/feed.atom`: a search to follow in a feed reader, with the parameters of the search page."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template

from corpus.citation import cite
from corpus.citation.dates import parse_date
from corpus.export.text import printable
from corpus.model import Document
from search.query import Sort
from webapp import links
from webapp.hits import documents_of
from webapp.links import Selection, arguments
from webapp.views.access import library, query_of, settings

blueprint = Blueprint("feed", __name__)

#: Passages in a feed: more than one ingest adds to most searches, and still a small file.
ENTRIES = 50
#: Year of what bears no date, so that readers which order by date show it last.
_UNDATED = 1970


@blueprint.get("/feed.atom")
def atom() -> Response:
    """The first passages of the search as an Atom feed (RFC 4287), newest documents first unless asked otherwise."""
    selection = Selection.from_args(arguments()).at(1)
    query = query_of(selection)
    order = query.sort if selection.sort else Sort.DATE
    found = library().engine.search(replace(query, sort=order, limit=ENTRIES, facet_limit=1, marks=False))
    passages = library().store.passages_by_id([hit.passage_id for hit in found.hits])
    documents = documents_of(library().store, passages)
    instants = {name: instant(document) for name, document in documents.items()}
    text = render_template(
        "feed.xml",
        home=links.absolute(""),
        selection=selection,
        passages=passages,
        documents=documents,
        instants=instants,
        updated=max(instants.values(), default=instant(None)),
        citations={passage.id: cite(documents[passage.document_id], passage, settings().style) for passage in passages},
    )
    return Response(printable(text), mimetype="application/atom+xml")


def instant(document: Document | None) -> str:
    """The document's date as the whole instant that the format demands: the first that a shorter date can mean."""
    date = parse_date(document.date if document else "")
    return f"{date.year or _UNDATED:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"

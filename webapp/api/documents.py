"""`/documents` and `/passages`: what the library holds, one by one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response

from corpus.citation import cite
from corpus.model import Document
from webapp import links
from webapp.api import parameters, shapes
from webapp.api.access import records, style
from webapp.api.operations import route
from webapp.api.paging import paged, window
from webapp.views.access import facet, library
from webapp.views.passages import find


@route("GET", "/documents", answer=shapes.Documents, parameters=(*parameters.PAGED, parameters.STYLE))
def documents() -> Response:
    """The documents of the library by id, with the number of their passages."""
    asked, held = window(), list(library().store.revisions())
    passages = {value.value: value.count for value in facet("document")}
    found = library().store.documents_by_id(held[asked.part])
    shown = [shapes.ListedDocument(**_facts(each), passages=passages.get(each.id, 0)) for each in found]
    return paged(shapes.Documents(total=len(held), documents=shown), asked, len(held))


@route(
    "GET",
    "/documents/<document_id>",
    answer=shapes.Document,
    parameters=(*parameters.PAGED, parameters.STYLE),
)
def document(document_id: str) -> Response:
    """One document with its passages in reading order."""
    asked, found = window(), library().store.document(document_id)
    held = library().store.passages(document_id)
    shown = shapes.Document(**_facts(found), total=len(held), passages=records(held[asked.part]))
    return paged(shown, asked, len(held))


@route("GET", "/passages/<path:passage_id>", answer=shapes.LinkedPassage, parameters=(parameters.STYLE,))
def passage(passage_id: str) -> shapes.LinkedPassage:
    """One passage with its permanent link."""
    found = find(passage_id)
    [known] = records([found])
    return shapes.LinkedPassage(**dict(known), url=links.absolute(links.passage_url(found.id)))


@route(
    "GET",
    "/passages/<path:passage_id>/similar",
    answer=shapes.Passages,
    parameters=(parameters.MOST_SIMILAR, parameters.STYLE),
)
def similar(passage_id: str) -> shapes.Passages:
    """The passages that are most like one, best first."""
    found = library().engine.similar(find(passage_id).id, window(parameters.SIMILAR).limit)
    return shapes.Passages(passages=records(library().store.passages_by_id(found)))


def _facts(found: Document) -> dict[str, Any]:
    """A document's bibliographic facts, its citation and its address; the fingerprint of the file stays with us."""
    facts = asdict(found) | {"authors": list(found.authors), "details": dict(found.details)}
    del facts["sha256"]
    address = links.absolute(links.document_url(found.id))
    return facts | {"citation": cite(found, style=style()), "link": address}

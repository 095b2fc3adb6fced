"""`/api/v1`: searches, documents and passages as JSON; every error has the shape that `webapp.failures` gives it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from corpus.citation import cite
from corpus.export import record
from corpus.model import Document
from search.checking import MAX_TEXT
from webapp import checkview, links
from webapp.answers import answer
from webapp.completing import continuations
from webapp.hits import documents_of
from webapp.request import query_from, whole_number
from webapp.views.access import facet, library, settings
from webapp.views.check import examined, submitted
from webapp.views.facets import values as facet_values
from webapp.views.passages import find, similar_to

#: Values of a facet unless `limit` says otherwise.
_VALUES = 20

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """`webapp.answers.answer` for the parameters of the search page, `limit`, `facet_limit` and `explain`."""
    query = query_from(links.arguments(), settings())
    return jsonify(answer(library(), query, style=settings().style, explain=request.args.get("explain") == "1"))


@blueprint.get("/facets/<facet>")
def values(facet: str) -> ResponseReturnValue:
    """The values of one facet whose names hold `find`, from the most frequent, and how many there are in all."""
    given = links.arguments()
    limit = min(whole_number(given, "limit", _VALUES), settings().max_page_size)
    found = facet_values(query_from(given, settings()), facet, request.args.get("find", ""), limit)
    return jsonify({"facet": facet, "distinct": found.distinct, "values": [asdict(value) for value in found.values]})


@blueprint.get("/complete")
def complete() -> ResponseReturnValue:
    """Names and words that continue `q`, which ends at the cursor."""
    text = request.args.get("q", "")[-settings().max_query :]
    return jsonify({"completions": [each.json for each in continuations(library().engine, text)]})


@blueprint.get("/documents")
def documents() -> ResponseReturnValue:
    """Every document by id, with the number of its passages."""
    passages = {value.value: value.count for value in facet("document")}
    return jsonify(
        {
            "documents": [
                described(each) | {"passages": passages.get(each.id, 0)} for each in library().store.documents()
            ]
        }
    )


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> ResponseReturnValue:
    """One document with the records of all its passages in reading order; raises `NotFound`."""
    found = library().store.document(document_id)
    records = [record(found, passage, style=settings().style) for passage in library().store.passages(document_id)]
    return jsonify(described(found) | {"passages": records})


@blueprint.get("/passages/<path:passage_id>")
def passage(passage_id: str) -> ResponseReturnValue:
    """One passage as its export record, with its permanent link; raises `NotFound`."""
    found = find(passage_id)
    link = links.absolute(links.passage_url(found.id))
    return jsonify(record(library().store.document(found.document_id), found, style=settings().style) | {"url": link})


@blueprint.get("/passages/<path:passage_id>/similar")
def similar(passage_id: str) -> ResponseReturnValue:
    """The records of the passages that are most like one, best first; raises `NotFound`."""
    found = similar_to(find(passage_id).id)
    documents = documents_of(library().store, found)
    return jsonify({"passages": [record(documents[p.document_id], p, style=settings().style) for p in found]})


@blueprint.post("/check")
def check() -> ResponseReturnValue:
    """The findings about the citations and quotations of a text, with spans into it; raises `CheckError`."""
    text = submitted()
    report = examined(text)
    findings = [checkview.record(finding) for finding in report.findings]
    return jsonify({"text": text, "findings": findings, "counts": report.counts, "unchecked": report.unchecked})


@blueprint.get("/openapi.json")
def description() -> Response:
    """The description of this API (OpenAPI 3.1)."""
    text = render_template(
        "openapi.json",
        home=links.absolute(""),
        verdicts=checkview.VERDICTS,
        reasons=checkview.REASONS,
        most_checked=MAX_TEXT,
    )
    return Response(text, mimetype="application/json")


def described(found: Document) -> dict[str, Any]:
    """A document's bibliographic facts, its citation and its address; the fingerprint of the file stays with us."""
    facts = asdict(found) | {"authors": list(found.authors), "details": dict(found.details)}
    del facts["sha256"]
    address = links.absolute(links.document_url(found.id))
    return facts | {"citation": cite(found, style=settings().style), "link": address}

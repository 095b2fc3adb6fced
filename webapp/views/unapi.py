"""`/unapi`: passages for reference managers by unAPI version 1, in formats of the export."""

from __future__ import annotations

import io
from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from corpus.export import FORMATS, export
from webapp import links
from webapp.views.access import library, settings
from webapp.views.passages import find

blueprint = Blueprint("unapi", __name__)

#: Formats offered, the one that Zotero reads best first.
OFFERED = ("ris", "bibtex", "csl-json")


@blueprint.get("/unapi")
def server() -> ResponseReturnValue:
    """The formats; with `id` those of a passage, which may be chosen from; with `format` too its record; `NotFound`."""
    identifier, form = request.args.get("id", ""), request.args.get("format", "")
    if not identifier:
        return _formats("")
    passage = find(identifier)
    if not form:
        return _formats(passage.id), HTTPStatus.MULTIPLE_CHOICES
    if form not in OFFERED:
        abort(HTTPStatus.NOT_ACCEPTABLE, f"No format {form}; there are {', '.join(OFFERED)}.")
    record = io.BytesIO()
    pair = (library().store.document(passage.document_id), passage)
    export(form, [pair], record, style=settings().style, base_url=links.absolute(""))
    return Response(record.getvalue(), content_type=FORMATS[form].media_type)


def _formats(identifier: str) -> Response:
    offered = [FORMATS[name] for name in OFFERED]
    return Response(render_template("unapi.xml", id=identifier, formats=offered), mimetype="application/xml")

"""`/export`: the current result as a file, every hit in the order shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from corpus.errors import PinciteError
from corpus.export import FORMATS, export
from corpus.model import Document, Passage
from search.results import Hit
from webapp import links
from webapp.hits import documents_of
from webapp.links import Selection
from webapp.provenance import searched
from webapp.request import whole_number
from webapp.views.access import library, query_of, settings

blueprint = Blueprint("export", __name__)

#: Bytes of a download kept in memory; longer ones wait in a temporary file.
_IN_MEMORY = 1 << 20
#: Passages fetched from the store at a time.
_BATCH = 500


@blueprint.get("/export")
def download() -> ResponseReturnValue:
    """The hits of the search in the URL, at most `limit`, cited in `style`; `bom=0` leaves out the mark of CSV.

    Raises `PinciteError` naming the formats when asked for another.
    """
    form = request.args.get("format", "")
    if form not in FORMATS:
        raise PinciteError(f"unknown export format {form!r}; choose one of {', '.join(FORMATS)}")
    limit = whole_number(links.arguments(), "limit", 0) or None
    query = replace(query_of(Selection.from_args(links.arguments())), offset=0, limit=limit, marks=False)
    results = library().engine.search(query)
    with ExitStack() as opened:
        stream = opened.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        count = export(
            form,
            pairs(results.hits),
            stream,
            style=request.args.get("style") or settings().style,
            base_url=links.absolute(request.script_root),
            provenance=searched(query, len(results.hits), results.total),
            byte_order_mark=request.args.get("bom") != "0",
        )
        opened.pop_all()  # send_file closes it behind the last byte
    stream.seek(0)
    exporter = FORMATS[form]
    name = f"pincite-{count}-passages{exporter.suffix}"
    return send_file(stream, mimetype=exporter.media_type, as_attachment=True, download_name=name, max_age=0)


def pairs(hits: tuple[Hit, ...]) -> Iterator[tuple[Document, Passage]]:
    """Documents and passages of the hits, in their order, a batch in memory at a time."""
    documents: dict[str, Document] = {}
    for start in range(0, len(hits), _BATCH):
        passages = library().store.passages_by_id([hit.passage_id for hit in hits[start : start + _BATCH]])
        documents |= documents_of(library().store, [p for p in passages if p.document_id not in documents])
        yield from ((documents[passage.document_id], passage) for passage in passages)

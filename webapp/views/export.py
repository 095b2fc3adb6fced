"""`/export`: the current result as a file, every hit in the order shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
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
from webapp.views.access import library, query_of, settings

blueprint = Blueprint("export", __name__)

#: Bytes of a download kept in memory; longer ones wait in a temporary file.
_IN_MEMORY = 1 << 20
#: Passages fetched from the store at a time.
_BATCH = 500


@blueprint.get("/export")
def download() -> ResponseReturnValue:
    """All hits of the search in the URL; raises `PinciteError` naming the formats when asked for another."""
    form = request.args.get("format", "")
    if form not in FORMATS:
        raise PinciteError(f"unknown export format {form!r}; choose one of {', '.join(FORMATS)}")
    query = query_of(Selection.from_args(links.arguments()))
    hits = library().engine.search(replace(query, offset=0, limit=None, marks=False)).hits
    stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # send_file closes it behind the last byte
    export(form, pairs(hits), stream, style=settings().style, base_url=links.absolute(""))
    stream.seek(0)
    exporter = FORMATS[form]
    name = f"pincite-{len(hits)}-passages{exporter.suffix}"
    return send_file(stream, mimetype=exporter.media_type, as_attachment=True, download_name=name, max_age=0)


def pairs(hits: tuple[Hit, ...]) -> Iterator[tuple[Document, Passage]]:
    """Documents and passages of the hits, in their order, a batch in memory at a time."""
    documents: dict[str, Document] = {}
    for start in range(0, len(hits), _BATCH):
        passages = library().store.passages_by_id([hit.passage_id for hit in hits[start : start + _BATCH]])
        documents |= documents_of(library().store, [p for p in passages if p.document_id not in documents])
        yield from ((documents[passage.document_id], passage) for passage in passages)

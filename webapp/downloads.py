"""Passages as a file to take away, for the pages that offer one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack

from flask import request, send_file
from werkzeug.wrappers import Response

from corpus.errors import PinciteError
from corpus.export import FORMATS, Format, Provenance, export
from corpus.model import Document, Passage
from corpus.slug import slug
from webapp import links
from webapp.language import gettext
from webapp.views.access import settings

#: Bytes of a download kept in memory; longer ones wait in a temporary file.
_IN_MEMORY = 1 << 20


def asked_format() -> Format:
    """The format that the request names; raises `PinciteError` naming the formats when asked for another."""
    name = request.args.get("format", "")
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise PinciteError(
            gettext("unknown export format %(format)r; choose one of %(known)s", format=name, known=known)
        )
    return FORMATS[name]


def sent(form: Format, pairs: Iterable[tuple[Document, Passage]], provenance: Provenance, title: str = "") -> Response:
    """The passages as a download, cited in the `style` of the request; its `bom=0` leaves out the mark of CSV.

    Its name has the title, without one the number of passages.
    """
    with ExitStack() as opened:
        stream = opened.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        count = export(
            form.name,
            pairs,
            stream,
            style=request.args.get("style") or settings().style,
            base_url=links.absolute(request.script_root),
            provenance=provenance,
            byte_order_mark=request.args.get("bom") != "0",
        )
        opened.pop_all()  # send_file closes it behind the last byte
    stream.seek(0)
    name = f"{slug(title) or f'pincite-{count}-passages'}{form.suffix}"
    return send_file(stream, mimetype=form.media_type, as_attachment=True, download_name=name, max_age=0)

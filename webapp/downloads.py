"""Passages as a file to take away, for the pages that offer one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack

from flask import request, send_file
from werkzeug.wrappers import Response

from corpus.errors import PinciteError
from corpus.export import FORMATS, Collection, Format, Provenance, export
from corpus.model import Document, Passage
from corpus.sets import PassageSet
from corpus.sets_contents import collection, members, pairs
from corpus.slug import slug
from webapp import links
from webapp.language import gettext
from webapp.provenance import collected
from webapp.views.access import library, settings

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


def sent_set(form: Format, held: PassageSet) -> Response:
    """The passages of a set as a download, in the set's order and with what it says of them."""
    found = members(library().store, held)
    return sent(form, pairs(found), collected(held, found), collection(held))


def sent(
    form: Format,
    passages: Iterable[tuple[Document, Passage]],
    provenance: Provenance,
    collected_as: Collection | None = None,
) -> Response:
    """The passages as a download, cited in the `style` of the request; its `bom=0` leaves out the mark of CSV.

    Its name has the title of the collection, without one the number of passages.
    """
    with ExitStack() as opened:
        stream = opened.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        count = export(
            form.name,
            passages,
            stream,
            style=request.args.get("style") or settings().style,
            base_url=links.absolute(request.script_root),
            provenance=provenance,
            byte_order_mark=request.args.get("bom") != "0",
            collection=collected_as,
        )
        opened.pop_all()  # send_file closes it behind the last byte
    stream.seek(0)
    title = slug(collected_as.title) if collected_as else ""
    name = f"{title or f'pincite-{count}-passages'}{form.suffix}"
    return send_file(stream, mimetype=form.media_type, as_attachment=True, download_name=name, max_age=0)

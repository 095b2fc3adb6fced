"""Passages as rows of a table: the record's values as texts, then what a row needs that travels alone."""

from __future__ import annotations

from typing import Any

from corpus.export.base import Options, pinpoint
from corpus.export.record import KEYS, record
from corpus.export.text import printable
from corpus.model import Document, Passage

#: Columns of a table: those of the export record, the pinpoint (label, else page), the address.
COLUMNS = (*KEYS, "pinpoint", "permalink")
#: Those of a collection, behind the others.
REMARKS = ("heading", "note", "tags")
#: What joins the values of a list in one cell; paths of headings are joined by an arrow's head, as people write them.
_SEPARATOR = "; "
_PATH_SEPARATOR = " > "


def columns(options: Options) -> tuple[str, ...]:
    """The names of the columns."""
    return (*COLUMNS, *REMARKS) if options.collection else COLUMNS


def texts(document: Document, passage: Passage, options: Options) -> list[str]:
    """The cells of a passage, in the order of `columns`."""
    found = record(document, passage, style=options.style)
    remark = options.remark(passage)
    remarks = (remark.heading, remark.note, _SEPARATOR.join(remark.tags)) if options.collection else ()
    beside = (pinpoint(passage), options.link(passage), *remarks)
    return [*(_text(name, found[name]) for name in KEYS), *map(printable, beside)]


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "instruments":
        value = [instrument["id"] for instrument in value]
    if isinstance(value, list):
        value = (_PATH_SEPARATOR if name == "section" else _SEPARATOR).join(map(str, value))
    return printable(str(value))

"""CSV that Excel and LibreOffice open by double click: one record a row, columns as in the export record."""

from __future__ import annotations

import csv
import io
from typing import IO, Any

from corpus.export.base import LineWriter, Options, printable
from corpus.export.record import KEYS, record
from corpus.model import Document, Passage

#: Excel takes a file for UTF-8 only with this mark in front.
_BYTE_ORDER_MARK = "\ufeff"
#: A cell that starts so is run as a formula (OWASP, "CSV Injection"); full-width forms are taken for the same signs.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: What joins the values of a list in one cell; paths of headings are joined by an arrow's head, as people write them.
_SEPARATOR = "; "
_PATH_SEPARATOR = " > "


class Csv(LineWriter):
    """RFC 4180 with a byte order mark; list values joined by `; `, headings by ` > `, instruments by their ids."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self.put(_BYTE_ORDER_MARK + _row(KEYS))

    def write(self, document: Document, passage: Passage) -> None:
        """Write the record as a row."""
        found = record(document, passage, style=self.options.style)
        self.put(_row([cell(name, found[name]) for name in KEYS]))

    def finalize(self) -> None:
        """Nothing comes last."""


def cell(name: str, value: Any) -> str:
    """A record's value as the text of a cell that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    if name == "instruments":
        value = [instrument["id"] for instrument in value]
    if isinstance(value, list):
        value = (_PATH_SEPARATOR if name == "section" else _SEPARATOR).join(map(str, value))
    text = printable(str(value))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _row(cells: Any) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()

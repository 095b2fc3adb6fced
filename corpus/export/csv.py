"""CSV that Excel and LibreOffice open by double click: one passage a row, the first row names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO

from corpus.export.base import LineWriter, Options
from corpus.export.table import columns, texts
from corpus.model import Document, Passage

#: Excel takes a file for UTF-8 only with this mark in front; other programs take it for a part of the first name.
_BYTE_ORDER_MARK = "\ufeff"
#: A cell that starts so is run as a formula (OWASP, "CSV Injection"); full-width forms are taken for the same signs.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The last column, where it is known where the file comes from. CSV has no comments, and a row that is no passage
#: would be counted as one; a column stays with each row, wherever it is sorted or copied to.
PROVENANCE_COLUMN = "export"


class Csv(LineWriter):
    """RFC 4180; list values joined by `; `, headings by ` > `, instruments by their ids."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self._last = (options.provenance.line,) if options.provenance else ()
        head = _row((*columns(options), *(PROVENANCE_COLUMN for _ in self._last)))
        self.put((_BYTE_ORDER_MARK if options.byte_order_mark else "") + head)

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage as a row."""
        self.put(_row(map(guarded, (*texts(document, passage, self.options), *self._last))))


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()

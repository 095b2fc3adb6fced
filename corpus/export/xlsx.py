"""A workbook: a sheet of passages, one a row, and a sheet that says where they come from."""

from __future__ import annotations

from datetime import datetime
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter import Workbook

from corpus.errors import PinciteError
from corpus.export.base import Options
from corpus.export.table import COLUMNS, columns, texts
from corpus.export.text import printable
from corpus.model import Document, Passage

#: Limits of the format ("Excel specifications and limits"): rows of a sheet, characters of a cell.
_MOST_ROWS, _MOST_CHARACTERS = 1_048_576, 32_767
#: Widths in characters of what is longer than the rest.
_WIDTHS = {"text": 80, "citation": 50, "section": 30, "permalink": 40, "heading": 30, "note": 50}
_WIDTH = 14
#: When a workbook was made if nobody says; no clock enters the file.
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  # the format knows no time zones


class Xlsx:
    """Writes rows to temporary files as the passages come, and puts the archive together when finished.

    Every cell but the place in the document is text, and stays text when somebody edits it.
    """

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.options = options
        self._folder = TemporaryDirectory()
        self._book = Workbook(stream, {"constant_memory": True, "tmpdir": self._folder.name})
        self._text = self._book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._number = self._book.add_format({"valign": "top"})
        self._head = self._book.add_format({"bold": True})
        self._sheet = self._book.add_worksheet("Passages")
        self._row = self._cut = 0
        self._prepare()

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage as a row; raises `PinciteError` when the sheet is full."""
        self._row += 1
        if self._row >= _MOST_ROWS:
            raise PinciteError(f"a worksheet holds {_MOST_ROWS - 1:,} passages at most; export them as CSV")
        for column, text in enumerate(texts(document, passage, self.options)):
            self._cut += len(text) > _MOST_CHARACTERS
            self._sheet.write_string(self._row, column, text[:_MOST_CHARACTERS], self._text)
        self._sheet.write_number(self._row, COLUMNS.index("sequence"), passage.sequence, self._number)

    def finalize(self) -> None:
        """Write the second sheet and the archive."""
        facts = self.options.facts
        if collection := self.options.collection:
            facts = (("Title", collection.title), ("Introduction", collection.introduction), *facts)
        if self._cut:
            facts += (("Cells", f"{self._cut:,} longer than a cell can be ({_MOST_CHARACTERS:,} characters) and cut"),)
        about = self._book.add_worksheet("About")
        about.set_column(1, 1, _WIDTHS["text"])
        for row, (name, value) in enumerate(facts):
            about.write_string(row, 0, name, self._head)
            about.write_string(row, 1, printable(value)[:_MOST_CHARACTERS], self._text)
        self._book.close()

    def close(self) -> None:
        """Give back the temporary files; the library has no other way to leave a workbook unwritten."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        self._folder.cleanup()

    def _prepare(self) -> None:
        date = self.options.provenance.date if self.options.provenance else ""
        created = datetime.fromisoformat(date) if date else _EPOCH
        self._book.set_properties({"title": self.options.title, "created": created})
        for column, name in enumerate(columns(self.options)):
            self._sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
            self._sheet.write_string(0, column, name, self._head)
        self._sheet.freeze_panes(1, 0)

"""Workbooks: every cell is text, whatever a spreadsheet would make of it."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from corpus.errors import PinciteError
from corpus.export import Provenance, export, record, xlsx
from corpus.export.table import COLUMNS
from corpus.model import Document, DocumentKind, Passage, PassageKind

DOCUMENT = Document("talk", "A Talk", kind=DocumentKind.SPEECH, authors=("Ada Verso",), date="2018")
PASSAGE = Passage("talk/para-7", "talk", 7, PassageKind.PARAGRAPH, "Words.", label="para 7", page=(3, 4))


def exported(*texts, **options):
    stream = io.BytesIO()
    passages = [replace(PASSAGE, text=text) for text in texts]
    export("xlsx", ((DOCUMENT, passage) for passage in passages), stream, **options)
    return stream


def workbook(*texts, **options):
    return openpyxl.load_workbook(exported(*texts, **options))


def column(book, name):
    head, *rows = book["Passages"].iter_rows()
    place = [cell.value for cell in head].index(name)
    return [row[place] for row in rows]


def test_a_row_is_a_passage():
    book = workbook("Words.", "Others.", base_url="https://pincite.example")
    assert [cell.value for cell in book["Passages"][1]] == list(COLUMNS)
    assert [cell.value for cell in column(book, "text")] == ["Words.", "Others."]
    assert [cell.value for cell in column(book, "citation")] == [record(DOCUMENT, PASSAGE)["citation"]] * 2
    assert [cell.value for cell in column(book, "pinpoint")] == ["para 7"] * 2
    assert column(book, "permalink")[0].value == "https://pincite.example/passages/talk/para-7"
    assert column(book, "permalink")[0].hyperlink is None
    assert [cell.value for cell in column(book, "sequence")] == [7, 7]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "2001", "https://x.example", "＝1", "3-4"])
def test_a_cell_is_text_and_stays_text(text):
    (cell,) = column(workbook(text), "text")
    assert (cell.value, cell.data_type) == (text, "s")
    # the format "text", so that a cell that somebody edits is not run either
    assert cell.number_format == "@"


def test_what_looks_like_an_escape_of_the_format_is_none():
    (cell,) = column(workbook("a _x000D_ b"), "text")
    assert openpyxl.utils.escape.unescape(cell.value) == "a _x000D_ b"


def test_what_a_cell_cannot_hold_is_cut_and_told():
    book = workbook("x" * 40_000, "y")
    assert [len(cell.value) for cell in column(book, "text")] == [32_767, 1]
    assert [cell.value for cell in book["About"][1]] == [
        "Cells",
        "1 longer than a cell can be (32,767 characters) and cut",
    ]


def test_a_full_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    exported("one", "two")
    with pytest.raises(PinciteError, match="2 passages at most; export them as CSV"):
        exported("one", "two", "three")


def test_the_second_sheet_says_where_the_first_comes_from():
    about = Provenance(1, 1, "2026-11-22", "=duties")
    book = workbook("Words.", provenance=about)
    assert [tuple(cell.value for cell in row) for row in book["About"].iter_rows()] == list(about.facts)
    assert book.properties.created.date().isoformat() == "2026-11-22"


def test_the_archive_holds_no_clock():
    with zipfile.ZipFile(exported("Words.")) as made:
        assert {member.date_time[0] for member in made.infolist()} == {1980}
        assert b"1980-01-01T00:00:00Z" in made.read("docProps/core.xml")

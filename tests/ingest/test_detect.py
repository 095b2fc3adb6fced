"""Formats by content: what a file holds decides, its name only chooses between kinds of plain text."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.detect import kind_of


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


KNOWN = [
    # plain text by suffix
    ("notes.txt", b"A lecture.", "text"),
    ("README", b"A lecture.", "text"),
    ("notes.md", b"# A lecture", "markdown"),
    ("NOTES.MD", b"# A lecture", "markdown"),
    # content beats the suffix
    ("speech.txt", b"%PDF-1.7\n...", "pdf"),
    ("speech.txt", b"<!DOCTYPE html><html><body>x</body></html>", "html"),
    ("speech.md", b"\xef\xbb\xbf<?xml version='1.0'?><!-- c -->\n<html lang='en'>", "html"),
    ("speech.pdf", archive("[Content_Types].xml", "word/document.xml"), "docx"),
    # junk in front of a PDF header, as mail programs leave it
    ("speech.pdf", b"\r\n\x00junk %PDF-1.4", "pdf"),
    # a headless PDF is left to its reader
    ("speech.pdf", b"1 0 obj\n<<>>", "pdf"),
    # a fragment is HTML only if it is named so
    ("page.html", b"<p>One paragraph</p>", "html"),
    ("page.txt", b"<p>One paragraph</p>", "text"),
    # Markdown that mentions HTML
    ("guide.md", b"Write `<html>` first.", "markdown"),
    # UTF-16 has NUL bytes and is text all the same
    ("notes.txt", "A lecture".encode("utf-16"), "text"),
    ("page.txt", "<html><body>x</body></html>".encode("utf-16"), "html"),
]


@pytest.mark.parametrize(("name", "data", "kind"), KNOWN)
def test_kind(tmp_path, name, data, kind):
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path) == kind


REFUSED = [
    ("a.txt", b"", "is empty"),
    ("a.txt", b" \n\t\n", "is empty"),
    ("a.docx", b"PK\x03\x04 cut off", "is damaged"),
    ("a.docx", archive("xl/workbook.xml"), "holds no Word document"),
    ("a.odt", archive("mimetype", "content.xml"), "OpenDocument"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is encrypted; remove the password and try again"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office file"),
    ("a.rtf", b"{\\rtf1 text}", "Rich Text"),
    ("a.txt", b"\x89PNG\r\n", "picture"),
    ("a.txt", b"abc\x00\x01\x02", "binary"),
    ("a.json", b'{"a": 1}', "no known format (.json)"),
]


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED)
def test_refused_with_reason(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        kind_of(path)
    assert reason in str(caught.value)
    assert str(caught.value).startswith(f"{name}: ")


def test_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match=r"gone\.txt: cannot be opened"):
        kind_of(tmp_path / "gone.txt")

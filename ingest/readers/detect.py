"""Which format a file is in: its content decides, its suffix only chooses between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from ingest.errors import UnreadableFile

#: The formats that have a reader.
Kind = Literal["text", "markdown", "pdf", "docx", "html"]

#: Bytes looked at; a byte-order mark, an XML declaration and a licence comment fit in front of `<html`.
HEAD_BYTES = 65_536
#: ISO 32000-2, annex I: readers accept a PDF header anywhere in the first 1,024 bytes.
PDF_HEADER_WITHIN = 1_024

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_TEXT = frozenset({"", ".txt", ".text"})
_HTML = frozenset({".html", ".htm", ".xhtml"})

# Must match a document that opens with doctype or root element, after declarations and comments;
# must not match Markdown or text that mentions <html> further on. Nothing is tried twice: comments come by thousands.
_HTML_START = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+|<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
# Any start tag of HTML: enough for a fragment whose suffix says that it is one.
_ANY_TAG = re.compile(rb"<(?:[a-z][a-z0-9]*)(?:\s[^>]*)?>", re.IGNORECASE)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary: old Office files and encrypted new ones
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
#: Formats that people do put beside their papers, by their first bytes, and what to tell them.
_REFUSED = (
    (b"{\\rtf", "is a Rich Text file; save it as .docx and try again"),
    (b"\x89PNG", "is a picture; its text must be recognised first"),
    (b"\xff\xd8\xff", "is a picture; its text must be recognised first"),
    (b"II*\x00", "is a picture; its text must be recognised first"),
    (b"MM\x00*", "is a picture; its text must be recognised first"),
    (b"\x1f\x8b", "is compressed; unpack it and try again"),
    (b"7z\xbc\xaf", "is compressed; unpack it and try again"),
    (b"%!PS", "is PostScript; make a PDF of it and try again"),
)


def kind_of(path: Path) -> Kind:
    """The format of the file; raises `UnreadableFile` for what is empty, binary, damaged or unknown."""
    head = _head(path)
    suffix = path.suffix.casefold()
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    _refuse_known(path, head)
    if suffix == ".pdf":
        return "pdf"  # headless, perhaps repairable: its reader decides
    return _kind_of_text(path, head, suffix)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableFile(path.name, f"cannot be opened ({error.strerror or 'unknown reason'})") from error
    if not head.strip() and len(head) < HEAD_BYTES:
        raise UnreadableFile(path.name, "is empty")
    return head


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(path.name, "is damaged (an archive that cannot be opened)") from error
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return "docx"
    if "mimetype" in names:
        raise UnreadableFile(path.name, "is an OpenDocument or EPUB file; save it as .docx or .html and try again")
    raise UnreadableFile(path.name, "is an archive or Office file that holds no Word document")


def _refuse_known(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in head or path.suffix.casefold() == ".docx":
            raise UnreadableFile(path.name, "is encrypted; remove the password and try again")
        raise UnreadableFile(path.name, "is an old Office file; save it as .docx and try again")
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFile(path.name, reason)


def _kind_of_text(path: Path, head: bytes, suffix: str) -> Kind:
    marked = head.startswith(_BYTE_ORDER_MARKS)
    if b"\x00" in head and not marked:
        raise UnreadableFile(path.name, "is a binary file of an unknown format")
    plain = (
        head.removeprefix(_BYTE_ORDER_MARKS[0])
        .replace(b"\x00", b"")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    if _HTML_START.match(plain) or (suffix in _HTML and _ANY_TAG.search(plain)):
        return "html"
    if suffix in _MARKDOWN:
        return "markdown"
    if suffix in _TEXT or suffix in _HTML:
        return "text"
    raise UnreadableFile(path.name, f"is no known format ({suffix}); known are .txt .md .pdf .docx .html")

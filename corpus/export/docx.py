"""A Word document: headings, passages as quotations, each cited in a footnote of Word's, remarks of a collector.

python-docx makes no footnotes, keeps the whole document in memory and brings a template of two hundred styles; what
passages need of the format is little, and is written here.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO

from corpus.citation import cite_html
from corpus.export.base import IN_MEMORY, Options, pinpoint
from corpus.export.docx_parts import NAMESPACE, REMARK, fixed_parts
from corpus.export.headings import Headings
from corpus.export.text import one_line, paragraphs, xml
from corpus.model import Document, Passage

#: The earliest moment that a zip archive can state; no clock enters the file, so identical input gives identical bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OPENING = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {NAMESPACE}><w:body>\n'
#: A4 with margins of an inch.
_CLOSING = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
    ' w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>\n'
)
#: Word takes the first two notes for the rules above notes and above what is carried over from the page before.
_NOTES_OPENING = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {NAMESPACE}>\n'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\n'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\n"
)
_NOTES_CLOSING = "</w:footnotes>\n"
_IN_NOTE = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_NUMBER = f"<w:r>{_IN_NOTE}<w:footnoteRef/></w:r>"
_ITALICS = re.compile(r"<i>(.*?)</i>", re.DOTALL)
_LINE_END = re.compile(r"\r\n?|\n")


class Docx:
    """Writes the body as the passages come; the notes wait in a temporary file, as an archive takes part after part."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.options = options
        self._headings, self._count = Headings(options), 0
        self._archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self._notes = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # `close` closes it
        self._notes.write(_NOTES_OPENING.encode())
        for name, part in fixed_parts(options).items():
            self._archive.writestr(_member(name), part)
        self._body = self._archive.open(_member("word/document.xml"), "w")
        self._put(_OPENING, _paragraph("Title", _run(one_line(options.title))))
        self._put(*(_paragraph("Normal", _run(part)) for part in options.introduction))
        style = REMARK if options.collection else "Normal"
        self._put(*(_paragraph(style, _run(f"{name}: {value}")) for name, value in options.facts))

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage and its footnote, after the headings that open with it; what is said of it follows."""
        for level, heading in self._headings.before(document, passage):
            self._put(_paragraph(f"Heading{level}", _run(one_line(heading))))
        if place := pinpoint(passage):
            self._put(_paragraph(f"Heading{self._headings.depth + 1}", _run(place)))
        self._count += 1
        call = f'<w:r>{_IN_NOTE}<w:footnoteReference w:id="{self._count}"/></w:r>'
        self._put(_paragraph("Quote", _run(passage.text, language=document.language), call))
        remarks = (f"{name}: {text}" for name, text in self.options.remark(passage).facts)
        self._put(*(_paragraph(REMARK, _run(part)) for remark in remarks for part in paragraphs(remark)))
        cited = _paragraph("FootnoteText", _NUMBER, _run(" "), *self._source(document, passage))
        self._notes.write(f'<w:footnote w:id="{self._count}">{cited.strip()}</w:footnote>\n'.encode())

    def finalize(self) -> None:
        """Write the end of the body and the notes."""
        self._put(_CLOSING)
        self._body.close()
        self._notes.write(_NOTES_CLOSING.encode())
        self._notes.seek(0)
        with self._archive.open(_member("word/footnotes.xml"), "w") as part:
            copyfileobj(self._notes, part)
        self._archive.close()

    def close(self) -> None:
        """Give back the temporary file and let go of the archive."""
        self._notes.close()
        self._body.close()
        self._archive.close()

    def _put(self, *pieces: str) -> None:
        self._body.write("".join(pieces).encode())

    def _source(self, document: Document, passage: Passage) -> list[str]:
        """The citation with its italics, then the permalink."""
        parts = _ITALICS.split(cite_html(document, passage, self.options.style))
        runs = [_run(unescape(part), italic=bool(number % 2)) for number, part in enumerate(parts) if part]
        link = self.options.link(passage)
        return [*runs, _run(" "), _link(link)] if link else runs


def _paragraph(style: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>\n'


def _run(text: str, *, italic: bool = False, language: str = "") -> str:
    properties = ("<w:i/>" if italic else "") + (f'<w:lang w:val="{xml(language)}"/>' if language else "")
    lines = (f'<w:t xml:space="preserve">{xml(line)}</w:t>' for line in _LINE_END.split(text))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"


def _link(address: str) -> str:
    """A field that leads to the address; a hyperlink element would need a relationship for each."""
    marks = {mark: f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")}
    instruction = f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{xml(address)}" </w:instrText></w:r>'
    shown = f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>{xml(address)}</w:t></w:r>'
    return f"{marks['begin']}{instruction}{marks['separate']}{shown}{marks['end']}"


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member

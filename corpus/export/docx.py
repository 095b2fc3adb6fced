"""A Word document: a heading for each run of one document, passages as quotations with citations."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import IO, Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from corpus.export.base import Options, pinpoint, printable
from corpus.model import Document, Passage

#: The earliest moment that a zip archive can state; no clock enters the file, so identical input gives identical bytes.
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
#: Ids of styles in python-docx's own template.
_HEADING, _QUOTE = "Heading1", "Quote"


class Docx:
    """Collects a document in memory (the format allows nothing else) and writes it when finished."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.stream, self.options = stream, options
        self._document = ""
        self._word = docx.Document()
        properties = self._word.core_properties
        properties.title, properties.author, properties.comments = "Passages", "", ""
        properties.created = properties.modified = _EPOCH

    def write(self, document: Document, passage: Passage) -> None:
        """Add the passage, after its document's heading where the document changes."""
        if document.id != self._document:
            self._document = document.id
            self._add(document.title, _HEADING)
        if place := pinpoint(passage):
            head = self._word.add_paragraph()
            head.add_run(place).bold = True
            head.paragraph_format.keep_with_next = True
        self._add(passage.text, _QUOTE)
        source = self._word.add_paragraph(printable(self.options.cite(document, passage)))
        if link := self.options.link(passage):
            source.add_run(" ")
            _add_link(source, link)

    def _add(self, words: str, style: str) -> None:
        """Add a paragraph in the style of this id; by name python-docx would search all styles, for each paragraph."""
        self._word.add_paragraph(printable(words))._p.style = style  # noqa: SLF001  # the documented way to the element

    def finalize(self) -> None:
        """Write the archive, its members in a fixed order and with fixed times."""
        made = io.BytesIO()
        self._word.save(made)
        _copy_timeless(made, self.stream)


def _add_link(paragraph: Any, address: str) -> None:
    """python-docx reads hyperlinks but makes none, so that the element is put together here."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = address
    run.append(words)
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001  # the documented way to the element


def _copy_timeless(made: IO[bytes], stream: IO[bytes]) -> None:
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in sorted(archive.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(member, archive.read(name))

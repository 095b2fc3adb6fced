"""Reads DOCX: headings, resolved list numbers, notes at their calls, table rows, tracked changes accepted."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument

from ingest.blocks import Block, RawDocument, Shape
from ingest.errors import UnreadableFile
from ingest.readers.docx_notes import Notes
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_runs import children, paragraph_runs, q
from ingest.readers.docx_styles import Styles, is_on
from ingest.readers.docx_tables import cells_of, table_blocks
from ingest.readers.facts import confirmed
from ingest.readers.runs import Runs

#: What a document's XML may unpack to; the longest reports have about 20 MB, a decompression bomb has gigabytes.
MAX_UNPACKED = 300_000_000
#: Of this, one part's XML; pictures may be larger, yet are not parsed.
MAX_XML = 80_000_000


def read(path: Path, name: str) -> RawDocument:
    """Read a Word document; raises `UnreadableFile` if it is damaged, oversized or without text."""
    _guard(path, name)
    try:
        document = docx.Document(str(path))
        blocks = tuple(_Reader(document).blocks())
        facts = confirmed(_facts(document), blocks)
    except RecursionError as error:
        raise UnreadableFile(name, "is damaged (nested too deeply)") from error
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets any error of zip, XML and parts through
        raise UnreadableFile(name, f"is damaged ({type(error).__name__} while reading it)") from error
    if all(block.shape == Shape.FURNITURE for block in blocks):
        raise UnreadableFile(name, "has no text")
    return RawDocument(blocks, facts)


def _guard(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(name, "is damaged (an archive that cannot be opened)") from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(name, "is encrypted; remove the password and try again")
    largest = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if sum(part.file_size for part in parts) > MAX_UNPACKED or largest > MAX_XML:
        raise UnreadableFile(name, "is too large once unpacked")


def _facts(document: WordDocument) -> dict[str, str]:
    core = document.core_properties
    language = (core.language or "").split("-")[0].casefold()
    return {"title": " ".join((core.title or "").split()), "authors": core.author or "", "language": language}


@dataclass(slots=True)
class _Reader:
    document: WordDocument
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Styles.of(self.document)
        self.numbering = Numbering.of(self.document, self.styles)
        self.notes = Notes.of(self.document, self.styles)

    def blocks(self) -> Iterator[Block]:
        """Blocks in reading order: a footnote follows the block that calls it, endnotes come last."""
        yield from self._masthead()
        yield from self._content(self.document.element.body)
        yield from self.notes.endnotes()

    def _masthead(self) -> Iterator[Block]:
        """The lines of the first page's header, where the United Nations print symbol, distribution and date."""
        section = self.document.sections[0] if self.document.sections else None
        if section is None:
            return
        header = section.first_page_header if section.different_first_page_header_footer else section.header
        if header.is_linked_to_previous:  # there is none
            return
        for node in header._element.iter(q("p")):  # noqa: SLF001 - a header's content has no public way to its XML
            if text := " ".join("".join(run.text or "" for run in node.iter(q("t"))).split()):
                yield Block(text, Shape.FURNITURE)

    def _content(self, parent: Any) -> Iterator[Block]:
        for node in children(parent):
            if node.tag == q("p"):
                yield from self._paragraph(node)
            elif node.tag == q("tbl"):
                yield from self._table(node)

    def _paragraph(self, node: Any) -> Iterator[Block]:
        runs = paragraph_runs(node, self.styles, self.notes)
        marker, depth = self.numbering.label(node) if runs.text else ("", 0)
        if runs.text and not is_on(self.styles.paragraph(node, "vanish")):
            yield self._block(node, runs, marker, depth)
        yield from self.notes.pending()
        for box in _text_boxes(node):
            yield from self._content(box)

    def _block(self, node: Any, runs: Runs, marker: str, depth: int) -> Block:
        size = self.styles.relative_size(node)
        if runs.lead is not None:
            return Block(runs.text, Shape.NOTE, marker=str(runs.lead), calls=runs.calls, size=size)
        level = self.styles.heading_level(node)
        if level:
            return Block(runs.text, Shape.HEADING, level, marker, runs.emphasis, calls=runs.calls, size=size)
        shape = Shape.ITEM if marker else (Shape.QUOTE if self.styles.is_quote(node) else Shape.TEXT)
        return Block(runs.text, shape, depth, marker, runs.emphasis, calls=runs.calls, size=size)

    def _table(self, table: Any) -> Iterator[Block]:
        """The rows, then the notes that they call, so that notes do not part a table."""
        rows = cells_of(table)
        if max(map(len, rows), default=0) <= 1:  # a frame around text, not a table
            for cell in (cell for row in rows for cell in row):
                yield from self._content(cell)
            return
        yield from table_blocks(rows, self._cell)
        yield from self.notes.pending()

    def _cell(self, cell: Any) -> Runs:
        """The text of a cell, its paragraphs joined by blanks."""
        runs = Runs()
        for node in cell.iter(q("p")):
            if label := self.numbering.label(node)[0]:
                runs.add(f" {label} ")
            paragraph_runs(node, self.styles, self.notes, runs)
            runs.add(" ")
        return runs


def _text_boxes(node: Any) -> Iterator[Any]:
    """Text boxes anchored in the paragraph; the fallback twin of each (`mc:Fallback`) is left out.

    A box in a box comes with the paragraph of that one.
    """
    for box in node.iter(q("txbxContent")):
        above = list(takewhile(lambda each: each is not node, box.iterancestors()))
        if not any(each.tag == q("txbxContent") or each.tag.endswith("}Fallback") for each in above):
            yield box

"""Writes a sample source as DOCX: heading styles, automatic numbers, real footnotes, a page header."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from sample_markup import Source, SourceBlock, pieces

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
#: Far from the ids that the default template uses.
_LIST_ID = 90
#: The earliest date that a zip archive can hold; every entry gets it, so that the bytes do not change.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
#: Numeral and label of the three list levels: 1. (a) (i)
_LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def write_docx(source: Source, path: Path) -> None:
    """Write the document; the same source gives the same bytes."""
    document = docx.Document()
    _set_properties(document, source)
    _add_list_definition(document)
    _add_note_styles(document)
    document.sections[0].header.paragraphs[0].text = source.facts.get("symbol", source.facts["title"])
    for block in source.blocks:
        _add_block(document, block)
    _add_footnotes(document, source.notes)
    buffer = io.BytesIO()
    document.save(buffer)
    _rezip(buffer, path)


def _set_properties(document: Document, source: Source) -> None:
    core = document.core_properties
    core.title, core.author, core.comments = source.facts["title"], source.facts["author"], ""
    core.created = core.modified = datetime.fromisoformat(source.facts["created"])
    core.language = "en-GB"


def _add_block(document: Document, block: SourceBlock) -> None:
    if block.kind == "row":
        raise ValueError("tables are not written to Word here")
    style = {"quote": "Quote", "bullet": "List Bullet"}.get(block.kind)
    if block.kind == "heading":
        style = "Title" if block.level == 1 else f"Heading {block.level - 1}"
    paragraph = document.add_paragraph(style=style)
    _add_pieces(paragraph, block.text)
    if block.kind in {"numbered", "item"}:
        _number(paragraph, block.level)


def _add_pieces(paragraph: Paragraph, text: str) -> None:
    for piece in pieces(text):
        run = paragraph.add_run("" if piece.note else piece.text)
        run.italic = piece.italic or None
        if piece.note:
            run.style = "footnote reference"
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(piece.note))
            run._r.append(reference)  # noqa: SLF001  python-docx has no footnotes


def _number(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  python-docx has no numbering
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = _LIST_ID


def _add_list_definition(document: Document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{label}"/>'
        f'<w:pPr><w:ind w:left="{567 * (level + 1)}" w:hanging="567"/></w:pPr></w:lvl>'
        for level, (style, label) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST_ID}">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{_LIST_ID}"><w:abstractNumId w:val="{_LIST_ID}"/></w:num>')
    )


def _add_note_styles(document: Document) -> None:
    document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH).font.size = docx.shared.Pt(9)
    document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True


def _add_footnotes(document: Document, notes: dict[int, str]) -> None:
    if not notes:
        return
    text_style = document.styles["footnote text"].style_id
    call_style = document.styles["footnote reference"].style_id
    mark = f'<w:r><w:rPr><w:rStyle w:val="{call_style}"/></w:rPr><w:footnoteRef/></w:r>'
    opening = f'<w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>{mark}'
    bodies = "".join(
        f'<w:footnote w:id="{number}">{opening}{_runs(" " + text)}</w:p></w:footnote>'
        for number, text in sorted(notes.items())
    )
    rule = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    xml = f'{_XML}<w:footnotes xmlns:w="{_W}">{rule}{bodies}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _runs(text: str) -> str:
    style = {True: "<w:rPr><w:i/></w:rPr>", False: ""}
    return "".join(
        f'<w:r>{style[piece.italic]}<w:t xml:space="preserve">{escape(piece.text)}</w:t></w:r>'
        for piece in pieces(text)
    )


def _rezip(buffer: io.BytesIO, path: Path) -> None:
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            if not name.startswith("docProps/thumbnail"):
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                archive.writestr(entry, _without_thumbnail(name, made.read(name)), zipfile.ZIP_DEFLATED)


def _without_thumbnail(name: str, data: bytes) -> bytes:
    """Drops the link to the template's preview picture, which shows another document."""
    if name != "_rels/.rels":
        return data
    root = parse_xml(data)
    for link in list(root):
        if "thumbnail" in str(link.get("Target")):
            root.remove(link)
    return bytes(docx.oxml.parser.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

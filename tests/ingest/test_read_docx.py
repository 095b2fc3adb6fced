"""Word: headings, resolved numbers, notes, tables, tracked changes, guards."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.blocks import Emphasis, Shape
from ingest.errors import UnreadableFile
from ingest.readers import docx as reader

W = nsdecls("w")
LEVELS = (
    ("decimal", "%1."),
    ("lowerLetter", "(%2)"),
    ("lowerRoman", "(%3)"),
    ("decimal", "%1.%4"),
    ("bullet", "\uf0b7"),
)


def paragraph(text: str = "", *, inner: str = "", properties: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inner}</w:p>"


def numbered(text: str, level: int = 0, number: int = 70) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def call(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


@pytest.fixture
def read(tmp_path):
    """Reads a document whose body is the XML given; notes by kind and id."""

    def read(*body: str, notes: dict[str, dict[int, str]] | None = None):
        document = docx.Document()
        add_lists(document)
        for part in body:
            document.element.body.insert(len(document.element.body) - 1, parse_xml(part.replace(">", f" {W}>", 1)))
        for kind, bodies in (notes or {}).items():
            add_notes(document, kind, bodies)
        document.save(tmp_path / "a.docx")
        return reader.read(tmp_path / "a.docx", "a.docx")

    return read


def add_lists(document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{label}"/></w:lvl>'
        for at, (style, label) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="70">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    root.append(parse_xml(f'<w:num {W} w:numId="71"><w:abstractNumId w:val="70"/>{restart}</w:num>'))


def add_notes(document, kind: str, bodies: dict[int, str]) -> None:
    notes = "".join(f'<w:{kind} w:id="{number}">{body}</w:{kind}>' for number, body in bodies.items())
    rule = f'<w:{kind} w:type="separator" w:id="-1">{paragraph("rule")}</w:{kind}>'
    xml = f"<w:{kind}s {W}>{rule}{notes}</w:{kind}s>".encode()
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), content_type, xml, document.part.package)
    document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))


def texts(document):
    return [(block.shape.value, block.level, block.marker, block.text) for block in document.blocks]


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


BODIES = [
    (
        [paragraph("Title", properties=style("Title")), paragraph("One", properties=style("Heading1"))],
        [("heading", 1, "", "Title"), ("heading", 1, "", "One")],
    ),
    ([paragraph("Deep", properties=style("Heading4"))], [("heading", 4, "", "Deep")]),
    # an outline level makes a heading of any style; level 9 is body text
    ([paragraph("Own", properties='<w:outlineLvl w:val="1"/>')], [("heading", 2, "", "Own")]),
    ([paragraph("Body", properties='<w:outlineLvl w:val="9"/>')], [("text", 0, "", "Body")]),
    ([paragraph("Said", properties=style("Quote"))], [("quote", 0, "", "Said")]),
    # empty paragraphs only space
    ([paragraph(), paragraph("x"), paragraph("  ")], [("text", 0, "", "x")]),
    # sub-items restart under the next number, deeper labels name the levels above
    (
        [
            numbered("a"),
            numbered("b", 1),
            numbered("c", 1),
            numbered("d", 2),
            numbered("e"),
            numbered("f", 1),
            numbered("g", 3),
        ],
        [
            *[("item", 0, "1.", "a"), ("item", 1, "(a)", "b"), ("item", 1, "(b)", "c"), ("item", 2, "(i)", "d")],
            *[("item", 0, "2.", "e"), ("item", 1, "(a)", "f"), ("item", 3, "2.1", "g")],
        ],
    ),
    # text between does not restart, a new list with its own start does
    (
        [numbered("a"), paragraph("x"), numbered("b"), numbered("c", number=71), numbered("d", number=71)],
        [
            ("item", 0, "1.", "a"),
            ("text", 0, "", "x"),
            ("item", 0, "2.", "b"),
            ("item", 0, "5.", "c"),
            ("item", 0, "6.", "d"),
        ],
    ),
    ([numbered("a", 4)], [("item", 4, "•", "a")]),
    # insertions are kept, deletions and moved-away text dropped
    (
        [
            paragraph(
                "was ",
                inner=f"<w:del>{run('old')}</w:del><w:ins>{run('new')}</w:ins><w:moveFrom>{run('gone')}</w:moveFrom>",
            )
        ],
        [("text", 0, "", "was new")],
    ),
    # the text of links and of content controls is kept, hidden text and field codes are not
    (
        [
            paragraph(
                "see ",
                inner=f"<w:hyperlink>{run('link')}</w:hyperlink>"
                f"<w:sdt><w:sdtContent>{run(' box')}</w:sdtContent></w:sdt>"
                f"{run('secret', '<w:vanish/>')}<w:r><w:instrText>PAGEREF x</w:instrText></w:r>",
            )
        ],
        [("text", 0, "", "see link box")],
    ),
    # tabs and breaks are blanks, a no-break hyphen is a hyphen
    (
        [
            paragraph(
                inner="<w:r><w:t>1.</w:t><w:tab/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:br/><w:t>x</w:t></w:r>"
            )
        ],
        [("text", 0, "", "1. co-op x")],
    ),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_blocks(read, body, expected):
    assert texts(read(*body)) == expected


def test_footnotes_follow_their_paragraph_and_endnotes_come_last(read):
    document = read(
        paragraph("One", inner=call("footnote", 8) + run(" more.")),
        paragraph("Two", inner=call("endnote", 3)),
        paragraph("Three", inner=call("footnote", 2)),
        notes={
            "footnote": {2: paragraph("Second."), 8: paragraph("First.") + paragraph("Still first.")},
            "endnote": {3: paragraph("End.")},
        },
    )
    assert [(block.shape.value, block.marker, block.text) for block in document.blocks] == [
        ("text", "", "One more."),
        ("note", "1", "First."),
        ("note", "", "Still first."),
        ("text", "", "Two"),
        ("text", "", "Three"),
        ("note", "2", "Second."),
        ("note", "1", "End."),
    ]
    assert [(c.number, c.at) for block in document.blocks for c in block.calls] == [(1, 3), (1, 3), (2, 5)]


def test_call_of_a_missing_note_is_dropped(read):
    assert read(paragraph("One", inner=call("footnote", 9))).blocks[0].calls == ()


TYPED = [
    # a raised number behind a word calls a note, behind a unit or a digit it is an exponent
    ("resolution", "12", "resolution", [(12, 10)]),
    ("adopted.", "3", "adopted.", [(3, 8)]),
    ("km", "2", "km2", []),
    ("10", "6", "106", []),
    ("the 1", "st", "the 1st", []),
    # a raised letter refers to a table's own note
    ("Total", "a", "Total", []),
]


@pytest.mark.parametrize(("before", "raised", "text", "calls"), TYPED)
def test_raised_text(read, before, raised, text, calls):
    block = read(paragraph(before, inner=run(raised, '<w:vertAlign w:val="superscript"/>'))).blocks[0]
    assert (block.text, [(c.number, c.at) for c in block.calls]) == (text, calls)


def table(*rows: tuple[str, ...]) -> str:
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def test_table_rows(read):
    merged = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph('hidden')}"
    document = read(table((paragraph("A"), paragraph("B") + paragraph("b")), (merged, paragraph("C"))))
    assert texts(document) == [("table", 0, "", "A\tB b"), ("table", 0, "", "\tC")]


def test_frame_of_one_column_is_text(read):
    assert texts(read(table((paragraph("A"),), (paragraph("B"),)))) == [("text", 0, "", "A"), ("text", 0, "", "B")]


def test_emphasis_and_size_are_relative_to_the_body(read):
    body = paragraph(inner=run("Body text of usual size", '<w:sz w:val="20"/>'))
    document = read(
        body,
        body,
        paragraph(inner=run("Large", '<w:b/><w:sz w:val="28"/>')),
        paragraph(inner=run("Mixed ", "<w:i/>") + run("text")),
    )
    assert [(block.emphasis, block.size) for block in document.blocks][1:3] == [
        (Emphasis.NONE, 1.0),
        (Emphasis.BOLD, 1.4),
    ]
    assert document.blocks[3].emphasis == Emphasis.NONE


def test_text_boxes_are_read_once(read):
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twin = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    document = read(paragraph("anchor", inner=f"<w:r>{twin}</w:r>"))
    assert [block.text for block in document.blocks] == ["anchor", "boxed"]


@pytest.mark.parametrize(("author", "kept"), [("Octavia Codicil", True), ("Some Typist", False)])
def test_author_is_believed_if_the_document_names_it(tmp_path, author, kept):
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = author, "Word Document"
    document.add_paragraph("A lecture by Octavia Codicil")
    document.save(tmp_path / "a.docx")
    assert reader.read(tmp_path / "a.docx", "a").facts.get("authors") == (author if kept else None)


def saved(text: str) -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def without(data: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
    return buffer.getvalue()


DAMAGED = [
    (b"PK\x03\x04 nothing", "is damaged"),
    (saved("text")[:3000], "is damaged"),
    (without(saved("text"), "word/document.xml"), "is damaged"),
    (without(saved("text"), "[Content_Types].xml"), "is damaged"),
    (saved(""), "has no text"),
]


@pytest.mark.parametrize(("data", "reason"), DAMAGED)
def test_unreadable(tmp_path, data, reason):
    path = tmp_path / "b.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=rf"^b\.docx: {reason}"):
        reader.read(path, "b.docx")


def test_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "b.docx"
    path.write_bytes(saved("text"))
    monkeypatch.setattr(reader, "MAX_XML", 100)
    with pytest.raises(UnreadableFile, match="too large once unpacked"):
        reader.read(path, "b.docx")


def test_shapes_have_no_page(read):
    assert {(block.page, block.shape) for block in read(paragraph("x")).blocks} == {(None, Shape.TEXT)}


def merged_down(text: str, *, bottom: bool) -> str:
    """A cell that begins a merge downwards."""
    aligned = '<w:vAlign w:val="bottom"/>' if bottom else ""
    return text.replace("<w:p>", f'<w:tcPr><w:vMerge w:val="restart"/>{aligned}</w:tcPr><w:p>', 1)


@pytest.mark.parametrize(
    ("bottom", "rows"),
    [
        (True, ["\tChange", "Pier\tAmount\tShare", "North\t6\t5"]),
        (False, ["Pier\tChange", "\tAmount\tShare", "North\t6\t5"]),
    ],
)
def test_merged_heads_stand_where_they_print(bottom, rows, read):
    """As in the PDF of the same table, where a cell set at its bottom is printed beside the lower heads."""
    spanning = paragraph("Change").replace("<w:p>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>', 1)
    below = paragraph().replace("<w:p>", "<w:tcPr><w:vMerge/></w:tcPr><w:p>", 1)
    document = read(
        table(
            (merged_down(paragraph("Pier"), bottom=bottom), spanning),
            (below, paragraph("Amount"), paragraph("Share")),
            (paragraph("North"), paragraph("6"), paragraph("5")),
        )
    )
    assert [block.text for block in document.blocks] == rows


def test_notes_do_not_part_a_table(read):
    rows = ((paragraph("A", inner=call("footnote", 2)), paragraph("B")), (paragraph("C"), paragraph("D")))
    document = read(table(*rows), notes={"footnote": {2: paragraph("Its body.")}})
    assert [block.shape for block in document.blocks] == [Shape.TABLE, Shape.TABLE, Shape.NOTE]


def test_the_lines_of_the_first_pages_header_are_a_masthead(tmp_path):
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    table = section.first_page_header.add_table(1, 2, section.page_width)
    table.cell(0, 0).text, table.cell(0, 1).text = "Moot Assembly", "M/80/1"
    section.header.paragraphs[0].text = "M/80/1, running"
    document.add_paragraph("The harbour is open to every ship.")
    document.save(tmp_path / "masthead.docx")
    blocks = reader.read(tmp_path / "masthead.docx", "masthead.docx").blocks
    assert [(block.text, block.shape) for block in blocks] == [
        ("Moot Assembly", Shape.FURNITURE),
        ("M/80/1", Shape.FURNITURE),
        ("The harbour is open to every ship.", Shape.TEXT),
    ]


def test_a_header_alone_is_no_text(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Moot Assembly"
    document.save(tmp_path / "header.docx")
    with pytest.raises(UnreadableFile, match="has no text"):
        reader.read(tmp_path / "header.docx", "header.docx")

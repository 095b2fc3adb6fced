"""Word documents: every passage is quoted, and cited in a footnote of Word's own."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from corpus.citation import STYLES, cite
from corpus.export import Provenance, export
from corpus.model import Document, DocumentKind, Passage, PassageKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = Document(id="one", title="Duties & <Rights>", kind=DocumentKind.TREATY, authors=("Ada Verso",), date="2009")
SECOND = Document(id="two", title="Talk", kind=DocumentKind.SPEECH, language="fr")


def passage(document, locator, text="Text.", **facts):
    return Passage(f"{document.id}/{locator}", document.id, 1, PassageKind.PARAGRAPH, text, **facts)


PAIRS = [
    (FIRST, passage(FIRST, "art-1", "<w:p> & \t“x”\n(a) second line\x00")),
    (FIRST, passage(FIRST, "p-2", page=(4, 4))),
    (SECOND, passage(SECOND, "p-1")),
    (FIRST, passage(FIRST, "fn-2")),
]
ABOUT = Provenance(4, 9, "2026-11-22", "duties <now>", (("kind", "treaty"),))


def archive(pairs=PAIRS, **options):
    stream = io.BytesIO()
    export("docx", pairs, stream, **options)
    return zipfile.ZipFile(stream)


def part(made, name):
    return etree.fromstring(made.read(name))


def notes(made):
    """Footnotes by number, those that rule off the others left out."""
    found = part(made, "word/footnotes.xml").iter(f"{W}footnote")
    return {note.get(f"{W}id"): note for note in found if not note.get(f"{W}type")}


def words(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


@pytest.mark.parametrize("style", STYLES)
def test_every_passage_calls_a_footnote_that_cites_it(style):
    made = archive(style=style)
    quotes = [
        each
        for each in part(made, "word/document.xml").iter(f"{W}p")
        if each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Quote"
    ]
    calls = [[call.get(f"{W}id") for call in quote.iter(f"{W}footnoteReference")] for quote in quotes]
    assert calls == [["1"], ["2"], ["3"], ["4"]]
    cited = {number: words(note).strip() for number, note in notes(made).items()}
    assert cited == {str(number): cite(*pair, style) for number, pair in enumerate(PAIRS, 1)}


def test_footnotes_print_their_numbers_and_keep_italics():
    (note,) = notes(archive(PAIRS[:1])).values()
    assert len(list(note.iter(f"{W}footnoteRef"))) == 1
    italics = [words(run) for run in note.iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert italics == ["Duties & <Rights>"]


def test_footnotes_lead_to_the_library():
    made = archive(base_url="https://pincite.example/")
    fields = [field.text.strip() for field in part(made, "word/footnotes.xml").iter(f"{W}instrText")]
    assert fields[0] == 'HYPERLINK "https://pincite.example/passages/one/art-1"'
    assert len(fields) == 4
    for note in notes(made).values():
        marks = [mark.get(f"{W}fldCharType") for mark in note.iter(f"{W}fldChar")]
        assert marks == ["begin", "separate", "end"]


def test_word_finds_the_rules_above_notes_where_it_looks_for_them():
    made = archive()
    ruled = {
        note.get(f"{W}id"): note.get(f"{W}type")
        for note in part(made, "word/footnotes.xml").iter(f"{W}footnote")
        if note.get(f"{W}type")
    }
    assert ruled == {"-1": "separator", "0": "continuationSeparator"}
    named = {note.get(f"{W}id") for note in part(made, "word/settings.xml").iter(f"{W}footnote")}
    assert named == set(ruled)


def test_every_part_is_declared_and_related():
    made = archive()
    declared = {each.get("PartName") for each in part(made, "[Content_Types].xml") if each.get("PartName")}
    assert declared == {f"/{name}" for name in made.namelist() if name.endswith(".xml") and name[0] != "["}
    related = {each.get("Target") for each in part(made, "word/_rels/document.xml.rels")}
    assert related == {"styles.xml", "settings.xml", "footnotes.xml"}


def test_every_style_in_use_is_defined():
    made = archive(base_url="https://pincite.example")
    defined = {style.get(f"{W}styleId") for style in part(made, "word/styles.xml").iter(f"{W}style")}
    used = {
        style.get(f"{W}val")
        for name in ("word/document.xml", "word/footnotes.xml")
        for tag in ("pStyle", "rStyle")
        for style in part(made, name).iter(f"{W}{tag}")
    }
    assert used == {"Title", "Heading1", "Heading2", "Quote", "FootnoteText", "FootnoteReference", "Hyperlink"}
    assert used <= defined


def test_python_docx_reads_what_is_written():
    made = docx.Document(archive().fp)
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs]
    assert paragraphs == [
        ("Title", "Passages"),
        ("Heading 1", "Duties & <Rights>"),
        ("Heading 2", "art 1"),
        ("Quote", "<w:p> & \t“x”\n(a) second line"),
        ("Heading 2", "p 4"),
        ("Quote", "Text."),
        ("Heading 1", "Talk"),
        ("Quote", "Text."),
        ("Heading 1", "Duties & <Rights>"),
        ("Heading 2", "fn 2"),
        ("Quote", "Text."),
    ]


def test_a_document_says_where_it_comes_from():
    made = docx.Document(archive(provenance=ABOUT).fp)
    assert [paragraph.text for paragraph in made.paragraphs[1:5]] == [f"{name}: {value}" for name, value in ABOUT.facts]
    properties = made.core_properties
    assert (properties.title, properties.comments) == ("Passages", ABOUT.line)
    assert properties.created.date().isoformat() == "2026-11-22"


def test_the_language_of_a_passage_is_told_to_the_spelling_checker():
    languages = [tag.get(f"{W}val") for tag in part(archive(), "word/document.xml").iter(f"{W}lang")]
    assert languages == ["en", "en", "fr", "en"]


def test_the_archive_holds_no_clock():
    made = archive()
    assert {member.date_time for member in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert made.namelist()[0] == "[Content_Types].xml"
    assert b"created" not in made.read("docProps/core.xml")

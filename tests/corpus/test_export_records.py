"""The export record, and the formats that carry it: JSON Lines and CSV."""

import csv
import io
import json
from dataclasses import replace

import pytest

from corpus.citation import STYLES
from corpus.errors import PinciteError
from corpus.export import FORMATS, KEYS, export, record
from corpus.export.table import COLUMNS
from corpus.model import Annotation, AnnotationType, Document, DocumentKind, Found, NoteCall, Passage, PassageKind

DOCUMENT = Document(
    id="talk", title="A Talk", kind=DocumentKind.SPEECH, authors=("Ada Verso",), date="2018", source="talks/talk.txt"
)


def annotation(kind, value, **facts):
    return Annotation(0, 1, kind, value, Found.PATTERN, **facts)


PASSAGE = Passage(
    id="talk/art-16-2",
    document_id="talk",
    sequence=7,
    kind=PassageKind.PARAGRAPH,
    text="Of “data”.\n(a) One, two.",
    label="art 16(2)",
    section=("Part A", "Duties"),
    page=(3, 4),
    calls=(NoteCall(5, 1), NoteCall(6, 2), NoteCall(5, 3)),
    annotations=(
        annotation(AnnotationType.ORGANISATION, "INTERPOL"),
        annotation(AnnotationType.ORGANISATION, "Council of Europe"),
        annotation(AnnotationType.ORGANISATION, "Some Part", subtype="part"),
        annotation(AnnotationType.INSTRUMENT, "A/RES/55/63", subtype="resolution"),
        annotation(AnnotationType.PROVISION, "Convention on Cybercrime", articles="2-9"),
        annotation(AnnotationType.YEAR, "2001"),
        annotation(AnnotationType.YEAR, "2000"),
        annotation(AnnotationType.COUNTRY, "Jordan"),
    ),
)
BARE = Passage("talk/p-1", "talk", 1, PassageKind.QUOTE, "Text.")


def exported(form, *passages, **options):
    stream = io.BytesIO()
    assert export(form, ((DOCUMENT, passage) for passage in passages), stream, **options) == len(passages)
    return stream.getvalue()


def test_pages_are_those_that_are_printed():
    labelled = replace(BARE, page=(3, 4), page_labels=("287", "288"))
    assert record(DOCUMENT, labelled, style="oscola")["page"] == "287–288"
    assert "287–88" in record(DOCUMENT, labelled, style="chicago")["citation"]


def test_the_record_holds_every_fact_in_the_order_of_the_contract():
    made = record(DOCUMENT, PASSAGE)
    assert made == {
        "id": "talk/art-16-2",
        "document": "talk",
        "source": "talks/talk.txt",
        "sequence": 7,
        "kind": "paragraph",
        "label": "art 16(2)",
        "section": ["Part A", "Duties"],
        "page": "3–4",
        "text": "Of “data”.\n(a) One, two.",
        "notes": [5, 6],
        "organisations": ["INTERPOL", "Council of Europe"],
        "instruments": [{"id": "A/RES/55/63", "type": "resolution"}],
        "provisions": ["Convention on Cybercrime|2-9"],
        "years": [2000, 2001],
        "countries": ["Jordan"],
        "citation": "Ada Verso, ‘A Talk’ (Speech, 2018) art 16(2)",
    }
    assert tuple(made) == KEYS


def test_keys_of_what_is_not_there_exist():
    made = record(DOCUMENT, BARE)
    assert tuple(made) == KEYS
    assert (made["label"], made["page"], made["section"], made["instruments"], made["kind"]) == (
        None,
        None,
        [],
        [],
        "quote",
    )


def test_a_page_is_text_whether_one_or_two():
    one = Passage("talk/p-1", "talk", 1, PassageKind.QUOTE, "Text.", page=(3, 3))
    assert record(DOCUMENT, one)["page"] == "3"


def test_the_record_cites_in_the_style_asked_for():
    assert record(DOCUMENT, PASSAGE, style="chicago")["citation"].startswith("Ada Verso, “A Talk” (speech, 2018)")


def test_json_lines_are_the_records_in_their_order():
    lines = exported("jsonl", PASSAGE, BARE).decode().splitlines()
    assert [json.loads(line) for line in lines] == [record(DOCUMENT, PASSAGE), record(DOCUMENT, BARE)]
    # readable as it stands: nothing is escaped that need not be
    assert "“data”" in lines[0]


def test_csv_opens_in_a_spreadsheet():
    raw = exported("csv", PASSAGE, BARE)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    row = dict(zip(head, first, strict=True))
    assert row["text"] == PASSAGE.text
    assert row["section"] == "Part A > Duties"
    assert row["organisations"] == "INTERPOL; Council of Europe"
    assert row["instruments"] == "A/RES/55/63"
    assert (row["years"], row["notes"], row["page"]) == ("2000; 2001", "5; 6", "3–4")
    assert (row["pinpoint"], row["citation"]) == ("art 16(2)", record(DOCUMENT, PASSAGE)["citation"])
    bare = dict(zip(head, second, strict=True))
    assert (bare["label"], bare["page"], bare["organisations"]) == ("", "", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_csv_cells_are_never_formulas(text):
    passage = Passage("talk/p-1", "talk", 1, PassageKind.QUOTE, text)
    rows = list(csv.DictReader(io.StringIO(exported("csv", passage).decode("utf-8-sig"), newline="")))
    assert rows[0]["text"] == f"'{text}"


def test_csv_leaves_other_cells_alone():
    passage = Passage("talk/p-1", "talk", 1, PassageKind.QUOTE, "a = b - c")
    rows = list(csv.DictReader(io.StringIO(exported("csv", passage).decode("utf-8-sig"), newline="")))
    assert rows[0]["text"] == "a = b - c"


def test_csv_holds_no_control_characters():
    passage = Passage("talk/p-1", "talk", 1, PassageKind.QUOTE, "a\x00b\x0bc")
    assert b"\x00" not in exported("csv", passage)
    assert b"\x0b" not in exported("csv", passage)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("style", STYLES)
def test_equal_input_gives_equal_bytes(form, style):
    options = {"style": style, "base_url": "https://pincite.example/"}
    assert exported(form, PASSAGE, BARE, **options) == exported(form, PASSAGE, BARE, **options) != b""


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_export_is_well_formed_and_leaves_the_stream_open(form):
    stream = io.BytesIO()
    assert export(form, [], stream) == 0
    assert not stream.closed
    if form == "csl-json":
        assert json.loads(stream.getvalue()) == []


@pytest.mark.parametrize("form", ["jsonl", "csv", "markdown", "html", "tei"])
def test_formats_that_can_are_written_as_the_passages_come(form):
    stream = io.BytesIO()

    def pairs():
        yield DOCUMENT, PASSAGE
        assert b"One, two" in stream.getvalue()
        yield DOCUMENT, BARE

    assert export(form, pairs(), stream) == 2


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(
        PinciteError, match=r"'xls'.*jsonl, csv, xlsx, csl-json, bibtex, biblatex, ris, markdown, html, docx, tei"
    ):
        export("xls", [], io.BytesIO())


def test_an_unknown_style_is_refused_before_anything_is_written():
    stream = io.BytesIO()
    with pytest.raises(PinciteError, match="'harvard'"):
        export("csv", [], stream, style="harvard")
    assert stream.getvalue() == b""


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_formats_tell_their_media_type_and_suffix(form):
    assert "/" in form.media_type
    assert form.suffix.startswith(".")


def test_csv_comes_without_the_mark_of_excel_if_asked():
    marked, plain = exported("csv", PASSAGE), exported("csv", PASSAGE, byte_order_mark=False)
    assert marked == b"\xef\xbb\xbf" + plain


def test_csv_rows_lead_to_their_passages():
    raw = exported("csv", PASSAGE, base_url="https://pincite.example").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(raw, newline=""))
    assert row["permalink"] == "https://pincite.example/passages/talk/art-16-2"

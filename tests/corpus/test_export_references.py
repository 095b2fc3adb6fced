"""CSL-JSON, BibTeX and RIS: one entry a work, its passages in the notes."""

import io
import json
import re

import pytest

from corpus.citation import cite, csl
from corpus.export import export
from corpus.export.bibtex import escape
from corpus.model import Document, DocumentKind, Passage, PassageKind

ARTICLE = Document(
    id="recto-2019",
    title="Data & duties: the 5% rule",
    kind=DocumentKind.ARTICLE,
    authors=("Farid Al Recto", "Law Commission"),
    date="2019-05",
    doi="10.1000/a_b",
    details={"journal": "Notes", "volume": "10", "issue": "1", "pages": "75–90"},
)
REPORT = Document(
    id="report-2010",
    title="Report",
    kind=DocumentKind.REPORT,
    body="United Nations Congress",
    symbol="A/CONF.213/9",
    date="2010-04-14",
    url="https://example.org/{x}",
    details={"place": "Salvador"},
)
SPEECH = Document(
    id="speech",
    title="Words",
    kind=DocumentKind.SPEECH,
    authors=("Ada Verso",),
    details={"event": "Forum", "place": "Geneva"},
)


def passage(document, locator, text="Text.", **facts):
    return Passage(f"{document.id}/{locator}", document.id, 1, PassageKind.PARAGRAPH, text, **facts)


PAIRS = [
    (ARTICLE, passage(ARTICLE, "fn-3", "First\nline.")),
    (REPORT, passage(REPORT, "para-10", "Under_score.")),
    (ARTICLE, passage(ARTICLE, "p-7", "Third.", page=(3, 3))),
]


def exported(form, pairs=PAIRS, base_url=""):
    stream = io.BytesIO()
    export(form, pairs, stream, base_url=base_url)
    return stream.getvalue().decode()


def test_csl_item_of_an_article():
    assert csl(ARTICLE) == {
        "id": "recto-2019",
        "type": "article-journal",
        "title": "Data & duties: the 5% rule",
        "author": [{"family": "Al Recto", "given": "Farid"}, {"literal": "Law Commission"}],
        "issued": {"date-parts": [[2019, 5]]},
        "container-title": "Notes",
        "volume": "10",
        "issue": "1",
        "page": "75-90",
        "DOI": "10.1000/a_b",
        "language": "en",
    }


def test_csl_item_of_a_report_is_the_bodys():
    item = csl(REPORT)
    assert item["author"] == [{"literal": "United Nations Congress"}]
    assert item["authority"] == "United Nations Congress"  # a text in the schema, unlike the authors
    assert (item["type"], item["number"], item["publisher-place"]) == ("report", "A/CONF.213/9", "Salvador")


def test_csl_item_of_a_talk_tells_the_place_of_its_event():
    item = csl(SPEECH)
    assert (item["type"], item["event-title"], item["event-place"]) == ("speech", "Forum", "Geneva")
    assert "publisher-place" not in item
    assert "issued" not in item


def test_csl_item_of_a_passage_has_its_id_and_pinpoint():
    item = csl(ARTICLE, passage(ARTICLE, "fn-3"))
    assert (item["id"], item["note"]) == ("recto-2019/fn-3", "fn 3")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (DocumentKind.LECTURE, "speech"),
        (DocumentKind.TREATY, "treaty"),
        (DocumentKind.LEGISLATION, "legislation"),
        (DocumentKind.RESOLUTION, "legislation"),
        (DocumentKind.OTHER, "document"),
    ],
)
def test_csl_types(kind, expected):
    assert csl(Document("d", "T", kind=kind))["type"] == expected


def test_csl_json_has_one_item_a_work_with_its_passages_in_the_note():
    items = json.loads(exported("csl-json", base_url="https://pincite.example/"))
    assert [item["id"] for item in items] == ["recto-2019", "report-2010"]
    assert items[0]["note"] == (
        f"fn 3: First\nline.\n{cite(*PAIRS[0])}\nhttps://pincite.example/passages/recto-2019/fn-3\n\n"
        f"p 3: Third.\n{cite(*PAIRS[2])}\nhttps://pincite.example/passages/recto-2019/p-7"
    )


def test_bibtex_entries():
    article, report = re.findall(r"@\w+\{.*?\n\}\n", exported("bibtex"), re.DOTALL)
    assert article.startswith("@article{recto-2019,\n")
    for line in (
        "author = {Al Recto, Farid and {Law Commission}},",
        r"title = {{Data \& duties: the 5\% rule}},",
        "year = {2019},",
        "month = may,",
        "journal = {Notes},",
        "pages = {75--90},",
        "doi = {10.1000/a_b},",
    ):
        assert f"  {line}\n" in article
    assert report.startswith("@techreport{report-2010,\n")
    assert "  institution = {United Nations Congress},\n" in report
    assert "  url = {https://example.org/%7Bx%7D},\n" in report
    assert r"annote = {para 10: Under\_score." in report


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_bibtex_braces_are_balanced_whatever_the_text_holds(form):
    # BibTeX counts every brace, one with a backslash in front as well
    hostile = passage(ARTICLE, "p-1", "}} @book{x, \\ {{{ ~^#$")
    made = exported(form, [(ARTICLE, hostile)])
    assert made.count("{") == made.count("}")


@pytest.mark.parametrize(
    ("text", "expected"), [("a_b", r"a\_b"), ("\\", r"\textbackslash{}"), ("{", r"\textbraceleft{}"), ("é", "é")]
)
def test_bibtex_escapes(text, expected):
    assert escape(text) == expected


def test_ris_records():
    made = exported("ris")
    assert made.count("TY  - ") == made.count("ER  - \r\n") == 2
    article = made.split("ER  - ")[0].split("\r\n")
    for line in (
        "TY  - JOUR",
        "AU  - Al Recto, Farid",
        "AU  - Law Commission,",
        "PY  - 2019",
        "DA  - 2019/05//",
        "SP  - 75",
        "EP  - 90",
    ):
        assert line in article
    # a note a passage, each on one line
    assert [line for line in article if line.startswith("N1")] == [
        f"N1  - fn 3: First line. {cite(*PAIRS[0])}",
        f"N1  - p 3: Third. {cite(*PAIRS[2])}",
    ]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in made.split("\r\n") if line)


def test_ris_cannot_be_broken_out_of():
    made = exported("ris", [(SPEECH, passage(SPEECH, "p-1", "x\nER  - \nTY  - BOOK"))])
    assert made.count("\r\nER  - ") == 1
    assert made.startswith("TY  - SLIDE\r\n")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Zotero and EndNote have a number and an institution for reports, so that UN documents are reports
        (
            {"kind": DocumentKind.REPORT, "symbol": "A/66/335", "body": "General Assembly"},
            ["TY  - RPRT", "SN  - A/66/335", "PB  - General Assembly"],
        ),
        # Zotero reads LEGAL as a court case and has no treaties but by its field "Extra", which is M2
        (
            {"kind": DocumentKind.TREATY, "details": {"series": "ETS"}},
            ["TY  - STAT", "T2  - European Treaty Series", "M2  - Type: treaty"],
        ),
        ({"kind": DocumentKind.RESOLUTION, "symbol": "A/RES/55/63"}, ["TY  - STAT", "M1  - A/RES/55/63"]),
        (
            {"kind": DocumentKind.SPEECH, "details": {"event": "Forum"}},
            ["TY  - SLIDE", "T2  - Forum", "M3  - Speech"],
        ),
        ({"kind": DocumentKind.LECTURE}, ["TY  - SLIDE", "M3  - Lecture"]),
        # GEN alone would become a journal article
        ({"kind": DocumentKind.OTHER}, ["TY  - GEN", "M2  - Type: document"]),
    ],
)
def test_ris_types(facts, expected):
    work = Document("d", "T", **facts)
    lines = exported("ris", [(work, passage(work, "p-1"))]).split("\r\n")
    assert lines[0] == expected[0]
    assert [line for line in lines if line in expected] == expected


def test_ris_lines_all_end_alike():
    made = exported("ris")
    assert made.count("\n") == made.count("\r\n") == made.count("\r")


def test_biblatex_entries():
    article, report = re.findall(r"@\w+\{.*?\n\}\n", exported("biblatex"), re.DOTALL)
    assert article.startswith("@article{recto-2019,\n")
    for line in ("date = {2019-05},", "journaltitle = {Notes},", "number = {1},", "langid = {english},"):
        assert f"  {line}\n" in article
    assert report.startswith("@report{report-2010,\n")
    for line in (
        "date = {2010-04-14},",
        "institution = {United Nations Congress},",
        "type = {Report},",
        "location = {Salvador},",
        "number = {A/CONF.213/9},",
    ):
        assert f"  {line}\n" in report
    assert r"annotation = {para 10: Under\_score." in report


def test_biblatex_has_fields_for_what_is_said_at_an_event():
    made = exported("biblatex", [(SPEECH, passage(SPEECH, "p-1"))])
    assert made.startswith("@unpublished{speech,\n")
    for line in ("eventtitle = {Forum},", "venue = {Geneva},", "type = {Speech},"):
        assert f"  {line}\n" in made
    assert "date = " not in made


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(DocumentKind.TREATY, "legal"), (DocumentKind.RESOLUTION, "legislation"), (DocumentKind.OTHER, "misc")],
)
def test_biblatex_types(kind, expected):
    work = Document("d", "T", kind=kind)
    assert exported("biblatex", [(work, passage(work, "p-1"))]).startswith(f"@{expected}{{d,\n")

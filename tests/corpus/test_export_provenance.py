"""What files say of themselves: the query, the filters, the day, how many passages, and whether that is all."""

import csv
import io
import json
from pathlib import Path

import pytest

from corpus.errors import PinciteError
from corpus.export import FORMATS, Provenance, export
from corpus.model import Document, Passage, PassageKind

DOCUMENT = Document("talk", "A Talk")
PAIRS = [(DOCUMENT, Passage(f"talk/para-{number}", "talk", number, PassageKind.PARAGRAPH, "x")) for number in (1, 2)]
CUT = Provenance(2, 1500, "2026-11-22", "care @sea", (("country", "Jordan"), ("not year", "1995..2005")))
WORDS = ("care", "sea", "country = Jordan", "not year = 1995..2005", "2026-11-22", "the first 2 of 1,500 found")
#: Formats that are read as they stand; archives have tests of their own.
TEXTS = [name for name, form in FORMATS.items() if form.told and not form.binary]


def exported(form, provenance=CUT):
    stream = io.BytesIO()
    export(form, PAIRS, stream, provenance=provenance)
    return stream.getvalue().decode()


@pytest.mark.parametrize(
    ("provenance", "expected"),
    [
        (
            Provenance(2, 2, "2026-11-22", "care\nat sea"),
            "Query: care at sea; Filters: none; Exported: 2026-11-22; Passages: 2, all that were found",
        ),
        (
            CUT,
            (
                "Query: care @sea; Filters: country = Jordan, not year = 1995..2005; Exported: 2026-11-22; "
                "Passages: the first 2 of 1,500 found, the rest was cut"
            ),
        ),
        (
            Provenance(0, 0, "2026-11-22", selection="set “Week 3”"),
            "Selection: set “Week 3”; Exported: 2026-11-22; Passages: 0, all that were found",
        ),
        (
            Provenance(9, 10, "2026-11-22", selection="x", lost="1 is no longer in the library", words="of 2025"),
            "Selection: x; Exported: 2026-11-22; Passages: 9 of 10; 1 is no longer in the library; Words: of 2025",
        ),
    ],
)
def test_the_facts(provenance, expected):
    assert provenance.line == expected


@pytest.mark.parametrize("form", TEXTS)
def test_a_file_says_where_it_comes_from(form):
    made = " ".join(exported(form).split())
    for word in WORDS:
        assert word in made


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.told])
def test_files_of_records_hold_nothing_else(form):
    told, untold = io.BytesIO(), io.BytesIO()
    export(form, PAIRS, told, provenance=CUT)
    export(form, PAIRS, untold)
    assert told.getvalue() == untold.getvalue()


def test_the_first_row_of_a_csv_file_names_its_columns():
    rows = list(csv.DictReader(io.StringIO(exported("csv").removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == ["talk/para-1", "talk/para-2"]
    assert {row["export"] for row in rows} == {CUT.line}


def test_every_reference_says_which_export_it_comes_from():
    (item,) = json.loads(exported("csl-json"))
    assert item["custom"] == {"export": dict(CUT.facts)}
    notes = [line for line in exported("ris").split("\r\n") if line.startswith("N1")]
    assert notes[-1] == f"N1  - {CUT.line}"
    assert len(notes) == 3


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_comments_begin_no_entry(form):
    assert exported(form).count("@") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_a_number_that_is_not_that_of_the_passages_is_refused(form):
    with pytest.raises(PinciteError, match="2 passages instead of 3: the library has changed"):
        exported(form, Provenance(3, 3, "2026-11-22"))


def test_no_clock_enters_the_exports():
    folder = Path(__file__).parents[2] / "corpus" / "export"
    sources = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    assert not [name for name, text in sources.items() if ".now(" in text or ".today(" in text or "import time" in text]

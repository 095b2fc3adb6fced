"""The tables of `forms/`: what is written, and the organisations, countries, years and dates that it names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import AnnotationType
from ingest.annotate import annotate
from tests.factories import document, library

FORMS = Path(__file__).parent / "forms"
KINDS = {
    "organisations": AnnotationType.ORGANISATION,
    "countries": AnnotationType.COUNTRY,
    "years": AnnotationType.YEAR,
    "dates": AnnotationType.DATE,
}


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of one table: the text, and the values that it names."""
    for line in (FORMS / f"{table}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, arrow, values = line.partition(" =>")
            assert arrow, f"{table}: no => in {line!r}"
            yield text, [value.strip() for value in values.split(";") if value.strip()]


CASES = [(table, *row) for table in KINDS for row in rows(table)]


@pytest.mark.parametrize(("table", "text", "expected"), CASES, ids=[text[:40] for _, text, _ in CASES])
def test_a_written_form_names_what_the_table_says(table, text, expected):
    passage = annotate(document(), library(*text.split(" ¶ ")))[-1]
    found = [ann.value for ann in passage.annotations if ann.type == KINDS[table] and ann.subtype != "part"]
    assert (sorted(set(found)) if table == "organisations" else found) == (
        sorted(expected) if table == "organisations" else expected
    )


def test_the_tables_hold_enough_forms_and_enough_that_name_nothing():
    assert len(CASES) >= 200
    assert len([text for _, text, expected in CASES if not expected]) >= 50


def test_no_form_stands_twice_in_a_table():
    seen = [(table, text) for table, text, _ in CASES]
    assert len(seen) == len(set(seen))

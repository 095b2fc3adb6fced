"""The reviewed annotation that ships stand-off: well formed, true to the documents, and without their text."""

import hashlib
import json

import pytest

from corpus.annotations import FURNITURE, gold_records, read, reviewed, shipped
from corpus.errors import PinciteError
from corpus.model import AnnotationType

TEXT = "# Of *Harbours*\n\nThe Moot Union cites\nits Charter, art 3, of 2001.\n"
HEADER = json.dumps({"source": "harbours.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()})
LINES = (
    {"line": 1, "kind": "heading"},
    {
        "line": 3,
        "kind": "paragraph",
        "section": [1],
        "label": "para 1",
        "spans": [{"at": [4, 14], "type": "organisation", "value": "Moot Union"}],
    },
    {
        "line": 4,
        "kind": "paragraph",
        "boundary": "join",
        "continues": 3,
        "section": [1],
        "notes_called": [2],
        "spans": [
            {"at": [0, 11], "type": "instrument", "value": "Moot Charter", "subtype": "treaty", "optional": True},
            {"at": [13, 18], "type": "provision", "value": "Moot Charter", "articles": "3"},
            {"at": [23, 27], "type": "year", "value": "2001"},
        ],
    },
)


def made(*lines, header=HEADER):
    return read("harbours", "\n".join([header, *map(json.dumps, lines)]))


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "harbours.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_scorers_records_are_put_together_with_the_document(document):
    heading, first, second = gold_records(made(*LINES), document)
    assert heading["section"] == []
    assert (first["section"], first["label"], first["orgs"]) == (["Of Harbours"], "para 1", ["Moot Union"])
    assert (first["boundary"], second["boundary"], second["continues"]) == ("split", "join", 3)
    assert second["instruments"] == []
    assert second["instruments_optional"] == [{"id": "Moot Charter", "type": "treaty"}]
    assert (second["provisions"], second["years"], second["notes_called"]) == (["Moot Charter|3"], [2001], [2])


def test_another_version_of_the_document_is_refused(document):
    document.write_text(TEXT + " ", encoding="utf-8")
    with pytest.raises(PinciteError, match=r"harbours.txt: not the version"):
        list(gold_records(made(*LINES), document))


@pytest.mark.parametrize(
    ("lines", "header", "fault"),
    [
        ([{"line": 3, "kind": "sermon"}], HEADER, "line 2: ValueError"),
        ([LINES[0], {"line": 3, "kind": "paragraph", "boundary": "perhaps"}], HEADER, "line 3: ValueError"),
        ([{"line": 3, "kind": "quote", "spans": [{"at": [1, 2], "type": "planet", "value": ""}]}], HEADER, "line 2"),
        (
            [{"line": 3, "kind": "quote", "spans": [{"at": [1, 2], "type": "instrument", "value": "X"}]}],
            HEADER,
            "line 2",
        ),
        ([{"kind": "quote"}], HEADER, "line 2: KeyError: 'line'"),
        ([], "{}", "line 1: KeyError: 'source'"),
        ([], "", "line 1"),
    ],
)
def test_a_fault_is_named_with_its_line(lines, header, fault):
    with pytest.raises(PinciteError, match=f"harbours.jsonl, {fault}"):
        made(*lines, header=header)


def test_what_ships_is_consistent():
    assert shipped()
    for each in shipped():
        numbers = [line.number for line in each.lines]
        assert numbers == sorted(set(numbers)), each.name
        headings = {line.number for line in each.lines if line.kind != "paragraph"}
        for line in each.lines:
            within = {number for number in line.section if number >= numbers[0]}
            assert within <= headings, (each.name, line.number)
            assert all(number < line.number for number in line.section), (each.name, line.number)
            assert all(span.start < span.end and span.value for span in line.spans), (each.name, line.number)
            assert line.kind != FURNITURE or not line.spans, (each.name, line.number)
            articles = [span for span in line.spans if span.type == AnnotationType.PROVISION]
            assert all(span.articles for span in articles), (each.name, line.number)


@pytest.mark.shared
def test_what_ships_fits_the_documents(shared):
    for each in shipped():
        document = shared / "sources" / each.source
        lines = each.checked(document)
        assert each in reviewed(document)
        for line in each.lines:
            text = lines[line.number - 1]
            for span in line.spans:
                words = text[span.start : span.end]
                assert words == words.strip() != "", (each.name, line.number, span)
                assert span.type != AnnotationType.YEAR or span.optional or words == span.value, (line.number, span)
        annotated = {line.number for line in each.lines}
        first, last = min(annotated), max(annotated)
        assert {n for n in range(first, last + 1) if lines[n - 1].strip()} == annotated, each.name


@pytest.mark.shared
def test_what_ships_equals_the_gold_that_it_was_made_from(shared):
    for each in shipped():
        ours = {record["line"]: record for record in gold_records(each, shared / "sources" / each.source)}
        path = shared / "gold" / f"{each.name}.jsonl"
        theirs = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
        assert len(theirs) == len(ours)
        assert [_plain(record) for record in theirs] == [_plain(ours[record["line"]]) for record in theirs]


def _plain(record):
    """A record without the order of the names in a line; that of headings counts."""
    return {
        key: sorted(value, key=str) if isinstance(value, list) and key != "section" else value
        for key, value in record.items()
    }


def test_no_text_of_the_documents_comes_along():
    longest = max(
        (len(span.value.split()) for each in shipped() for line in each.lines for span in line.spans), default=0
    )
    assert longest <= 20  # names of instruments; nothing as long as a sentence

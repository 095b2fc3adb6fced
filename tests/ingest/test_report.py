"""What the extraction report finds, and what it leaves in peace."""

from dataclasses import replace

import pytest

from corpus.model import NoteCall, Passage, PassageKind
from corpus.report import Severity
from ingest.blocks import Block, Shape
from ingest.report import report_on
from ingest.reports.letters import compare

SENTENCE = "The lamps of the harbour are lit at night, and ships that come from the sea find their way by them."


def made(*labels, kind=PassageKind.PARAGRAPH, text=SENTENCE):
    """Passages of these labels (None: counted), each text beginning with its number where that is one."""
    out = []
    for sequence, label in enumerate(labels, 1):
        number = label.rpartition(" ")[2] if label else ""
        path = label.replace(" ", "-").replace("(", "-").replace(")", "") if label else f"p-{sequence}"
        shown = f"{number}. {text}" if number.isdecimal() and kind != PassageKind.FOOTNOTE else text
        out.append(Passage(f"doc/{path}", "doc", sequence, kind, shown, label))
    return out


def told(passages, blocks=None):
    """Texts of the findings; without blocks, the passages' own texts are the source."""
    blocks = [Block(passage.text) for passage in passages] if blocks is None else blocks
    return [finding.text for finding in report_on(blocks, passages).findings]


def test_a_sound_document_is_read_well():
    passages = made("para 1", "para 2", "para 3")
    report = report_on([Block(passage.text) for passage in passages], passages)
    assert report.findings == ()
    assert report.verdict == "Read well: 3 passages, nothing missing"
    assert report.counts == {"paragraph": 3}
    assert (report.share, report.percent) == (1.0, "100")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["para 12", "para 13", "para 15"], ["para 14 is missing: after para 13 comes para 15."]),
        (["para 1", "para 5", "para 7"], ["para 2 to 4 are missing: after para 1 comes para 5.",
                                          "para 6 is missing: after para 5 comes para 7."]),
        (["art 1", "art 3"], ["art 2 is missing: after art 1 comes art 3."]),
        (["art 7(1)", "art 7(2)", "art 7(4)"], ["art 7(3) is missing: after art 7(2) comes art 7(4)."]),
        (["rec 1.1", "rec 1.2", "rec 1.5"], ["rec 1.3 to 1.4 are missing: after rec 1.2 comes rec 1.5."]),
        (["para 2", "para 3"], ["para 1 is missing: the first is para 2."]),
        # runs on, chapters of their own, letters, extracts, jumps into another count: nothing is missing
        (["para 1", None, "para 2"], []),
        (["rec 1.1", "rec 1.2", "rec 2.1"], []),
        (["art 6(1)(a)", "art 6(1)(c)"], []),
        (["para 40", "para 41"], []),
        (["para 1", "para 2", "para 200", "para 201"], []),
        (["art 1", "art 1(1)", "art 1(2)", "art 2"], []),
    ],
)  # fmt: skip
def test_numbers_left_out_are_found(labels, expected):
    assert [text for text in told(made(*labels)) if "missing" in text] == expected


def test_annexes_count_for_themselves():
    first, second = made("art 1", "art 2"), made("art 1", "art 2", "art 4")
    annex = [replace(passage, id=passage.id.replace("doc/", "doc/annex-1/")) for passage in second]
    assert told([*first, *annex]) == ["art 3 is missing: after art 2 comes art 4."]


def test_a_gap_names_its_place():
    passages = [replace(passage, page=(7, 7)) for passage in made("para 12", "para 14")]
    finding = report_on([], passages).findings[0]
    assert (finding.severity, finding.passage, finding.page) == (Severity.DOUBT, "doc/para-14", 7)


def test_labels_that_come_twice_are_found_unless_the_second_has_no_number():
    first, second = made("para 4", "para 4")
    again = replace(second, id="doc/para-4~2")
    twice = [text for text in told([first, again]) if "twice" in text]
    assert len(twice) == 1
    assert twice[0].startswith("para 4 is there twice: “4. The lamps of the harbour are lit at …” and “4. The lamps")
    unnumbered = replace(again, text=SENTENCE)
    assert not [text for text in told([first, unnumbered]) if "twice" in text]


def test_notes_without_calls_and_calls_without_notes():
    text = replace(made(None)[0], calls=(NoteCall(1, 9), NoteCall(3, 20)))
    notes = made("fn 1", "fn 2", kind=PassageKind.FOOTNOTE)
    assert told([text, *notes]) == [
        "Note 2 is called nowhere: “The lamps of the harbour are lit at …”.",
        "The text calls note 3, which is not there.",
    ]


def test_a_document_without_any_notes_is_told_so_once():
    text = replace(made(None)[0], calls=tuple(NoteCall(number, number) for number in range(1, 30)))
    assert told([text]) == ["The text calls notes (1 to 29), but the document holds none."]


def test_many_findings_of_one_sort_end_in_one_sentence():
    text = replace(made(None)[0], calls=(NoteCall(1, 1),))
    notes = made(*(f"fn {number}" for number in range(1, 31)), kind=PassageKind.FOOTNOTE)
    found = told([text, *notes])
    assert len(found) == 9
    assert found[-1] == "There are 21 more notes that are called nowhere."


def test_paragraphs_joined_behind_a_full_stop_at_a_page_end_are_in_doubt():
    before, after = Block(SENTENCE, page=1), Block("Nobody has ever asked who pays for the oil.", page=2)
    joined = Passage("doc/p-1", "doc", 1, PassageKind.PARAGRAPH, f"{before.text} {after.text}", page=(1, 2))
    assert told([joined], [before, after]) == [
        "Two paragraphs may have been joined at the end of page 1: “The lamps of the harbour are lit at …”."
    ]
    open_end = Block(SENTENCE.removesuffix("."), page=1)
    assert told([replace(joined, text=f"{open_end.text} {after.text}")], [open_end, after]) == []
    apart = [
        replace(joined, text=before.text, page=(1, 1)),
        replace(joined, id="doc/p-2", text=after.text, page=(2, 2)),
    ]
    assert told(apart, [before, after]) == []


@pytest.mark.parametrize(
    ("before", "text", "torn"),
    [
        (SENTENCE, "which nobody had expected at all.", True),
        ("The following is meant:", "which nobody had expected at all.", False),
        (SENTENCE, "ada@example.org", False),
        (SENTENCE, "Which nobody had expected.", False),
    ],
)
def test_paragraphs_that_begin_in_mid_sentence(before, text, torn):
    first, second = made(None, None)
    found = told([replace(first, text=before), replace(second, text=text)])
    assert bool([line for line in found if "mid-sentence" in line]) == torn


def test_pages_without_text_are_named():
    blocks = [Block(SENTENCE, page=1), Block("3", Shape.FURNITURE, page=3), Block(SENTENCE, page=4)]
    assert told(made(None, None), blocks) == [
        "Page 2 gave no text (blank, or a picture).",
        "Page 3 gave no text (blank, or a picture).",
    ]


def test_text_that_no_passage_holds_is_a_fault_with_its_words():
    passages = made(None)
    blocks = [Block(SENTENCE, page=1), Block("A keeper wrote this down and nobody kept it.", page=2)]
    report = report_on(blocks, passages)
    assert [(each.severity, each.text, each.page) for each in report.faults] == [
        (Severity.FAULT, "35 letters are in no passage: “A keeper wrote this down and nobody kept it.”.", 2)
    ]
    assert report.kept < report.letters
    assert report.verdict == "1 passage, read with 1 fault"


def test_no_passages_at_all_are_a_fault():
    assert told([], [Block("abc")]) == ["No passage came out of this document."]


def test_running_headers_and_page_marks_are_counted_apart():
    blocks = [
        Block("Lamps of Malta", page=1), Block(SENTENCE, page=1), Block("- 1 -", page=1),
        Block("Lamps of Malta", page=2), Block("Report 12 of 2031", Shape.FURNITURE, page=2),
        Block("A/CONF.1/PV.9", page=2),
    ]  # fmt: skip
    letters = compare(blocks, made(None))
    assert letters.furniture == (("Lamps of Malta", 2), ("A/CONF.1/PV.9", 1), ("Report 12 of 2031", 1))
    assert letters.lost == ()
    assert letters.kept == letters.total == sum(map(str.isalpha, SENTENCE))


@pytest.mark.parametrize(
    "passages",
    [
        [SENTENCE[:50], SENTENCE[50:]],  # a block that became two passages
        [SENTENCE.upper()],
        [f"(a) {SENTENCE}"],
        [f"Before it. {SENTENCE} Behind it."],  # blocks put together
        [SENTENCE.replace("harbour", "har-\nbour")],
    ],
)
def test_letters_are_found_however_a_block_was_cut(passages):
    texts = [replace(made(None)[0], text=text) for text in passages]
    assert compare([Block(SENTENCE)], texts).lost == ()


def test_the_same_document_gives_the_same_report():
    passages = made("para 1", "para 3")
    blocks = [Block(SENTENCE, page=1), Block("Lamps", page=2), Block("Lamps", page=3)]
    assert report_on(blocks, passages) == report_on(list(blocks), list(passages))

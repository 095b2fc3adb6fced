"""Calls of notes without superscripts: lifted where the notes' sequence proves them, and nowhere else."""

import pytest

from ingest.blocks import Block, Shape
from ingest.readers.text import parse
from ingest.structure.notecalls import with_proved_notes

BODIES = "\n\n---\n\n{0} The first note.\n\n{1} The second note.\n\n{2} The third note."
PLAIN = BODIES.format("1", "2", "3")
BRACKETED = BODIES.format("[1]", "[2]", "[3]")
DOTTED = BODIES.format("1.", "2.", "3.")

#: (text, bodies below it, clean text, (number, what stands before the call))
PROVED = [
    ("As the court[1] held, a party [2] may ask.[3]", BRACKETED, "As the court held, a party may ask."),
    ("The library;1 the school,2 and the “garden”.3", PLAIN, "The library; the school, and the “garden”."),
    ("He said “no.”1 She left.2 All went.3 Then", PLAIN, "He said “no.” She left. All went. Then"),
    ("The library.(1) The school;(2) the garden(3) too", DOTTED, "The library. The school; the garden too"),
    ("The library1 and the school2 and the garden3.", PLAIN, "The library and the school and the garden."),
    ("It was closed. 1 Then it was opened. 2 It is open. 3", PLAIN, "It was closed. Then it was opened. It is open."),
    (
        "The court,1 the school;2 the council of the garden, 3",
        PLAIN,
        "The court, the school; the council of the garden,",
    ),
    (
        "The court 1 and the school 2 of the garden were open. 3",
        PLAIN,
        "The court and the school of the garden were open.",
    ),
    ("Two at one place[1, 2] and a third[3].", BRACKETED, "Two at one place and a third."),
]


def clean(source):
    return with_proved_notes(tuple(parse(source)))


@pytest.mark.parametrize(("text", "bodies", "expected"), PROVED, ids=[case[0][:20] for case in PROVED])
def test_marks_in_order_with_their_notes_are_calls(text, bodies, expected):
    blocks = clean(text + bodies)
    assert blocks[0].text == expected
    assert [call.number for call in blocks[0].calls] == [1, 2, 3]
    assert [(block.marker, block.text) for block in blocks if block.shape == Shape.NOTE] == [
        ("1", "The first note."),
        ("2", "The second note."),
        ("3", "The third note."),
    ]


def test_a_call_keeps_its_place():
    block = clean("The library;1 the school,2 and the “garden”.3" + PLAIN)[0]
    assert [block.text[: call.at].split()[-1] for call in block.calls] == ["library;", "school,", "“garden”."]


#: Texts that hold digits, with no note or none that fits.
UNPROVED = [
    # no notes at all
    "The library;1 the school,2 and the garden.3",
    # citations of a bibliography come back and stand in no order
    "As shown [2], and before [1], and again [2].\n\nReferences\n\n[1] Smith, Paper.\n\n[2] Jones, Book.",
    # articles, numbers and dates in front of a note that another mark calls
    "See art. 16(2), No. 3 and para. 4, 1,000 of 2,000, at 3.5.¹\n\n---\n\n¹ A note.\n\n² Another note.",
    # provisions and figures in running text
    "Under Article 1 of the treaty and by 2 to 3 votes it was some 3 of them." + PLAIN,
    # numbered paragraphs after a rule that nothing calls
    "The parties agree.\n\n---\n\n1. The first paragraph.\n\n2. The second paragraph.",
    # paragraphs that bare numbers count, two of them in one block
    "1 Each party shall open its library. 2 Each reader may read.\n\n1 The council meets.\n\n2 It may decide.",
    # one mark of four: the others would be lost, so it is no sequence
    "The library;3 was open." + BODIES.format("1", "2", "3") + "\n\n4 A fourth note.",
    # a year in brackets, a figure behind a semicolon that no note has
    "The treaty [2001] and the room;17 are old." + PLAIN,
]


@pytest.mark.parametrize("source", UNPROVED, ids=[source[:30] for source in UNPROVED])
def test_without_proof_nothing_is_touched(source):
    blocks = tuple(parse(source))
    assert with_proved_notes(blocks) == blocks


def test_a_lost_superscript_between_two_known_calls_is_lifted():
    source = "One.¹ Two.2 Three.³\n\n¹ A.\n\n² B.\n\n³ C."
    block = clean(source)[0]
    assert (block.text, [call.number for call in block.calls]) == ("One. Two. Three.", [1, 2, 3])


def test_a_mark_behind_its_own_note_calls_nothing():
    source = "One.¹ Two.²\n\n¹ A.\n\n² B.\n\nThe room;1 was closed, and the hall;2 was open."
    assert clean(source)[-1].text == "The room;1 was closed, and the hall;2 was open."


def test_notes_that_count_anew_on_every_page_are_called_on_their_own_page():
    page = "The library;1 was open. The school;2 was closed.\n\n---\n\n1 A note.\n\n2 A further note.\n\n"
    blocks = clean(page + page)
    texts = [block for block in blocks if block.shape == Shape.TEXT]
    assert [[call.number for call in block.calls] for block in texts] == [[1, 2], [1, 2]]
    assert sum(block.shape == Shape.NOTE for block in blocks) == 4


def test_the_most_telling_mark_wins_where_two_bear_the_same_number():
    source = "In chapter(2) the court[1] held.[2] Then the end.[3]" + BRACKETED
    assert clean(source)[0].text == "In chapter(2) the court held. Then the end."


def test_notes_under_a_heading_of_their_own_are_found():
    source = "The library;1 was open. The school;2 was closed.\n\n## Notes\n\n1. A note.\n\n2. A further note."
    assert [block.shape for block in clean(source)] == [Shape.TEXT, Shape.HEADING, Shape.NOTE, Shape.NOTE]


def test_notes_below_a_text_need_no_rule():
    blocks = clean("The council decided so without a vote. 14\n\n14 No vote was taken on the parts.")
    assert [(block.shape, block.text) for block in blocks] == [
        (Shape.TEXT, "The council decided so without a vote."),
        (Shape.NOTE, "No vote was taken on the parts."),
    ]


def test_other_calls_of_a_block_keep_their_places():
    blocks = (
        Block("First[1] then second[2] and third.", calls=()),
        Block("One.", Shape.NOTE, marker="1"),
        Block("Two.", Shape.NOTE, marker="2"),
    )
    first = with_proved_notes(blocks)[0]
    assert [(call.number, first.text[: call.at]) for call in first.calls] == [(1, "First"), (2, "First then second")]

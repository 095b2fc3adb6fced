"""The text and Markdown reader: markup undone, lines put together, encodings read."""

import pytest

from ingest.blocks import Emphasis, Shape
from ingest.errors import UnreadableFile
from ingest.readers import hyphens, inline, text

#: (source, clean text, (note, text before its call) of every call)
INLINE = [
    ("Plain words.", "Plain words.", []),
    ("The *mens rea* of **all** offences", "The mens rea of all offences", []),
    ("See [the register](http://x.example/a_b) there", "See the register there", []),
    ("At <http://x.example/a_b>.", "At http://x.example/a_b.", []),
    ("called here.¹² And on", "called here. And on", [(12, "here.")]),
    ("two calls³,⁴ at once", "two calls at once", [(3, "calls"), (4, "calls")]),
    ("raised<sup>21</sup> in markup", "raised in markup", [(21, "raised")]),
    ("several<sup>21, 22</sup>", "several", [(21, "several"), (22, "several")]),
    ("Markdown's own[^7].", "Markdown's own.", [(7, "own")]),
    # no calls: an exponent, an ordinal, a resolution with underscores, a lone star
    ("an area of 12 km² and 3 m³", "an area of 12 km² and 3 m³", []),
    ("the 9<sup>th</sup> session", "the 9th session", []),
    ("A_RES_74_190 stays", "A_RES_74_190 stays", []),
    ("5 * 3 = 15", "5 * 3 = 15", []),
    ("an ampersand &amp; an escape \\*", "an ampersand & an escape", []),
    # a bold run that was broken over lines leaves its marks behind
    ("Title of the talk**", "Title of the talk", []),
    ("**Title of the", "Title of the", []),
]


@pytest.mark.parametrize(("source", "clean", "calls"), INLINE)
def test_inline_markup_is_undone_and_calls_are_lifted_out(source, clean, calls):
    found = inline.clean(source)
    assert found.text == clean
    assert [(call.number, found.text[: call.at].split()[-1]) for call in found.calls] == calls


@pytest.mark.parametrize(
    ("source", "emphasis"),
    [
        ("**Article 2**", Emphasis.BOLD),
        ("*A quotation*", Emphasis.ITALIC),
        ("*Recalling* its resolution", Emphasis.NONE),
        ("**“Title", Emphasis.BOLD),  # goes on in the next line
        ("plain", Emphasis.NONE),
    ],
)
def test_emphasis_of_a_whole_block_is_told(source, emphasis):
    assert inline.clean(source).emphasis == emphasis


@pytest.mark.parametrize(
    ("source", "opens", "rest"),
    [("¹² *Ibid.*", "12", "Ibid."), ("<sup>3</sup> See", "3", "See"), ("3 See", "", "3 See")],
)
def test_a_note_mark_at_the_start_opens_a_note(source, opens, rest):
    found = inline.clean(source)
    assert (found.opens, found.text) == (opens, rest)


def blocks(source):
    return [(block.shape, block.level, block.marker, block.text) for block in text.parse(source)]


def test_shapes_of_markdown():
    source = (
        "# Head\n\n### Sub ###\n\n> said\n\n- one\n  - two\n* three\n\n---\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n[^4]: a note"
    )
    assert blocks(source) == [
        (Shape.HEADING, 1, "", "Head"),
        (Shape.HEADING, 3, "", "Sub"),
        (Shape.QUOTE, 0, "", "said"),
        (Shape.ITEM, 0, "-", "one"),
        (Shape.ITEM, 1, "-", "two"),
        (Shape.ITEM, 0, "*", "three"),
        (Shape.RULE, 0, "", ""),
        (Shape.TABLE, 0, "", "a\tb"),
        (Shape.TABLE, 0, "", "1\t2"),
        (Shape.NOTE, 0, "4", "a note"),
    ]


def test_the_printed_bullet_is_the_marker():
    assert blocks("- ⇒ To preserve") == [(Shape.ITEM, 0, "⇒", "To preserve")]


def test_numbers_stay_in_the_text():
    assert blocks("1. At its first meeting") == [(Shape.TEXT, 0, "", "1. At its first meeting")]


def test_form_feeds_count_pages():
    assert [block.page for block in text.parse("one\n\n\ftwo\n\nthree\n\n\ffour")] == [1, 2, 2, 3]
    assert [block.page for block in text.parse("one\n\ntwo")] == [None, None]


def test_lines_know_where_they_stand():
    assert [(block.line, block.gap) for block in text.parse("one\n\n\ntwo\nthree")] == [(1, 0), (4, 2), (5, 0)]


WRAPPED = """The first paragraph of this text runs over
several lines that all fill the column which
the typist has chosen for it on that day.
 The second one begins with a blank, as the
twenty-first century likes it, and breaks com-
puters in the middle of a twenty-
first word.
"""


def test_wrapped_lines_become_paragraphs():
    found = [block.text for block in text.parse(WRAPPED)]
    assert len(found) == 2
    assert found[0].endswith("on that day.")
    assert "breaks computers in the middle of a twenty-first word." in found[1]


def test_paragraphs_without_indents_end_with_a_short_line():
    lines = ["word " * 9 + "end"] * 4 + ["The end."] + ["Word " * 9 + "end"] * 4
    assert len(list(text.parse("\n".join(lines)))) == 2


def test_one_line_a_paragraph_is_not_taken_for_wrapped():
    source = "\n\n".join(f"Paragraph {n} of a text that has one line for each paragraph." for n in range(20))
    assert len(list(text.parse(source))) == 20


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("many com-", "puters", "many computers"),
        ("the twenty-", "first", "the twenty-first"),  # the document writes it so elsewhere
        ("of mother-", "tongue", "of mother-tongue"),  # both halves are words of the document
        ("Anglo-", "American", "Anglo-American"),
        ("a dash -", "and on", "a dash - and on"),
    ],
)
def test_hyphens_at_line_ends(before, after, expected):
    vocabulary = hyphens.words_of(["twenty-first mother tongue", "computers"])
    assert hyphens.rejoin(before, after, vocabulary) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_read(encoding):
    source = "Le Conseil a adopté la décision “à l’unanimité” après un long débat. " * 8
    assert text.decode(source.encode(encoding), "f.txt").startswith("Le Conseil a adopté la décision")


def test_mojibake_and_soft_hyphens_are_mended():
    assert text.decode("the CouncilÃ¢â‚¬â„¢s res\u00adolution".encode(), "f.txt").endswith("s resolution")
    assert "Ã¢" not in text.decode("the CouncilÃ¢â‚¬â„¢s".encode(), "f.txt")


@pytest.mark.parametrize("content", [b"", b"   \n\n", b"---\n"])
def test_a_file_without_text_is_refused_by_name(tmp_path, content):
    (tmp_path / "empty.txt").write_bytes(content)
    with pytest.raises(UnreadableFile, match="empty.txt: holds no text"):
        text.read(tmp_path / "empty.txt", "empty.txt")


def test_a_binary_file_is_refused(tmp_path):
    (tmp_path / "b.txt").write_bytes(b"MZ\0\0\0text")
    with pytest.raises(UnreadableFile, match="b.txt: is a binary file"):
        text.read(tmp_path / "b.txt", "b.txt")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MAX_BYTES", 10)
    (tmp_path / "big.txt").write_text("more than ten bytes")
    with pytest.raises(UnreadableFile, match="big.txt: is larger"):
        text.read(tmp_path / "big.txt", "big.txt")


def test_a_page_number_under_the_last_line_of_a_page_is_no_word_of_it():
    pages = WRAPPED.replace("it on that day.\n", "it on that day.\n13\n\n")
    found = list(text.parse(pages))
    assert [(block.text, block.shape) for block in found][1] == ("13", Shape.FURNITURE)
    assert found[0].text.endswith("on that day.")


LIST = """The parties to this treaty shall, without delay and
in accordance with their law, take these measures:
(a) they adopt the laws that the treaty asks for, and
those that follow from (b) the older treaty;
(b) they name an office that answers requests from
(c) other parties within one day of their receipt; and
(c) they report to the council.
"""


def test_items_begin_at_their_marks_and_marks_within_sentences_begin_nothing():
    assert [block.text[:20] for block in text.parse(LIST)] == [
        "The parties to this ",
        "(a) they adopt the l",
        "(b) they name an off",
        "(c) they report to t",
    ]


def test_lines_behind_a_bullet_belong_to_its_item():
    source = WRAPPED + "\n- an item that is longer than the column is\nwide, and goes on.\n- Another item.\n"
    items = [block.text for block in text.parse(source) if block.shape == Shape.ITEM]
    assert items == ["an item that is longer than the column is wide, and goes on.", "Another item."]


def test_lines_of_a_wrapped_quotation_make_one_block():
    source = WRAPPED + "\n> We the peoples of this river, who have\n> read the treaty, have come together.\n"
    quotes = [block.text for block in text.parse(source) if block.shape == Shape.QUOTE]
    assert quotes == ["We the peoples of this river, who have read the treaty, have come together."]


def test_a_sentence_that_ends_with_a_call_ends_its_line():
    lines = ["word " * 9 + "end"] * 4 + ["The end.<sup>2</sup>"] + ["Word " * 9 + "end"] * 4
    assert len(list(text.parse("\n".join(lines)))) == 2


def test_a_few_overlong_lines_do_not_hide_the_column():
    lines = ["the word " * 5 + "end"] * 6
    lines[3] = "the word " * 10 + "end"
    assert len(list(text.parse("\n".join(lines)))) == 1


def test_names_one_below_the_other_are_no_wrapped_text():
    names = "Anna Maria of the River Office\nBertha Clara of the Lamp School\nDora Emma of the Old Library"
    assert len(list(text.parse(names))) == 3


def test_a_page_number_right_behind_wrapped_text_is_no_part_of_it():
    source = (
        "The harbour stood open in those years to every ship that was\n"
        "in distress, and the keepers of the lamps asked nobody for a\n"
        "16\n"
        "\n"
        "paper before the crew had eaten, whatever flag was on the mast.\n"
        "So it went on until the war, and for a while even after it.\n"
    )
    blocks = tuple(text.parse(source * 3))
    assert [block.text for block in blocks if block.shape == Shape.FURNITURE] == ["16"] * 3
    assert not any("for a 16" in block.text for block in blocks)

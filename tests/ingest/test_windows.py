"""Long passages: annotated in pieces, with the spans that they have in the whole; and texts that repeat one sign."""

import time

import pytest

from corpus.model import Document, Passage, PassageKind
from ingest.annotate import annotate
from ingest.annotate.nlp import without_runs
from ingest.annotate.windows import LONGEST, pieces

NOBODY = Document(id="nobody", title="")
SENTENCE = "In 2004 the Council of Europe spoke of Article 5 of the Convention on Cybercrime in France. "


def passage(text, number=1):
    return Passage(f"nobody/p-{number}", NOBODY.id, number, PassageKind.PARAGRAPH, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, 0)]),
        ("a" * LONGEST, [(0, LONGEST)]),
        ("a" * (LONGEST + 1), [(0, LONGEST), (LONGEST, LONGEST + 1)]),
        # behind the last blank, so that no word is cut
        ("ab " * LONGEST, [(0, LONGEST), (LONGEST, 2 * LONGEST), (2 * LONGEST, 3 * LONGEST)]),
        ("a" * (LONGEST - 5) + " " + "b" * 10, [(0, LONGEST - 4), (LONGEST - 4, LONGEST + 6)]),
        # rather behind a sentence, rather still behind a line
        ("a" * (LONGEST - 100) + ". B b b b" + "b" * 200, [(0, LONGEST - 98), (LONGEST - 98, LONGEST + 109)]),
        ("a" * (LONGEST - 300) + "\nB. C c" + "c" * 400, [(0, LONGEST - 299), (LONGEST - 299, LONGEST + 107)]),
        # a blank far before the end does not help
        (" " + "a" * LONGEST, [(0, LONGEST), (LONGEST, LONGEST + 1)]),
    ],
    ids=["empty", "fits", "too long", "words", "long word", "sentence", "line", "no blank near"],
)
def test_where_a_text_is_cut(text, expected):
    cut = pieces([passage("before"), passage(text, 2), passage("after", 3)])
    assert [(piece.start, piece.start + len(piece.passage.text)) for piece in cut if piece.row == 1] == expected
    assert "".join(piece.passage.text for piece in cut) == f"before{text}after"
    assert [piece.row for piece in cut] == [0, *[1] * len(expected), 2]


def test_what_is_named_far_behind_has_its_span():
    """Every sentence of a text of two pieces gives what it gives alone."""
    times = 2 * LONGEST // len(SENTENCE)
    before, [long], [alone] = (
        annotate(NOBODY, [passage("Nobody.")], model=False),
        annotate(NOBODY, [passage(SENTENCE * times)], model=False),
        annotate(NOBODY, [passage(SENTENCE)], model=False),
    )
    assert before[0].annotations == ()
    said = [(ann.type, ann.value, SENTENCE[ann.start : ann.end]) for ann in alone.annotations]
    assert len(said) > 4
    assert [(ann.type, ann.value, long.text[ann.start : ann.end]) for ann in long.annotations] == said * times


@pytest.mark.parametrize(
    "piece",
    ["(", ")", "[", ".", ":", "9", "'s", "art 16(2)(a) ", "CoE (", '("the Convention") ', "1999-2000/", "1 May 2001, "],
)
def test_a_text_that_repeats_one_piece_is_read_in_time(piece):
    """Each took more than ten seconds for these 50,000 letters; now one or two at most."""
    start = time.process_time()
    annotate(NOBODY, [passage(SENTENCE + piece * (50_000 // len(piece)))], model=False)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chapter 1 ........ 7 (see “U.N.”)", "Chapter 1 ........ 7 (see “U.N.”)"),
        (f"Chapter 1 {'.' * 120} 7", f"Chapter 1 {' ' * 120} 7"),
        (f"a{'(]' * 60}b", f"a{' ' * 120}b"),
        (f"Jordan{'’s' * 100}", f"Jordan{' ' * 200}"),
    ],
)
def test_long_runs_of_signs_are_blanked(text, expected):
    assert without_runs(text) == expected

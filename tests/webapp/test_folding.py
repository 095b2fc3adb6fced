import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.folding import fold

SENTENCE = "The committee met and nobody wrote it down. "


def parts(text, hits=()):
    """The pieces as (text, whether it is shown)."""
    return [(text[piece.start : piece.end], piece.shown) for piece in fold(text, hits)]


def shown(text, hits=()):
    return [piece for piece, at_sight in parts(text, hits) if at_sight]


def spans(text, *words):
    return sorted((at, at + len(word)) for word in words for at in [text.index(word)])


@pytest.mark.parametrize("length", [1, 100, 650])
def test_eight_lines_are_shown_whole(length):
    text = "x" * length
    assert parts(text) == [(text, True)]


def test_a_long_passage_is_folded_behind_a_sentence():
    [(first, at_sight), (rest, behind)] = parts(SENTENCE * 30)
    assert (at_sight, behind) == (True, False)
    assert 350 < len(first) < 700
    assert first.rstrip().endswith("down.")
    assert first + rest == SENTENCE * 30


def test_the_first_hit_is_never_behind_the_fold():
    text = SENTENCE * 30 + "Here stands quicksand. " + SENTENCE * 30
    found = parts(text, spans(text, "quicksand"))
    assert [at_sight for _, at_sight in found] == [False, True, False]
    assert "quicksand" in found[1][0]
    assert found[1][0].startswith("The committee")


def test_a_hit_at_the_very_end_leaves_nothing_behind_it():
    text = SENTENCE * 30 + "The last word is quicksand"
    found = parts(text, spans(text, "quicksand"))
    assert [at_sight for _, at_sight in found] == [False, True]
    assert found[1][0].endswith("quicksand")


def test_the_part_with_the_most_of_the_words_is_shown():
    # the first hit stands alone, far from the passage that holds both words
    text = SENTENCE * 20 + "A tide came. " + SENTENCE * 30 + "A tide over quicksand. " + SENTENCE * 20
    first = text.index("tide")
    second = text.index("tide", first + 1)
    [piece] = shown(text, [(first, first + 4), (second, second + 4), *spans(text, "quicksand")])
    assert "A tide over quicksand." in piece


def test_a_phrase_counts_as_one_and_is_shown_whole():
    text = SENTENCE * 30 + "They asked for mutual legal assistance in writing. " + SENTENCE * 30
    [piece] = shown(text, spans(text, "mutual legal assistance"))
    assert "mutual legal assistance" in piece


def test_words_that_stand_far_apart_are_shown_in_two_pieces():
    text = SENTENCE * 20 + "A tide came. " + SENTENCE * 40 + "A wreck lay there. " + SENTENCE * 20
    found = parts(text, spans(text, "tide", "wreck"))
    assert [at_sight for _, at_sight in found] == [False, True, False, True, False]
    assert "tide" in found[1][0]
    assert "wreck" in found[3][0]
    assert sum(len(piece) for piece in (found[1][0], found[3][0])) < 800


def test_the_same_word_far_below_needs_no_second_piece():
    text = "A tide came. " + SENTENCE * 40 + "The Tides went, tides all of them. " + SENTENCE * 10
    [piece] = shown(text, spans(text, "tide", "Tides", "tides"))
    assert piece.startswith("A tide came.")


def test_pieces_that_nearly_touch_are_one():
    text = SENTENCE * 20 + "A tide. " + SENTENCE * 9 + "A wreck. " + SENTENCE * 20
    assert len(shown(text, spans(text, "tide", "wreck"))) == 1


def test_a_text_without_any_break_is_still_folded_and_complete():
    text = "x" * 3000
    assert "".join(piece for piece, _ in parts(text, [(2900, 2905)])) == text


def test_abbreviations_and_symbols_are_no_place_to_break():
    text = ("word " * 98) + "see para. 3 of A/RES/55/63 and e.g. this " + ("word " * 100)
    [piece] = shown(text)
    assert not piece.rstrip().endswith(("para.", "e.g."))


WORDS = st.lists(
    st.sampled_from(["tide", "wreck.", "A", "of", "lighthouses", "Every\n", "conventions;", "é"]), max_size=900
)


@given(words=WORDS, places=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 30)), max_size=12))
def test_nothing_is_lost_and_the_best_hit_is_seen_whole(words, places):
    text = " ".join(words)
    hits = sorted((at, at + length) for at, length in places if at + length <= len(text))
    pieces = fold(text, hits)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.start < piece.end for piece in pieces) or text == ""
    assert sum(piece.shown for piece in pieces) in (1, 2)
    seen = [hit for hit in hits if any(p.shown and p.start <= hit[0] and hit[1] <= p.end for p in pieces)]
    assert bool(seen) == bool(hits)

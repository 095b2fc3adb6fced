import pytest

from webapp.folding import fold

SENTENCE = "The committee met and nobody wrote it down. "


def parts(text, hits=()):
    cut = fold(text, hits)
    return tuple(text[slice(*span)] for span in (cut.before, cut.shown, cut.after))


@pytest.mark.parametrize("length", [1, 100, 650])
def test_eight_lines_are_shown_whole(length):
    text = "x" * length
    assert parts(text) == ("", text, "")


def test_a_long_passage_is_folded_behind_a_sentence():
    before, shown, after = parts(SENTENCE * 30)
    assert before == ""
    assert 350 < len(shown) < 700
    assert shown.rstrip().endswith("down.")
    assert before + shown + after == SENTENCE * 30


def test_the_first_hit_is_never_behind_the_fold():
    text = SENTENCE * 30 + "Here stands quicksand. " + SENTENCE * 30
    at = text.index("quicksand")
    before, shown, after = parts(text, [(at, at + 9)])
    assert "quicksand" in shown
    assert shown.startswith("The committee")
    assert before
    assert after
    assert before + shown + after == text


def test_a_hit_at_the_very_end_leaves_nothing_behind_it():
    text = SENTENCE * 30 + "The last word is quicksand"
    at = text.index("quicksand")
    _, shown, after = parts(text, [(at, at + 9)])
    assert shown.endswith("quicksand")
    assert after == ""


def test_a_text_without_any_break_is_still_folded_and_complete():
    text = "x" * 3000
    assert "".join(parts(text, [(2900, 2905)])) == text


def test_abbreviations_and_symbols_are_no_place_to_break():
    text = ("word " * 98) + "see para. 3 of A/RES/55/63 and e.g. this " + ("word " * 100)
    _, shown, _ = parts(text)
    assert not shown.rstrip().endswith(("para.", "e.g."))

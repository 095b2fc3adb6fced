"""Tokens, folding and stems: the rules that index, query and highlighting share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import fold, stem, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # every part of a symbol counts, one character long or longer
        ("A/RES/55/63", "a res 55 63"),
        ("art 16(2)(a)", "art 16 2 a"),
        ("Directive 95/46/EC", "directive 95 46 ec"),
        # hyphens separate, apostrophes do not, a possessive falls away
        ("cyber-crime", "cyber crime"),
        ("Interpol's O’Brien", "interpol obrien"),
        ("members' rights", "members rights"),
        # abbreviations with dots are one word; numbers and words with one dot are two
        ("U.N. and U.S.'s e.g.", "un and us eg"),
        ("para.2 3.1", "para 2 3 1"),
        # letters of all scripts, however their accents are written
        ("Müller Mu\u0308ller", "muller muller"),
        ("Συνθήκη ДОГОВОР", "συνθηκη договор"),
        # signs are no words
        ("-- … _ & §", ""),
        ("_underlined_", "underlined"),
    ],
)
def test_words(text, expected):
    assert " ".join(words(text)) == expected


def test_spans_point_at_the_token_without_the_possessive():
    text = "the U.N.'s (Interpol’s)"
    assert [text[token.start : token.end] for token in tokens(text)] == ["the", "U.N.", "Interpol"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("convention", "conventions"),
        ("organisation", "organizations"),
        ("criminalise", "criminalizing"),
        ("behaviour", "behaviors"),
        ("offence", "offenses"),
        ("programmes", "program"),
        ("analyse", "analyzed"),
        ("centre", "centers"),
    ],
)
def test_these_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("international", "internet"), ("treaty", "treat"), ("four", "for"), ("tour", "tor"), ("55", "5")],
)
def test_these_do_not(one, other):
    assert stem(one) != stem(other)


@given(st.text())
def test_tokens_lie_in_the_text_in_order_and_are_folded(text):
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        assert token.text
        assert fold(token.text) == token.text
        last = token.end

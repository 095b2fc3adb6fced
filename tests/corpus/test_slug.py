"""Slugs."""

import pytest

from corpus.slug import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Chairman's Model Law", "the-chairmans-model-law"),
        ("A/RES/55/63", "a-res-55-63"),
        ("Réunion – «Économie»", "reunion-economie"),
        ("  ", ""),
        ("中文", ""),
        ("one two three", "one-two-three"),
    ],
)
def test_slugs_are_plain_words(text, expected):
    assert slug(text) == expected


def test_a_long_slug_ends_with_a_whole_word():
    assert slug("alpha beta gamma", limit=12) == "alpha-beta"

"""The small pieces of matching: places, spellings, what is indexed, what is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import AnnotationType
from search.analysis import stems
from search.contents import fields, provisions, row
from search.highlight import highlights
from search.parser import parse
from search.positions import phrases, windows
from search.postings import Stored
from search.query import Exact, Field, Or, Phrase, YearRange
from search.spelling import distance, within
from search.vocabulary import Vocabulary
from tests.factories import document, passage, tag


@pytest.mark.parametrize(
    ("places", "count"),
    [([[1, 5], [2, 9]], 1), ([[1, 5], [2, 6]], 2), ([[2], [1]], 0), ([[1], [2], [3]], 1), ([[1], [2], [4]], 0)],
)
def test_phrases(places, count):
    assert phrases(places) == count


@pytest.mark.parametrize(
    ("places", "distance_", "count"),
    [
        ([[1], [2]], 0, 1),
        ([[2], [1]], 0, 1),  # in any order
        ([[1], [4]], 1, 0),
        ([[1], [4]], 2, 1),
        ([[1, 20], [3, 22]], 1, 2),
        ([[1], [5], [3]], 2, 1),
        ([[7], [7]], 5, 0),  # one place cannot serve two words
        ([[7, 9], [7, 9]], 1, 1),
    ],
)
def test_windows(places, distance_, count):
    assert windows(places, distance_) >= count
    assert bool(windows(places, distance_)) == bool(count)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("terorism", "terrorism", 1),
        ("polcie", "police", 1),
        ("cat", "cut", 1),
        ("abc", "abc", 0),
        ("cober", "copre", 2),
        ("", "ab", 2),
    ],
)
def test_distance(one, other, edits):
    assert distance(one, other, 5) == distance(other, one, 5) == edits
    assert within(one, other, edits)
    assert edits == 0 or not within(one, other, edits - 1)


@given(st.lists(st.text("abcdé", max_size=6)), st.text("abcdé", max_size=6), st.integers(1, 2))
def test_a_vocabulary_finds_what_comparing_every_word_finds(words, word, edits):
    vocabulary = Vocabulary(words)
    assert vocabulary.near(word, edits) == sorted(other for other in set(words) if distance(other, word, 9) <= edits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cybercrime", {"cybercrim", "cyber", "crime"}),
        ("cyber crime", {"cybercrim", "cyber", "crime"}),
        ("cyber-crime", {"cybercrim", "cyber", "crime"}),
        ("co-operation", {"co", "oper", "cooper"}),
        ("legal aid", {"legal", "aid"}),
        ("cyber", {"cyber"}),
        ("2001-02", {"2001", "02"}),
    ],
)
def test_compounds_meet(text, expected):
    assert {each.text for each in stems(text)} == expected


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ("32", ["32"]),
        ("2-4", ["2", "3", "4"]),
        ("14,15", ["14", "15"]),
        ("16(2)(a)", ["16", "16(2)", "16(2)(a)"]),
        ("4-2", ["4-2"]),
        ("1-9999", ["1-9999"]),
        ("", []),
    ],
)
def test_articles_are_spelled_out(articles, expected):
    ann = tag("x", AnnotationType.PROVISION, "T", articles=articles)
    assert list(provisions(ann)) == [f"T|{article}" for article in expected]


def test_what_is_indexed_of_a_passage():
    held = passage(
        "Europol and Europol wrote in 2001.", section=["One", "Two"], organisations=["Europol", "Europol"], years=[2001]
    )
    texts = fields(document(title="On police"), held)
    assert texts == {
        Field.TEXT: held.text,
        Field.SECTION: "One\x1eTwo",
        Field.TITLE: "On police",
        Field.NAMES: "Europol",
    }
    line = row(document(), held, 7, texts)
    assert (line.key, line.passage_id, line.values["organisation"], line.values["year"]) == (
        7,
        held.id,
        {"Europol": 2},
        {"2001": 1},
    )
    assert line.lengths == {"text": 6, "section": 2, "title": 2, "names": 1}


TEXT = "In 2001 the CoE opened it; cyber-crime and crime (art 16(2)) are cybercrimes."
HELD = Stored(TEXT, ((3, 7, "year", "2001"), (12, 15, "organisation", "Council of Europe")))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("cybercrime", ["cyber-crime", "cybercrimes"]),
        ("crime", ["crime", "crime", "cybercrimes"]),
        ('"cyber crime"', ["cyber-crime"]),
        ("opened w/3 cyber", ["opened", "cyber"]),
        ("opened w/1 crime", []),
        ("16(2)", ["16(2)"]),
        ("title:crime", []),
        ("opened OR nothing", ["opened"]),
        ("-opened", []),
        ('organisation:"council of europe"', ["CoE"]),
        ("year:1999..2003", ["2001"]),
        ("year:2001", ["2001"]),
    ],
)
def test_marked(query, marked):
    assert [TEXT[start:end] for start, end in highlights(parse(query), HELD)] == marked


def test_overlapping_marks_are_one():
    tree = Or((Phrase(("the", "coe")), Exact("organisation", "Council of Europe"), YearRange(1, 9)))
    assert highlights(tree, HELD) == ((8, 15),)

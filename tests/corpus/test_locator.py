"""Locators parse and print both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LocatorError
from corpus.locator import CONTAINERS, UNITS, Locator, Step, passage_id, split_passage_id

#: (path in an id, label for people)
BOTH_WAYS = [
    ("para-10", "para 10"),
    ("para-1-a", "para 1(a)"),
    ("art-16-2", "art 16(2)"),
    ("art-6-1-a-ii", "art 6(1)(a)(ii)"),
    ("art-4-1a", "art 4(1a)"),  # a paragraph inserted later
    ("fn-21", "fn 21"),
    ("preambular-4", "preambular para 4"),
    ("turn-12", "turn 12"),
    ("rec-1.9", "rec 1.9"),  # the source's own decimal number is one number
    ("rec-1.9-a", "rec 1.9(a)"),
    ("art-1/comment-1", "art 1 comment 1"),
]


@pytest.mark.parametrize(("path", "label"), BOTH_WAYS)
def test_path_and_label_say_the_same(path, label):
    assert Locator.parse(path).label == label
    assert Locator.from_label(label).path == path
    assert Locator.parse(path) == Locator.from_label(label)


def test_the_container_is_in_the_path_but_not_in_the_label():
    locator = Locator.from_label("art 16(2)", (Step("appendix", ("1",)),))
    assert locator.path == "appendix-1/art-16-2"
    assert locator.label == "art 16(2)"
    assert Locator.parse("appendix-1/art-16-2").container == (Step("appendix", ("1",)),)


def test_a_container_may_have_no_number():
    locator = Locator.parse("annex/para-1")
    assert (locator.path, locator.label, locator.container[0].label) == ("annex/para-1", "para 1", "annex")


def test_a_counted_passage_has_no_label():
    assert Locator.parse("p-37").label is None


def test_copies_of_one_label_are_told_apart():
    assert Locator.from_label("art 2", copy=2).path == "art-2~2"
    assert Locator.parse("art-2~2").label == "art 2"


@pytest.mark.parametrize(
    "text", ["", "art", "art-", "16(2)", "art-16-2/", "art 16", "art-2~1", "art-2~x", "../etc", "ART-2"]
)
def test_what_is_no_locator_is_refused(text):
    with pytest.raises(LocatorError):
        Locator.parse(text)


@pytest.mark.parametrize("text", ["", "art", "art16(2)", "art 16(2", "para", "paragraph ten", "art 16 (2)"])
def test_what_is_no_label_is_refused(text):
    with pytest.raises(LocatorError):
        Locator.from_label(text)


def test_locators_sort_as_people_count():
    paths = [
        "annex-1/art-2",
        "annex-10/art-1",
        "art-2",
        "art-2~2",
        "art-2-1",
        "art-2-1-b",
        "art-2-10",
        "art-2-10a",
        "art-10",
    ]
    shuffled = sorted(paths)
    assert sorted(shuffled, key=lambda path: Locator.parse(path).order) == paths


def test_passage_ids_split_at_the_document():
    assert split_passage_id("model-law/appendix-1/art-16-2") == ("model-law", Locator.parse("appendix-1/art-16-2"))
    assert passage_id("model-law", Locator.parse("fn-3")) == "model-law/fn-3"
    with pytest.raises(LocatorError):
        split_passage_id("model-law")


numbers = st.from_regex(r"[0-9]{1,3}[a-z]?|[a-z]{1,3}|[0-9]\.[0-9]{1,2}", fullmatch=True)
steps = st.builds(
    Step, st.sampled_from(sorted({*UNITS, *CONTAINERS})), st.lists(numbers, min_size=1, max_size=4).map(tuple)
)


@given(st.builds(Locator, st.lists(steps, min_size=1, max_size=3).map(tuple), st.integers(1, 9)))
def test_every_locator_comes_back_from_its_path(locator):
    assert Locator.parse(locator.path) == locator

"""The frozen suite of queries: each is read as it was, and prints back."""

import pytest

from search.names import library_names
from search.parser import parse
from search.printer import format  # noqa: A004  (the query language's own verb)
from search.query import And, Exact, Or, Phrase, Word
from search.reading import describe, parts
from tests.search.frozen import QUERIES, SUITE, notation

NAMES = library_names()


@pytest.mark.parametrize(
    ("query", "tree"), [pair for section in SUITE.values() for pair in section.items()], ids=QUERIES
)
def test_read_as_ever(query, tree):
    assert notation(parse(query, NAMES)) == tree


@pytest.mark.parametrize("query", QUERIES)
def test_prints_back(query):
    tree = parse(query, NAMES)
    assert parse(format(tree), NAMES) == tree
    assert parse(format(tree, NAMES), NAMES) == tree
    assert describe(tree)
    assert all(parse(format(part.without, NAMES), NAMES) == part.without for part in parts(tree, NAMES))


def test_the_suite_is_wide():
    assert len(set(QUERIES)) == len(QUERIES) >= 150


def test_the_notation_tells_trees_apart():
    alpha, beta = Word("alpha"), Word("beta")
    tag, words = Exact("organisation", "Hill Club"), Phrase(("hill", "club"))
    trees = [And((alpha, beta)), And((alpha, beta), strict=True), Or((alpha, beta)), Phrase(("alpha", "beta"))]
    trees += [Or((tag, words)), Or((words, tag)), tag, words, Or((tag, alpha)), Or((tag, words, alpha))]
    assert len({notation(tree) for tree in trees}) == len(trees)

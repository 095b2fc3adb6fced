"""How a query is explained, and what remains when a part of it is taken away."""

import pytest
from hypothesis import given, settings

from search.names import Resolver
from search.parser import parse
from search.printer import format  # noqa: A004  (the query language's own verb)
from search.reading import describe, parts
from tests.search.trees import trees

ORGANISATIONS = dict.fromkeys(("CoE", "coe", "Council of Europe"), "Council of Europe") | {"INTERPOL": "INTERPOL"}
INSTRUMENTS = {
    "Budapest Convention": "Convention on Cybercrime",
    "Convention on Cybercrime": "Convention on Cybercrime",
}
INSTRUMENTS |= {name: name for name in ("Directive 95/46/EC", "US Code")}
NAMES = Resolver(ORGANISATIONS.get, INSTRUMENTS.get)


@pytest.mark.parametrize(
    ("query", "description"),
    [
        ("", "every passage"),
        ("alpha", "the word alpha"),
        ("alpha beta gamma", "the words alpha, beta and gamma"),
        ("CoE alpha", "the word alpha and the organisation Council of Europe"),
        ("alpha OR (beta gamma)", "the word alpha or (the words beta and gamma)"),
        ("alpha -beta -gamma", "the word alpha without the words beta or gamma"),
        ("NOT alpha", "every passage without the word alpha"),
        ('title:"alpha beta" cyb*', "the phrase “alpha beta” in the title and words that start with cyb"),
        ("alpha w/5 beta", "alpha and beta with at most 5 words in between"),
        ("year:1995..2005 kind:report", "the years 1995 to 2005 and documents of kind report"),
        ("passage_kind:list_item", "passages of kind list item"),
        ("terorism~", "words spelled like terorism"),
        ("Budapest Convention art 32(b)", "article 32(b) of the Convention on Cybercrime"),
        ("Directive 95/46/EC art 6", "article 6 of Directive 95/46/EC"),
        ("18 US Code s 1030", "section 1030 of the US Code"),
        ("CoE OR alpha", "the word alpha or the organisation Council of Europe"),
        ("CoE OR INTERPOL", "the organisation Council of Europe or the organisation INTERPOL"),
        ("-(CoE OR alpha)", "every passage without (the word alpha or the organisation Council of Europe)"),
        ("dated:2001..2005 cited_year:1995", "documents of 2001 to 2005 and instruments of 1995"),
        ("within:CoE", "the organisation Council of Europe or a body of it"),
    ],
)
def test_described(query, description):
    assert describe(parse(query, NAMES)) == description


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("alpha", [("the word alpha", "", "and")]),
        ("-alpha", [("the word alpha", "", "without")]),
        (
            "alpha CoE -beta",
            [
                ("the word alpha", "(Council of Europe) -beta", "and"),
                ("the organisation Council of Europe", "alpha -beta", "and"),
                ("the word beta", "alpha (Council of Europe)", "without"),
            ],
        ),
        (
            "alpha OR Budapest Convention art 32(b) OR kind:report",
            [
                ("the word alpha", 'Convention on Cybercrime art 32(b) OR kind:"report"', "or"),
                ("article 32(b) of the Convention on Cybercrime", 'alpha OR kind:"report"', "or"),
                ("documents of kind report", "alpha OR Convention on Cybercrime art 32(b)", "or"),
            ],
        ),
        ("CoE", [("the organisation Council of Europe", "", "or")]),
        ('"CoE"', [("the organisation Council of Europe or the phrase “coe”", "", "or")]),
        (
            "the AND alpha (beta OR gamma)",
            [
                ("the word the", "alpha AND (beta OR gamma)", "and"),
                ("the word alpha", "the AND (beta OR gamma)", "and"),
                ("the words beta or gamma", "the AND alpha", "and"),
            ],
        ),
        (
            "alpha (beta OR gamma)",
            [("the word alpha", "beta OR gamma", "and"), ("the words beta or gamma", "alpha", "and")],
        ),
    ],
)
def test_parts(query, expected):
    found = [
        (part.description, format(part.without, NAMES), part.joined_by) for part in parts(parse(query, NAMES), NAMES)
    ]
    assert found == expected


@settings(deadline=None)  # a busy machine is no slow printer
@given(trees())
def test_parts_are_taken_away_one_after_the_other_until_nothing_remains(tree):
    while tree is not None:
        found = parts(tree)
        assert all(part.description for part in found)
        for part in found:
            assert parse(format(part.without)) == part.without
            assert len(format(part.without)) < len(format(tree))
        tree = found[0].without


@settings(deadline=None)
@given(trees())
def test_any_tree_prints_and_reads_back(tree):
    assert parse(format(tree)) == tree
    assert describe(tree)

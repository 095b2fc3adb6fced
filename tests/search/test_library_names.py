"""The query box knows what the authority files know: every form of a name asks for one thing."""

import pytest

from search.names import library_names
from search.parser import parse
from search.query import Word
from search.reading import describe


@pytest.mark.parametrize(
    "forms",
    [
        ["CoE", "COE", "Council of Europe", "the Council of Europe"],
        ["55/63", "A/RES/55/63", "GA resolution 55/63", "UNGA Res 55/63"],
        [
            "Budapest Convention art 32",
            "Convention on Cybercrime, article 32",
            "art. 32 of the Convention on Cybercrime",
        ],
    ],
)
def test_every_form_gives_one_tree(forms):
    trees = {parse(form, library_names()) for form in forms}
    assert len(trees) == 1
    assert not any(isinstance(tree, Word) for tree in trees)


@pytest.mark.parametrize("word", ["who", "it", "convention", "2001", "article", "police"])
def test_common_words_stay_words(word):
    assert parse(word, library_names()) == Word(word)


def test_names_inside_a_question():
    tree = parse("what did INTERPOL say about Directive 95/46/EC", library_names())
    assert "organisation INTERPOL" in describe(tree)
    assert "instrument Directive 95/46/EC" in describe(tree)

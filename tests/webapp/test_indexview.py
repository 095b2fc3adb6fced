import pytest

from corpus.model import AnnotationType
from search.results import FacetValue
from tests.webapp import web_library
from webapp.indexview import Article, by_article, by_letter, natural, with_handle


def values(*names):
    return [FacetValue(name, name, 1) for name in names]


def test_names_stand_under_their_letters_accents_apart_and_figures_last():
    letters = by_letter(values("zebra", "Écoles", "echo", "10 Downing", "Apple"))
    assert [(letter, [value.label for value in group]) for letter, group in letters] == [
        ("A", ["Apple"]),
        ("E", ["echo", "Écoles"]),
        ("Z", ["zebra"]),
        ("#", ["10 Downing"]),
    ]


def test_a_handle_finds_every_name_that_shares_it():
    found = with_handle(values("The Treaty", "THE TREATY", "Other"), "the-treaty")
    assert [value.value for value in found] == ["The Treaty", "THE TREATY"]


def test_articles_come_in_their_own_order_with_the_passages_that_cite_them():
    writer = web_library.Writer(web_library.REPORT)
    cited = AnnotationType.PROVISION
    for number, articles in enumerate(("16(2)", "2,10", "2-9"), 1):
        extra = [web_library.provision(0, 4, articles)]
        writer.add("Text without names.", f"para-{number}", extra=extra)
    assert all(ann.type == cited for passage in writer.passages for ann in passage.annotations)
    found = by_article(writer.passages, ["Convention on Cybercrime"])
    assert [(article.number, [p.label for p in article.passages]) for article in found] == [
        ("2", ["para 2"]),
        ("2-9", ["para 3"]),
        ("10", ["para 2"]),
        ("16(2)", ["para 1"]),
    ]


def test_articles_of_other_instruments_are_left_out():
    assert by_article(web_library.law(), ["Another Convention"]) == ()


@pytest.mark.parametrize(("number", "anchor"), [("16(2)", "art-16"), ("2-9", "art-2"), ("3bis", "art-3bis")])
def test_where_links_to_an_article_arrive(number, anchor):
    assert Article(number, ()).anchor == anchor


def test_figures_are_ordered_as_numbers():
    assert sorted(["10", "2", "16(2)", "2-9"], key=natural) == ["2", "2-9", "10", "16(2)"]

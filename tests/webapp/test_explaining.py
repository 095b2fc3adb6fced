"""Why a passage carries its tags: in words, on the page, on the command line."""

from dataclasses import replace

import pytest

from corpus.corrections import apply, parse
from corpus.model import Annotation, AnnotationType, Found
from tests.factories import passage, tag
from webapp.commands.show import tag_lines
from webapp.explaining import how_found, how_sure, reasons, stands_for

ORGANISATION = AnnotationType.ORGANISATION


@pytest.mark.parametrize("found", Found)
@pytest.mark.parametrize("kind", AnnotationType)
def test_every_way_of_finding_has_words_without_our_jargon(found, kind):
    words = how_found(Annotation(0, 1, kind, "x", found))
    assert len(words.split()) > 3
    assert not {"gazetteer", "regex", "span", "annotation", "found by"}.intersection(words.split())


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "certain"), (0.95, "very likely"), (0.8, "likely"), (0.6, "plausible, worth a check")],
)
def test_a_confidence_is_told_in_words(confidence, words):
    assert how_sure(confidence) == words


def test_each_annotation_is_told_once_with_its_number_of_places():
    text = "Lamps, Lamps and Article 3 of the Lamp Treaty."
    lamps = [Annotation(at, at + 5, ORGANISATION, "Lamps Ltd", Found.MODEL, confidence=0.6) for at in (0, 7)]
    article = Annotation(17, 26, AnnotationType.PROVISION, "Lamp Treaty", Found.PATTERN, "article", "3")
    inside = tag(text, ORGANISATION, "Lamp", shown="Lamp Treaty", subtype="part")
    found = reasons(passage(text, annotations=[*lamps, article, inside]))
    assert [(each.words, each.stands_for, each.times) for each in found] == [
        ("Lamps", "Lamps Ltd", 2),
        ("Article 3", "Lamp Treaty, art 3", 1),
        ("Lamp Treaty", "Lamp", 1),
    ]
    assert found[0].percent == "60 %"
    assert "no tag of the passage" in found[2].remark
    lines = list(tag_lines(found))
    assert lines[2] == (
        "  “Lamps” (2 times) = organisation Lamps Ltd: proposed by the statistical model; no list confirms it"
        " (plausible, worth a check, 60 %)"
    )


@pytest.mark.parametrize(
    ("value", "subtype", "articles", "expected"),
    [
        ("Lamp Treaty", "article", "16(2)", "Lamp Treaty, art 16(2)"),
        ("Lamp Act", "section", "3", "Lamp Act, s 3"),
        ("Lamp Treaty", "chapter", "chapter II", "Lamp Treaty, chapter II"),  # says itself what it is
        ("Lamp Treaty", "treaty", "", "Lamp Treaty"),
        ("", "ibid", "", "something that could not be told"),
    ],
)
def test_what_words_stand_for(value, subtype, articles, expected):
    ann = Annotation(0, 4, AnnotationType.PROVISION, value, Found.PATTERN, subtype, articles)
    assert stands_for(ann) == expected


@pytest.mark.parametrize(("value", "expected"), [("annex-1/fn-11", "fn 11"), ("", "something that could not be told")])
def test_a_note_that_points_back_stands_for_another_note(value, expected):
    assert stands_for(Annotation(0, 4, AnnotationType.NOTE, value, Found.REFERENCE, "ibid")) == expected


def test_what_a_correction_set_aside_is_still_told():
    text = "The keepers met."
    plain = passage(text, annotations=[tag(text, ORGANISATION, "Keepers Ltd", shown="keepers")])
    rule = '[[rename]]\ntype = "organisation"\nfrom = "Keepers Ltd"\nto = "Keepers\' Guild"\n'
    (corrected,) = apply(parse(rule), "lecture", [plain]).passages
    now, before = reasons(corrected)
    assert (now.stands_for, now.how, now.sure) == (
        "Keepers' Guild",
        "set by a person in the library’s corrections",
        "certain",
    )
    assert (before.stands_for, before.remark, before.valid) == ("Keepers Ltd", "set aside by a correction", False)
    assert reasons(replace(plain, annotations=())) == ()


def test_the_page_tells_every_annotation_and_links_what_has_a_page(page):
    tree = page("/passages/model-law/art-1-2")
    (table,) = tree.xpath("//section[@id='tags']//table")
    rows = [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
    assert rows[0] == ["Words", "Stand for", "How that was found", "How sure"]
    assert [
        "Article 16(2)",
        "Convention on Cybercrime, art 16(2) provision",
        "numbers cited beside the name of the instrument",
        "certain",
    ] in rows
    assert table.xpath(".//a/@href") == [
        "/instruments/convention-on-cybercrime#art-16",
        "/instruments/convention-on-cybercrime",
        "/instruments/convention-on-cybercrime#art-2",
    ]


def test_a_passage_without_tags_has_no_such_table(page):
    assert page("/passages/model-law/art-1-1").xpath("//section[@id='tags']") == []

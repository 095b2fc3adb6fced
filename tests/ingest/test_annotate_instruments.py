"""Instruments in passages: named, titled, national, and referred to."""

from dataclasses import replace

import pytest

from corpus.authority.resolutions import Organ
from corpus.model import DocumentKind, Found, PassageKind
from ingest.annotate.instruments import find_instruments, named_instruments, organ_of
from ingest.annotate.sentences import sentences
from tests.factories import document, library, passage


def values(text, **options):
    return [annotation.value for annotation in named_instruments(text, **options)]


def test_a_place_of_publication_is_no_country_of_a_law():
    book = "A. Writer, Penal Code, General Part, House of Books, Lebanon, 1988."
    assert values(book) == ["Penal Code (Lebanon)"]
    assert values(book, prose=False) == []
    note = replace(passage(book), kind=PassageKind.FOOTNOTE)
    assert find_instruments(document(), [note]) == [()]


def test_how_a_tag_was_found_is_told():
    found = named_instruments("Resolution 55/63, the Rome Statute and the Ulm Declaration")
    assert [(ann.found, ann.confidence < 1) for ann in found] == [
        (Found.PATTERN, False),
        (Found.GAZETTEER, False),
        (Found.PATTERN, True),
    ]
    assert [ann.subtype for ann in found] == ["resolution", "treaty", "declaration"]


@pytest.mark.parametrize(
    ("facts", "organ"),
    [
        ({"symbol": "A/HRC/20/2"}, Organ.RIGHTS),
        ({"symbol": "A/RES/75/1"}, Organ.ASSEMBLY),
        ({"symbol": "S/RES/1"}, Organ.SECURITY),
        ({"body": "United Nations Economic and Social Council"}, Organ.ECONOMIC),
        ({"body": "OAS"}, None),
    ],
)
def test_the_document_tells_the_organ(facts, organ):
    assert organ_of(document(**facts)) == organ


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("General Assembly resolutions", "70/1\tA title\n2297 (XXII)\tAnother", ["A/RES/70/1", "A/RES/2297 (XXII)"]),
        (
            "Economic and Social Council resolutions",
            "1819 (LV)\tA title\n2025/4\tB",
            ["E/RES/1819 (LV)", "E/RES/2025/4"],
        ),
        ("Security Council resolutions", "1373 (2001)\tA title", ["S/RES/1373 (2001)"]),
        # another heading, and numbers that open no row
        ("Budget for 2025", "70/1\tA title", []),
        ("General Assembly resolutions", "in 70/1 cases", []),
    ],
)
def test_rows_below_an_organ_s_heading_are_its_resolutions(heading, text, expected):
    listed = replace(passage(text, section=[heading]), kind=PassageKind.TABLE)
    assert [ann.value for ann in find_instruments(document(), [listed])[0]] == expected


# -- references ----------------------------------------------------------------------------------------------------


def references(*texts, doc=None, labels=()):
    passages = library(*texts)
    for at, label in labels:
        passages[at] = replace(passages[at], label=label)
    found = find_instruments(doc or document(), passages)
    return [[ann.value for ann in anns if ann.found == Found.REFERENCE] for anns in found]


CRIME, CHILD = "Convention on Cybercrime", "Convention on the Rights of the Child"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The Budapest Convention is open. The Convention has articles."], [[CRIME]]),
        (["The Budapest Convention is open.", "States may join the Convention."], [[], [CRIME]]),
        # the head noun must fit
        (["The Budapest Convention is open. The Protocol is not."], [[]]),
        (["The Convention on Cybercrime and its Additional Protocol. The Treaty is old."], [[]]),
        # the sentence's subject leads, not what is named last
        (["The Directive 97/66/EC builds on Directive 95/46/EC. The Directive protects."], [["Directive 97/66/EC"]]),
        (
            ["As the Directive 95/46/EC is narrow, Directive 97/66/EC was added. The Directive protects."],
            [["Directive 97/66/EC"]],
        ),
        # within one sentence the nearest
        (
            ["Join the Convention on Cybercrime or the Convention on Migratory Birds, as the Convention says."],
            [["Convention on Migratory Birds"]],
        ),
        # two that lead alike leave it open
        (
            [
                "States joined both the Convention on Cybercrime and the Convention on the Rights of the Child.",
                "The Convention helps.",
            ],
            [[], []],
        ),
        # a section of the code that was cited before
        (["Under 18 U.S.C. § 1030 it is a crime. § 1030A adds to it."], [["US Code s 1030A"]]),
        (["Norway's rule stands in § 1030."], [[]]),
        # plurals, indefinite and lower-case mentions refer to nothing
        (["The Budapest Convention.", "Such conventions, a Convention, the convention, the Conventions."], [[], []]),
        # "this" points next door only
        (["The Budapest Convention.", "One.", "Two.", "Three.", "This Convention helps."], [[], [], [], [], []]),
    ],
)
def test_references_back(texts, expected):
    assert references(*texts) == expected


def test_a_treaty_s_own_text_speaks_of_itself():
    treaty = document(title="Convention on Cybercrime", kind=DocumentKind.TREATY)
    texts = ["For the purposes of this Convention:", "It adds to the Rome Statute. The present Convention stands."]
    assert references(*texts, doc=treaty) == [[CRIME], [CRIME]]


def test_quoted_articles_speak_of_the_instrument_named_before_them():
    texts = [
        "Implement the Convention on Cybercrime:",
        "It adds to the Convention on the Rights of the Child.",
        "This Convention stands.",
    ]
    assert references(*texts, labels=[(1, "art 1"), (2, "art 2")]) == [[], [], [CRIME]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One ends. Two begins.", 2),
        ("See Art. 5 of it. Then No. 3 follows.", 2),
        ("The U.S. Senate met.", 1),
        ("“Quoted.” Next one?\nLine", 3),
        ("", 1),
    ],
)
def test_sentences(text, count):
    spans = sentences(text)
    assert len(spans) == count
    assert "".join(text[start:end] for start, end in spans) == text

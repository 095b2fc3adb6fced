"""Pinpoints and the instruments that they belong to."""

from dataclasses import replace

import pytest

from corpus.model import DocumentKind, PassageKind
from ingest.annotate.articles import Unit, find_pinpoints
from ingest.annotate.instruments import find_instruments
from ingest.annotate.provisions import find_provisions
from tests.factories import document, library


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("Article 16(2)", ["16(2)"]),
        ("Article 16 (2) (a)", ["16(2)(a)"]),
        ("Articles 2-9", ["2-9"]),
        ("Articles 2 through 5", ["2-5"]),
        ("arts 14, 15 and 21", ["14,15,21"]),
        ("Articles 11, 14 to 18 and 31", ["11,14-18,31"]),
        ("Article 3, 4 and 5", ["3,4,5"]),
        ("article 2 and article 4", ["2", "4"]),
        # sub-paragraphs in other people's ways
        ("Article 6.1", ["6(1)"]),
        ("Article 17-1", ["17(1)"]),
        ("Article 24, paragraph 1", ["24(1)"]),
        ("article 4, paragraphs 3 and 4", ["4(3),4(4)"]),
        ("paragraph 2 of Article 5", ["5(2)"]),
        ("Article 5a(1)", ["5a(1)"]),
        ("article VI", ["VI"]),
        ("Section 1028(a)(7)", ["1028(a)(7)"]),
        ("§ 202", ["202"]),
        ("§§ 3 and 4", ["3,4"]),
        ("paragraph 40", ["40"]),
        # no pinpoints
        ("this article, the articles, an article of 2001", []),
        ("particle 5, part 5", []),
    ],
)
def test_the_grammar_of_pinpoints(text, articles):
    assert [pinpoint.articles for pinpoint in find_pinpoints(text)] == articles


def test_a_date_is_no_part_of_a_list():
    assert [p.articles for p in find_pinpoints("Article 5 and 12 May 2001")] == ["5"]


def test_units_are_told_apart():
    text = "Article 1; Section 2; § 3; paragraph 4"
    assert [p.unit for p in find_pinpoints(text)] == [Unit.ARTICLE, Unit.SECTION, Unit.SECTION, Unit.PARAGRAPH]


CRIME, CHILD, ROME = (
    "Convention on Cybercrime",
    "Convention on the Rights of the Child",
    "Rome Statute of the International Criminal Court",
)


def provisions(*texts, doc=None, labels=(), kinds=()):
    passages = library(*texts)
    for at, label in labels:
        passages[at] = replace(passages[at], label=label)
    for at, kind in kinds:
        passages[at] = replace(passages[at], kind=kind)
    the_document = doc or document()
    found = find_provisions(the_document, passages, find_instruments(the_document, passages))
    return [[(ann.value, ann.articles) for ann in anns] for anns in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # beside it, behind and before
        (["Article 16(2) of the Convention on Cybercrime"], [[(CRIME, "16(2)")]]),
        (["The Convention on Cybercrime Articles 23-25"], [[(CRIME, "23-25")]]),
        (["the Convention on Cybercrime (Article 5)"], [[(CRIME, "5")]]),
        (["Article 8 ECHR"], [[("Convention for the Protection of Human Rights and Fundamental Freedoms", "8")]]),
        (
            ["paragraph 38 of the WSIS Tunis Agenda"],
            [[("Tunis Agenda for the Information Society", "38")]],
        ),
        (
            ["Articles 2-9 of the Budapest Convention, and Article 15 of the Rome Statute"],
            [[(CRIME, "2-9"), (ROME, "15")]],
        ),
        # a list goes on
        (
            ["the Convention on Cybercrime Articles 14-22 on procedure, and Articles 23-25"],
            [[(CRIME, "14-22"), (CRIME, "23-25")]],
        ),
        # in the sentence and from the sentences before
        (["The Budapest Convention punishes fraud in Article 8."], [[(CRIME, "8")]]),
        (["The Budapest Convention is old. Article 8 is on fraud."], [[(CRIME, "8")]]),
        (["The Budapest Convention is old.", "Article 8 is on fraud."], [[], [(CRIME, "8")]]),
        (["Articles 2-9 on crimes in the Budapest Convention matter."], [[(CRIME, "2-9")]]),
        # the subject owns the parenthesis at the end
        (["The Directive 97/66/EC completes Directive 95/46/EC (Article 1-1)."], [[("Directive 95/46/EC", "1(1)")]]),
        (
            ["The Directive 97/66/EC completes Directive 95/46/EC, and gives protection (Article 1-1)."],
            [[("Directive 97/66/EC", "1(1)")]],
        ),
        # a list may close with its instrument
        (["Article 3 and Article 4, paragraph 2, of the Budapest Convention"], [[(CRIME, "3"), (CRIME, "4(2)")]]),
        # something else's article
        (["The Budapest Convention is old. Article 8 of the by-laws is new."], [[]]),
        (["Article 8 of this book."], [[]]),
        (["Article 8 is good."], [[]]),
        # too far away
        (["The Budapest Convention is old.", "A.", "B.", "C.", "D.", "Article 8 is good."], [[], [], [], [], [], []]),
        # sections are those of laws
        (["The Norwegian Penal Code has a rule in § 202."], [[("Penal Code (Norway)", "202")]]),
        (["The Budapest Convention in section 2 explains."], [[]]),
        (["under 18 U.S.C. § 1030(a)(5)"], [[("US Code s 1030", "1030(a)(5)")]]),
        (
            ["Under 18 U.S.C. § 1030 it is. § 1030A(b) adds."],
            [[("US Code s 1030", "1030"), ("US Code s 1030A", "1030A(b)")]],
        ),
        (["the Tunis Agenda of WSIS paragraph 42"], [[("Tunis Agenda for the Information Society", "42")]]),
        # the place in a report is no provision
        (["the report (A/78/409, para. 89)"], [[]]),
    ],
)
def test_binding(texts, expected):
    assert provisions(*texts) == expected


def test_in_a_treaty_s_own_text_a_bare_article_is_its_own():
    treaty = document(title="Convention on Cybercrime", kind=DocumentKind.TREATY)
    texts = ["Subject to Articles 14 and 15.", "As Article 5 of the Rome Statute has it, Article 21 applies."]
    assert provisions(*texts, doc=treaty) == [[(CRIME, "14,15")], [(ROME, "5"), (CRIME, "21")]]


@pytest.mark.parametrize(
    ("self_name", "owner"),
    [
        ("this Law", "Model Law on Umbrellas"),  # the document's own articles
        ("this Convention", CRIME),  # a model law that calls itself a convention quotes one
    ],
)
def test_articles_belong_to_what_they_call_themselves(self_name, owner):
    law = document(title="Model Law on Umbrellas", kind=DocumentKind.TREATY)
    texts = ["Implement the Convention on Cybercrime:", f"For the purposes of {self_name}:", "Subject to Article 14."]
    assert provisions(*texts, doc=law, labels=[(1, "art 1"), (2, "art 2")])[2] == [(owner, "14")]


def test_in_quoted_articles_a_bare_article_belongs_to_the_quoted_text():
    texts = [
        "Implement the Convention on Cybercrime:",
        "It adds to the Convention on the Rights of the Child.",
        "Subject to Articles 14 and 15.",
    ]
    assert provisions(*texts, labels=[(1, "art 15(1)"), (2, "art 16(4)")])[2] == [(CRIME, "14,15")]


def test_a_footnote_does_not_change_what_the_text_speaks_of():
    texts = ["The Budapest Convention is old.", "See the Rome Statute.", "Article 8 is on fraud."]
    assert provisions(*texts, kinds=[(1, PassageKind.FOOTNOTE)])[2] == [(CRIME, "8")]

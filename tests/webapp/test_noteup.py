"""Noting up: what discusses an instrument, on its own page and beside the articles of its text."""

from dataclasses import replace

import pytest
from lxml import html

from corpus.locator import Locator, passage_id
from corpus.model import AnnotationType, DocumentKind, Passage, PassageKind
from corpus.store import SourceState
from search.indexer import sync
from search.query import Filters, Query
from search.results import FacetValue
from tests.factories import document, passage, tag
from webapp import create_app
from webapp.noteup import beginnings, by_key, instrument_of, joined, note_up
from webapp.resources import Library
from webapp.settings import Settings

NAME = "Convention on Cybercrime"
TREATY = document(name="treaty", title=NAME, kind=DocumentKind.TREATY, date="2001-11-23")
LECTURE = document(name="lecture", title="Evidence abroad", date="2019")
SPEECH = document(name="speech", title="A word on evidence", kind=DocumentKind.SPEECH, date="2020")


def article(path, text):
    """A passage of the treaty."""
    locator = Locator.parse(path)
    return Passage(passage_id("treaty", locator), "treaty", 0, PassageKind.PARAGRAPH, text, locator.label)


def citing(number, articles, unit="article", *, where="lecture", name=NAME):
    """A passage that cites a provision."""
    text = f"Passage {number} cites it."
    cited = tag(text, AnnotationType.PROVISION, name, shown="cites it", articles=articles, subtype=unit)
    return passage(text, where, number, annotations=[cited])


def numbered(passages):
    """The passages in reading order."""
    return [replace(each, sequence=at) for at, each in enumerate(passages, 1)]


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A library that holds a treaty, a lecture and a speech about it."""
    with Library(tmp_path_factory.mktemp("library")) as opened:
        treaty = [
            article("art-1", "Terms are defined."),
            article("art-5-1", "It is an offence."),
            article("art-5-2", "It may be reserved."),
            citing(99, "5", where="treaty"),
            article("art-32", "Data are open."),
            article("annex/art-5", "The annex says more."),
        ]
        lecture = [
            citing(1, "32(b)"),
            citing(2, "5-7"),
            citing(3, "32,5(1)"),
            citing(4, "2", name="Another Convention"),
            citing(5, "III", "chapter"),
        ]
        speech = [citing(1, "32", where="speech"), passage(f"The {NAME} is old.", "speech", 2, instruments=[NAME])]
        for each, passages in ((TREATY, treaty), (LECTURE, lecture), (SPEECH, speech)):
            opened.store.replace(each, numbered(passages), SourceState(f"{each.id}.txt", each.id, each.id))
        sync(opened.store, opened.engine)
        yield opened


@pytest.fixture
def ask(held):
    """A page of that library, parsed."""
    client = create_app(Settings(library=held.folder), library=held).test_client()

    def asked(address):
        with client.application.test_request_context():
            answer = client.get(address)
        assert answer.status_code == 200, answer.text[:300]
        return html.fromstring(answer.text)

    return asked


@pytest.fixture
def rows(held):
    """The rows of the treaty."""
    app = create_app(Settings(library=held.folder), library=held)

    def noted(but="", **options):
        with app.test_request_context():
            excluded = Filters(document=(but,) if but else ())
            values = held.engine.values(Query(excluded=excluded, limit=0), "provision").values
            return note_up(held, [NAME], values, but=but, **options)

    return noted


def summary(rows):
    return [(row.title, row.count, row.documents) for row in rows]


def test_each_article_has_the_passages_that_cite_it_or_a_part_of_it(rows):
    assert summary(rows(but="treaty")) == [
        ("Article 5", 2, 1),
        ("Article 6", 1, 1),
        ("Article 7", 1, 1),
        ("Article 32", 3, 2),
    ]
    shown = rows(but="treaty")[-1].shown
    assert [(where.id, [each.label for each in found]) for where, found in shown] == [
        ("lecture", ["para 1", "para 3"]),
        ("speech", ["para 1"]),
    ]


def test_the_instrument_s_own_text_counts_unless_it_is_left_out(rows):
    assert summary(rows())[0] == ("Article 5", 3, 2)


def test_articles_in_a_row_that_the_same_passages_cite_are_one_row(rows):
    assert [row.title for row in joined(rows(but="treaty"))] == ["Article 5", "Articles 6–7", "Article 32"]
    assert joined(rows(but="treaty"))[1].anchors == ("art-6", "art-7")


def test_what_nobody_cites_has_no_rows(held):
    assert note_up(held, ["Hill Treaty"], [FacetValue(f"{NAME}|5", "", 1)]) == ()


def test_only_the_articles_that_are_asked_for_have_rows(rows):
    assert [row.title for row in rows(but="treaty", articles=["6", "32"])] == ["Article 6", "Article 32"]


@pytest.mark.parametrize(
    ("title", "kind", "symbol", "known", "expected"),
    [
        (NAME, "treaty", "", [], NAME),
        ("The Budapest Convention", "treaty", "", [], NAME),
        ("A Protocol for the Hills: The Budapest Convention", "treaty", "", [], NAME),
        ("The Budapest Convention (Budapest, 23 November 2001)", "treaty", "", [], NAME),
        # a lecture is called after a treaty without being one
        (NAME, "lecture", "", [], ""),
        ("Combating misuse", "resolution", "A/RES/55/63", [], "A/RES/55/63"),
        ("Resolution 55/63", "resolution", "", [], "A/RES/55/63"),
        # a treaty outside the register is known by the name under which passages cite it
        ("Treaty on the Hills", "treaty", "", ["Treaty on Lakes", "Treaty on Hills"], "Treaty on Hills"),
        ("Treaty on the Hills", "treaty", "", ["Treaty on Lakes"], ""),
        ("Treaty on the Hills", "lecture", "", ["Treaty on the Hills"], ""),
    ],
)
def test_a_document_is_known_for_the_text_of_an_instrument(title, kind, symbol, known, expected):
    assert instrument_of(document(title=title, kind=kind, symbol=symbol), by_key(known)) == expected


def test_an_article_begins_with_its_first_paragraph_and_not_in_an_annex():
    treaty = [article(path, "Text.") for path in ("annex/art-32", "art-5-1", "art-5-2", "art-32", "art-16A")]
    assert beginnings(treaty) == {"5": "treaty/art-5-1", "32": "treaty/art-32", "16a": "treaty/art-16A"}


def test_a_resolution_is_noted_up_by_its_paragraphs():
    assert beginnings([article("para-1", "Text."), article("para-2", "Text.")]) == {
        "1": "treaty/para-1",
        "2": "treaty/para-2",
    }


def test_the_text_of_a_treaty_shows_beside_each_article_what_discusses_it(ask):
    tree = ask("/documents/treaty")
    noted = tree.xpath("//aside[@class='noted']")
    assert [each.getparent().get("id") for each in noted] == ["art-5-1", "art-32"]
    assert [each.xpath("string(.//summary)") for each in noted] == [
        "Article 5: 2 passages in 1 document",
        "Article 32: 3 passages in 2 documents",
    ]
    assert noted[1].xpath(".//a/@href") == [
        "/passages/lecture/para-1",
        "/passages/lecture/para-3",
        "/passages/speech/para-1",
        "/?provision=Convention+on+Cybercrime%7C32&not_document=treaty",
    ]


def test_the_treaty_and_the_page_of_what_cites_it_lead_to_each_other(ask):
    assert ask("/documents/treaty").xpath("//p[@class='noting']/a/@href") == ["/instruments/convention-on-cybercrime"]
    tree = ask("/instruments/convention-on-cybercrime")
    assert "/documents/treaty" in tree.xpath("//p[@class='lede']/a/@href")
    # passages that cite an article without naming the instrument are noted up all the same
    assert tree.xpath("string(//tr[.//@id='art-32']/td/a)") == "3 passages in 2 documents"


def test_a_count_beside_an_article_is_that_of_the_search_it_leads_to(ask):
    for aside in ask("/documents/treaty").xpath("//aside[@class='noted']"):
        found = ask(aside.xpath(".//p/a/@href")[0]).xpath("string(//h2[@id='found'])")
        assert aside.xpath("string(.//summary)").endswith(f": {found}")


def test_a_lecture_shows_nothing_beside_its_passages(ask):
    assert not ask("/documents/lecture").xpath("//aside[@class='noted'] | //p[@class='noting']")

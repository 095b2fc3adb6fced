"""What stands between the query and its results, over invented answers: each notice, and none where none is due."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from lxml import html

from search.query import Word
from search.results import Explanation, FacetPage, FacetValue, Hit, Remedy, Results, Share
from webapp import create_app, guidance
from webapp.links import Selection

HITS = tuple(Hit(f"report-2010/para-{number}", 1.0, (), complete=number < 3) for number in range(1, 5))
FOUND = Results(4, 1, HITS, relaxed=True, complete=2)


@pytest.fixture
def ask(library, web_settings):
    """The page for an invented answer."""

    def answered(results, address="/?q=law"):
        shares = (Share("the word law", 0.75), Share("in the heading", 0.25))
        engine = SimpleNamespace(
            search=lambda _query: results,
            explain=lambda _query, name: Explanation(name, 1.0, shares),
            values=lambda _query, _facet: FacetPage((), 0),
        )
        opened = SimpleNamespace(store=library.store, engine=engine, remembered=lambda _name, make: make())
        app = create_app(web_settings, library=opened)
        answer = app.test_client().get(address)
        assert answer.status_code == 200
        return html.fromstring(answer.text)

    return answered


def texts(tree, path):
    return [" ".join(element.text_content().split()) for element in tree.xpath(path)]


@pytest.mark.parametrize(
    ("relaxed", "complete", "told"),
    [
        (False, 4, ""),
        (True, 0, "No passage holds all of these words. These hold most of them."),
        (True, 1, "1 passage holds all of these words; those below the line hold most of them."),
        (True, 1200, "1,200 passages hold all of these words; those below the line hold most of them."),
    ],
)
def test_how_many_hold_all_the_words(relaxed, complete, told):
    assert guidance.most_of(Results(4, 1, relaxed=relaxed, complete=complete)) == told


@pytest.mark.parametrize(
    ("complete", "hits", "place"),
    [
        (2, HITS, 2),
        # a later page, all of it below the line
        (2, HITS[2:], 0),
        (4, HITS[:2], None),
        # where none holds everything, there is nothing to divide
        (0, HITS[2:], None),
        (0, (), None),
    ],
)
def test_where_the_line_is_drawn(complete, hits, place):
    assert guidance.divided_at(Results(9, 1, complete=complete), hits) == place


def test_the_line_stands_before_the_first_that_lacks_a_word(ask):
    tree = ask(FOUND)
    order = [
        each.get("class")
        for each in tree.xpath("//section[@class='results']/*[self::article or self::p[@class='divider']]")
    ]
    assert order == ["result", "result", "divider", "result", "result"]
    [notice] = tree.xpath("//p[@class='notice']")
    assert " ".join(notice.text_content().split()).endswith("hold most of them. Only these")
    assert notice.xpath("./a/@href") == ["/?q=law&exactly=1"]


def test_there_is_nothing_to_keep_only_where_none_holds_everything(ask):
    tree = ask(replace(FOUND, complete=0))
    assert not tree.xpath("//p[@class='notice']/a | //p[@class='divider']")


def test_what_else_was_looked_for_can_be_switched_off(ask):
    widened = (("MLA", "mutual legal assistance"), ("MLA", "mutual assistance"), ("treaty", "convention"))
    tree = ask(replace(FOUND, widened=widened))
    most, also = tree.xpath("//p[@class='notice']")
    told = "mutual legal assistance, mutual assistance (for MLA); convention (for treaty)"
    assert texts(also, ".") == [f"Also looked for {told}. Only the words as typed"]
    assert also.xpath("./a/@href") == ["/?q=law&exactly=1"]
    assert "most of them or other words for them" in most.text_content()
    assert texts(tree, "//p[@class='divider']") == ["With most of the words or other words for them"]


def test_words_that_no_passage_holds_and_what_may_have_been_meant(ask):
    tree = ask(Results(0, 0, unknown=("zepelin", "qux"), suggestions=("zeppelin law",)))
    assert texts(tree, "//p[@class='notice']") == [
        "No passage holds the words zepelin, qux.",
        "Did you mean zeppelin law?",
    ]
    assert tree.xpath("//p[@class='notice']/a/@href") == ["/?q=zeppelin+law"]


def test_what_leaves_nothing_is_named_with_a_way_out(ask):
    remedies = (
        Remedy("the word zeppelin", 12, Word("law")),
        Remedy("country", 3, Word("law"), "country"),
        Remedy("not organisation", 1, Word("law"), "not_organisation"),
    )
    facets = {"country": (FacetValue("Jordan", "Jordan", 0, selected=True),)}
    tree = ask(
        Results(0, 0, remedies=remedies, facets=facets),
        "/?q=law+zeppelin&country=Jordan&country=Chad&not_organisation=INTERPOL",
    )
    [empty] = tree.xpath("//div[@class='empty']")
    assert texts(empty, ".//li")[:3] == [
        "Without the word zeppelin: 12 passages",
        "Without Country: Jordan or Chad: 3 passages",
        "Without Organisation: not INTERPOL: 1 passage",
    ]
    assert empty.xpath(".//li/a/@href")[:3] == [
        "/?q=law&country=Jordan&country=Chad&not_organisation=INTERPOL",
        "/?q=law+zeppelin&not_organisation=INTERPOL",
        "/?q=law+zeppelin&country=Jordan&country=Chad",
    ]


def test_passages_that_the_query_cites_stand_first_on_the_first_page(ask):
    cited = Results(40, 1, HITS, offered=("model-law/art-1-1", "model-law/art-99"))
    [offer] = ask(cited).xpath("//p[@class='offer']")
    assert offer.xpath("./a/@href") == ["/passages/model-law/art-1-1"]
    assert "art 1(1)" in texts(offer, "./a")[0]
    assert not ask(cited, "/?q=law&page=2").xpath("//p[@class='offer']")


def test_why_a_passage_stands_here_is_told_when_asked_for(ask):
    rows = [texts(dl, "./div") for dl in ask(FOUND, "/?q=law&explain=1").xpath("//details/dl[@class='slip']")]
    assert rows == [["the word law 0.75", "in the heading 0.25", "Score 1.00"]] * 4
    assert not ask(FOUND).xpath("//details/dl")


def test_a_usual_answer_has_no_notices(ask):
    tree = ask(Results(2, 1, HITS[:2], complete=2))
    assert not tree.xpath("//p[@class='notice' or @class='offer' or @class='divider']")


def test_a_remedy_that_leaves_no_words_leaves_the_filters(app):
    results = Results(0, 0, remedies=(Remedy("the word zeppelin", 5),))
    with app.test_request_context("/"):
        [way] = guidance.ways_out(results, Selection(text="zeppelin", chosen={"country": ("Chad",)}))
    assert (way.part, way.total, way.url) == ("the word zeppelin", 5, "/?country=Chad")

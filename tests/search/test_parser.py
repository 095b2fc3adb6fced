"""The query language: what is read, what is refused and where, and that nothing else ever happens."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.lexer import MAX_DISTANCE
from search.names import Resolver, recognise
from search.parser import parse
from search.printer import format  # noqa: A004  (the query language's own verb)
from search.query import And, Exact, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Word, YearRange

ORGANISATIONS = {"coe": "Council of Europe", "council of europe": "Council of Europe", "interpol": "INTERPOL"}
INSTRUMENTS = {
    "55/63": "A/RES/55/63",
    "a/res/55/63": "A/RES/55/63",
    "unga res 55/63": "A/RES/55/63",
    "budapest convention": "Convention on Cybercrime",
    "convention on cybercrime": "Convention on Cybercrime",
    "s/res/1373 (2001)": "S/RES/1373 (2001)",
}
NAMES = Resolver(lambda text: ORGANISATIONS.get(text.casefold()), lambda text: INSTRUMENTS.get(text.casefold()))

COE = Or((Exact("organisation", "Council of Europe"), Phrase(("council", "of", "europe"))))
GA = Or((Exact("instrument", "A/RES/55/63"), Phrase(("a", "res", "55", "63"))))
A, B, C = Word("alpha"), Word("beta"), Word("gamma")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", None),
        ("  \n ", None),
        ("alpha", A),
        ("alpha beta", And((A, B))),
        ("alpha, beta?", And((A, B))),
        # an AND makes its whole row strict, brackets inside included
        ("alpha AND beta gamma", And((A, B, C), strict=True)),
        ("alpha (beta AND gamma)", And((A, B, C), strict=True)),
        ("alpha beta OR beta AND gamma", Or((And((A, B)), And((B, C), strict=True)))),
        ("(alpha OR beta AND gamma) beta", And((Or((A, And((B, C), strict=True))), B))),
        ("alpha w/p beta", And((A, B), strict=True)),
        ("alpha /p beta", And((A, B), strict=True)),
        ("alpha +beta", And((A, B), strict=True)),
        ("+alpha", A),
        ('+"alpha beta" gamma', And((Phrase(("alpha", "beta")), C), strict=True)),
        ("+the alpha", And((Word("the"), A), strict=True)),
        ("-+alpha", Not(A)),
        ("C++ alpha", And((Word("C"), A))),
        ("alpha OR beta gamma", Or((A, And((B, C))))),
        ("(alpha OR beta) gamma", And((Or((A, B)), C))),
        ("alpha (beta gamma)", And((A, B, C))),
        ("alpha -beta", And((A, Not(B)))),
        ("alpha NOT (beta OR gamma)", And((A, Not(Or((B, C)))))),
        ("NOT NOT alpha", A),
        ("NOT (NOT alpha)", A),
        ("(to be) alpha", A),
        ("cyber-crime", Phrase(("cyber", "crime"))),
        ("alpha - beta", And((A, B))),
        ("R&D", Phrase(("R", "D"))),
        ("alpha & beta", And((A, B))),
        # quotation marks of all kinds
        ('"alpha beta"', Phrase(("alpha", "beta"))),
        ("“alpha beta”", Phrase(("alpha", "beta"))),
        ('"alpha"', Phrase(("alpha",))),
        # symbols: brackets after a number are no group
        ("16(2)", Phrase(("16", "2"))),
        ("R(89)9", Phrase(("R", "89", "9"))),
        ("A/RES/56/121", Phrase(("A", "RES", "56", "121"))),
        ("alpha(beta)", And((A, B))),
        # patterns and proximity
        ("cyb*", Prefix("cyb")),
        ("extradit!", Prefix("extradit")),
        ("extradit!, alpha", And((Prefix("extradit"), A))),
        ("Oh! alpha", And((Word("Oh"), A))),
        ("terorism~", Fuzzy("terorism")),
        ("terorism~2", Fuzzy("terorism", 2)),
        ('"alpha beta"~5', Near(("alpha", "beta"), 5)),
        ("alpha w/5 beta", Near(("alpha", "beta"), 5)),
        ("alpha /5 beta", Near(("alpha", "beta"), 5)),
        ("alpha near/5 beta", Near(("alpha", "beta"), 5)),
        ("alpha n/5 beta", Near(("alpha", "beta"), 5)),
        ("alpha /1999 beta", And((A, Word("1999"), B))),
        ("alpha W/0 beta", Near(("alpha", "beta"), 0)),
        ("alpha w/2 beta w/3 gamma", And((Near(("alpha", "beta"), 2), Near(("beta", "gamma"), 3)))),
        # stop words are dropped, unless there is nothing else, or AND or quotation marks ask for them
        ("the alpha of beta", And((A, B))),
        ("to be or not to be", And(tuple(map(Word, ("to", "be", "or", "not", "to", "be"))))),
        ("the AND alpha", And((Word("the"), A), strict=True)),
        ('"the alpha"', Phrase(("the", "alpha"))),
        ("WHO alpha", And((Word("WHO"), A))),
        ("annex A", And((Word("annex"), Word("A")))),
        # fields
        ("title:alpha", Word("alpha", Field.TITLE)),
        ('section:"alpha beta"', Phrase(("alpha", "beta"), Field.SECTION)),
        ("title:(alpha OR beta)", Or((Word("alpha", Field.TITLE), Word("beta", Field.TITLE)))),
        ("kind:Report", Exact("kind", "report")),
        ("passage_kind:list_item", Exact("passage_kind", "list_item")),
        ("country:Jordan", Exact("country", "Jordan")),
        ('document:"un-2010"', Exact("document", "un-2010")),
        ("Note: alpha", And((Word("Note"), A))),
        ("year:2001", Exact("year", "2001")),
        ("year:1995..2005", YearRange(1995, 2005)),
        ("year:1995-2005", YearRange(1995, 2005)),
        ("year:2005..2005", Exact("year", "2005")),
        ("year:..1999", YearRange(1, 1999)),
        ("year:1998-99", YearRange(1998, 1999)),
        ("year:1990s", YearRange(1990, 1999)),
        ("document_year:2010", Exact("document_year", "2010")),
        ("dated:2001..2005", YearRange(2001, 2005, "document_year")),
        ("cited_year:..1999", YearRange(1, 1999, "cited_year")),
        ("year:(1999 OR 2001)", Or((Exact("year", "1999"), Exact("year", "2001")))),
        # names, in whatever form
        ("CoE", COE),
        ("coe", COE),
        ("Council of Europe", COE),
        ("the Council of Europe's alpha", And((COE, A))),
        ("alpha CoE beta", And((A, COE, B))),
        ("organisation:CoE", Exact("organisation", "Council of Europe")),
        ("organisation:Council of Europe alpha", And((Exact("organisation", "Council of Europe"), A))),
        (
            "organisation:(CoE OR INTERPOL)",
            Or((Exact("organisation", "Council of Europe"), Exact("organisation", "INTERPOL"))),
        ),
        ("within:CoE", Exact("within", "Council of Europe")),
        ("title:(alpha AND beta)", And((Word("alpha", Field.TITLE), Word("beta", Field.TITLE)), strict=True)),
        ("org:CoE", Exact("organisation", "Council of Europe")),
        ("treaty:Budapest Convention alpha", And((Exact("instrument", "Convention on Cybercrime"), A))),
        ("doc:un-2010", Exact("document", "un-2010")),
        ('provision:"Convention on Cybercrime|32(b)"', Exact("provision", "Convention on Cybercrime|32(b)")),
        ('provision:"Budapest Convention|2"', Exact("provision", "Convention on Cybercrime|2")),
        ('provision:"Budapest Convention art 32(b)"', Exact("provision", "Convention on Cybercrime|32(b)")),
        ("article:Budapest Convention art 32 alpha", And((Exact("provision", "Convention on Cybercrime|32"), A))),
        ("organisation:unheard", Exact("organisation", "unheard")),
        ("55/63", GA),
        ("A/RES/55/63", GA),
        ("UNGA Res 55/63", GA),
        ("instrument:55/63", Exact("instrument", "A/RES/55/63")),
        ("S/RES/1373 (2001)", Or((Exact("instrument", "S/RES/1373 (2001)"), Phrase(("s", "res", "1373", "2001"))))),
        ("CoE w/3 alpha", Near(("CoE", "alpha"), 3)),
    ],
)
def test_read(query, tree):
    assert parse(query, NAMES) == tree


def test_a_quoted_name_is_recognised_and_its_words_stay():
    assert parse('"CoE"', NAMES) == Or((*COE.parts, Phrase(("coe",))))


@pytest.mark.parametrize(
    "query",
    [
        "Budapest Convention art 32",
        "art. 32 of the Budapest Convention",
        "Budapest Convention, Article 32",
        "§ 32 Budapest Convention",
    ],
)
def test_an_article_of_an_instrument(query):
    tree = parse(query, NAMES)
    assert isinstance(tree, Or)
    assert tree.parts[0] == Exact("provision", "Convention on Cybercrime|32")


def test_a_number_behind_a_name_is_no_article():
    assert recognise("Budapest Convention 32", NAMES) is None


@pytest.mark.parametrize(
    ("query", "position", "words"),
    [
        ('alpha "beta', 6, "never closed"),
        ("(alpha", 0, "never closed"),
        ("alpha)", 5, "closes nothing"),
        ("alpha ()", 6, "no word"),
        ("!!!", 0, "no word"),
        ('""', 0, "no word"),
        ("alpha OR", 6, "after it"),
        ("OR alpha", 0, "before it"),
        ("alpha AND AND beta", 6, "after it"),
        ("alpha AND OR beta", 6, "after it"),
        ("alpha NOT", 6, "after it"),
        ("*ism", 0, "end of a word"),
        ("con*ion", 3, "end of a word"),
        ("*", 0, "beginning of a word"),
        ("ab*", 0, "3 letters"),
        ("a~", 0, "3 letters"),
        ("alpha~9", 6, "1 or 2"),
        ("al~pha", 2, "end of a word"),
        ("alpha-beta*", 0, "one word"),
        ("wom?n", 3, "no letter"),
        ("alpha w/s beta", 6, "sentences"),
        ("alpha pre/5 beta", 6, "order of words"),
        ("alpha +5 beta", 6, "order of words"),
        ("alpha w/5", 6, "between two words"),
        ("w/5 alpha", 0, "between two words"),
        ("(alpha beta) w/5 gamma", 0, "two plain words"),
        ('"alpha beta"~', 13, "number of words"),
        ('"alpha"~5', 0, "two words"),
        (f"alpha w/{MAX_DISTANCE + 1} beta", 8, "apart"),
        ("alpha colour:red", 6, "unknown field 'colour'"),
        ("title: alpha OR", 13, "after it"),
        ("title:-alpha", 0, "needs a value"),
        ("title:(year:2001)", 7, "only words"),
        ("kind:novel", 5, "known are lecture"),
        ("year:soon", 5, "no year"),
        ("year:20019", 5, "no year"),
        ("year:2005..1995", 5, "backwards"),
        ("year:..0", 5, "backwards"),  # an open end stands for the first year
        ("dated:2009-08", 6, "no year"),
        ('provision:"Budapest Convention"', 10, "one article"),
        ("organisation:(CoE NOT INTERPOL)", 18, "only words"),
        ("organisation:foo*", 13, "whole values"),
        ("(" * 30 + "alpha" + ")" * 30, 20, "deep"),
        ("alpha " * 500, 2400, "too long"),
        ("a" * 100_000, 5000, "too long"),
    ],
)
def test_refused_with_the_place(query, position, words):
    with pytest.raises(QueryError, match=words) as refused:
        parse(query, NAMES)
    assert refused.value.position == position
    assert "\n" not in str(refused.value)


#: Signs and words of the language, and what is easily mistaken for them.
PIECES = st.sampled_from(
    (
        *(
            "alpha",
            "The",
            "CoE",
            "of",
            "Europe",
            "55/63",
            "16(2)",
            "(2001)",
            "U.N.",
            "’s",
            "2001",
            "report",
            "é",
            "\u0308",
        ),
        *("AND", "OR", "NOT", "(", ")", '"', "“", "-", "+", "*", "!", "?", "~2", "~", "w/5", "/p", " ", "..", ":", "|"),
        *("title:", "year:", "dated:", "organisation:", "kind:", "provision:", "Budapest Convention art 32"),
    )
)


@settings(deadline=None)  # a busy machine is no slow parser
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
@example('"alpha"~00000000000000000000000000000000000000000000000009')
@example("year:²")
@example("(²)")
def test_any_input_is_read_or_refused_and_prints_back(text):
    for names in (NAMES, Resolver(lambda _: None, lambda _: None)):
        tree, refusal = read(text, names)
        if refusal:
            assert 0 <= refusal.position <= len(text)
            assert not read(refusal.suggestion, names)[1]
        else:
            assert parse(format(tree), names) == tree
            assert parse(format(tree, names), names) == tree


def read(text, names):
    try:
        return parse(text, names), None
    except QueryError as refusal:
        return None, refusal

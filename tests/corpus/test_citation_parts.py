"""The parts of a citation: names, dates, resolutions, places, text."""

import pytest

from corpus.citation import ranges
from corpus.citation.dates import BLUEBOOK_MONTHS, parse_date, spelled
from corpus.citation.names import AMERICAN, BLUEBOOK, BRITISH, listed, parse_name
from corpus.citation.pinpoint import Words, pinpoint_of, printed
from corpus.citation.series import parse_series
from corpus.citation.source import Source, first_page, numbered, ordinal, page_range, resolution_of
from corpus.citation.text import american, double_quoted, ended, italic, italic_american, join, single_quoted, text
from corpus.errors import PinciteError
from corpus.model import Document, Passage, PassageKind

# (as written, family first, initials)
NAMES = [
    ("Kennedy Gastorn", "Gastorn, Kennedy", "Gastorn, K."),
    ("Puja Paul Srivastava", "Srivastava, Puja Paul", "Srivastava, P. P."),
    ("Jean-Pierre Folio", "Folio, Jean-Pierre", "Folio, J.-P."),
    # particles belong to the family name, unless nothing else is left for the given name
    ("Farid Al Recto", "Al Recto, Farid", "Al Recto, F."),
    ("Ursula von der Leyen", "von der Leyen, Ursula", "von der Leyen, U."),
    ("Al Gore", "Gore, Al", "Gore, A."),
    ("Martin Luther King Jr", "King, Martin Luther, Jr", "King, M. L., Jr"),
    ("Martin Luther King, Jr.", "King, Martin Luther, Jr.", "King, M. L., Jr."),
    # the order of a library catalogue is understood
    ("Ban, Ki-moon", "Ban, Ki-moon", "Ban, K.-m."),
    ("Plato", "Plato", "Plato"),
    # two family names, a particle behind the given name, a family name that braces mark
    ("José Ortega y Gasset", "Ortega y Gasset, José", "Ortega y Gasset, J."),
    ("Beauvoir, Simone de", "Beauvoir, Simone de", "Beauvoir, S. de"),
    ("Gabriel {García Márquez}", "García Márquez, Gabriel", "García Márquez, G."),
    ("{Ban} Ki-moon", "Ban Ki-moon", "Ban, K.-m."),
    # titles are no part of a name in a citation
    ("H.E. Prof. Dr. Kennedy Gastorn", "Gastorn, Kennedy", "Gastorn, K."),
    # bodies are never taken apart
    ("Law Commission", "Law Commission", "Law Commission"),
    ("{Van Gend en Loos}", "Van Gend en Loos", "Van Gend en Loos"),
    ("Office of the Prosecutor, ICTY", "Office of the Prosecutor, ICTY", "Office of the Prosecutor, ICTY"),
]


@pytest.mark.parametrize(("written", "inverted", "initials"), NAMES)
def test_names(written, inverted, initials):
    name = parse_name(written)
    assert (name.inverted, name.initials) == (inverted, initials)


def test_full_name_stands_in_reading_order():
    assert parse_name("Ban, Ki-moon").full == "Ki-moon Ban"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A et al"),
    ],
)
def test_lists_of_names(names, expected):
    assert listed(names, " and ", several=" et al", most=3) == expected


# (ISO prefix, day first, month first, year first)
DATES = [
    ("2018-10-18", "18 October 2018", "October 18, 2018", "2018, October 18"),
    ("2009-08", "August 2009", "August 2009", "2009, August"),
    ("2009", "2009", "2009", "2009"),
    ("", "", "", ""),
    # no ISO date: nothing is guessed
    ("2009-13", "", "", ""),
    ("summer 2019", "", "", ""),
]


@pytest.mark.parametrize(("iso", "day_first", "month_first", "year_first"), DATES)
def test_dates(iso, day_first, month_first, year_first):
    date = parse_date(iso)
    assert (date.day_first(), date.month_first(), date.year_first) == (day_first, month_first, year_first)


def test_a_date_that_is_no_iso_date_stays_as_written():
    assert spelled("summer 2019") == "summer 2019"
    assert spelled("2024-02-01", BLUEBOOK_MONTHS, month_first=True) == "Feb. 1, 2024"


# (symbol, organ and number, or None for what is no UN resolution)
SYMBOLS = [
    ("A/RES/55/63", ("A", "55/63")),
    ("A/RES/ES-11/1", ("A", "ES-11/1")),
    ("A/RES/2625 (XXV)", ("A", "2625 (XXV)")),
    ("A/RES/2625(XXV)", ("A", "2625 (XXV)")),
    ("S/RES/1373 (2001)", ("S", "1373")),
    ("E/RES/2004/26", ("E", "2004/26")),
    ("A/HRC/RES/20/8", ("HRC", "20/8")),
    ("AALCO/RES/DFT/56/S17", None),
    ("A/CONF.213/9", None),
    ("A/55/63", None),
    ("", None),
]


@pytest.mark.parametrize(("symbol", "expected"), SYMBOLS)
def test_symbols_of_resolutions(symbol, expected):
    found = resolution_of(symbol)
    assert (found and (found.organ, found.number)) == expected


# (symbol, body, whether the United Nations issued it)
ISSUERS = [
    ("A/CONF.213/9", "", True),
    ("CCPR/C/GC/34", "Human Rights Committee", True),
    ("", "United Nations Office on Drugs and Crime", True),
    ("AALCO/RES/DFT/56/S17", "", False),
    ("CM/Rec(2020)1", "Council of Europe", False),
    ("", "Council of Europe", False),
]


@pytest.mark.parametrize(("symbol", "body", "expected"), ISSUERS)
def test_who_issued_a_document(symbol, body, expected):
    assert Source(Document("d", "T", symbol=symbol, body=body)).is_un is expected


# (locator, facts, pinpoint in OSCOLA's manner)
PLACES = [
    ("para-10", {}, "para 10"),
    ("art-6-1-a-ii", {}, "art 6(1)(a)(ii)"),
    ("art-1/comment-1", {}, "art 1 comment 1"),
    ("appendix-1/art-16-2", {}, "appendix 1, art 16(2)"),
    # roman and lettered divisions are printed in capitals, words are not
    ("annex-ii/part-b/para-3", {}, "annex II, part B, para 3"),
    ("annex-one/para-3", {}, "annex one, para 3"),
    # the count of an unlabelled passage is ours, not the source's
    ("p-37", {}, ""),
    ("p-37", {"page": (3, 4)}, "3–4"),
    ("p-37", {"page": (3, 4), "page_labels": ("iii", "1")}, "iii–1"),
    ("p-37", {"page": (3, 3), "page_labels": ("287", "287")}, "287"),
    ("p-37", {"section": ("A", "B")}, "“B”"),
    ("annex-i/p-2", {"section": ("Annex I",)}, "annex I"),
    ("para-10", {"page": (3, 4), "section": ("A",)}, "para 10"),
]


@pytest.mark.parametrize(("locator", "facts", "expected"), PLACES)
def test_pinpoints(locator, facts, expected):
    passage = Passage(f"d/{locator}", "d", 1, PassageKind.PARAGRAPH, "", **facts)
    assert printed(pinpoint_of(passage), Words()) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('The "new" law', "‘The “new” law’"),
        ("The ‘new’ law", "‘The “new” law’"),
        # apostrophes are no quotation marks
        ("The Chairman's law", "‘The Chairman's law’"),
        ("The States’ duties", "‘The States’ duties’"),
        ("", ""),
    ],
)
def test_british_quotation_marks(title, expected):
    assert single_quoted(title) == expected


@pytest.mark.parametrize(
    ("title", "mark", "expected"),
    [
        ("Law", ",", "“Law,”"),
        ("Law?", ",", "“Law?”"),
        ("The “new” law", ",", "“The ‘new’ law,”"),
        ("", ",", ""),
    ],
)
def test_american_quotation_marks(title, mark, expected):
    assert double_quoted(title, mark) == expected


def test_text_is_put_together_without_what_is_missing():
    assert join(", ", "a", "", italic(""), "b").plain == "a, b"
    assert not text("", italic(""))
    assert text("a", italic("b")).html == "a<i>b</i>"


@pytest.mark.parametrize(
    ("words", "expected"), [("a", "a."), ("a.", "a."), ("“a?”", "“a?”"), ("(a)", "(a)."), ("", "")]
)
def test_a_stop_is_set_once(words, expected):
    assert ended(words).plain == expected


def test_american_punctuation_moves_inside_across_runs():
    assert american(text("“a”", ", ", "“b”", ".")).plain == "“a,” “b.”"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5", "5th"),
        ("5th", "5th"),
        ("1", "1st"),
        ("22", "22nd"),
        ("3", "3rd"),
        ("12", "12th"),
        ("5 edn", "5th"),
        ("revised", "revised"),
    ],
)
def test_editions(written, expected):
    assert ordinal(written) == expected


def test_numbers_and_pages():
    assert (numbered("27", "Lecture"), numbered("Lecture 27", "Lecture"), numbered("", "Lecture")) == (
        "Lecture 27",
        "Lecture 27",
        "",
    )
    assert (first_page("75-90"), first_page("e12"), page_range("75--90")) == ("75", "e12", "75–90")


# (as written, in OSCOLA's spelling, Chicago's, the Bluebook's)
SPELLINGS = [
    ("J. A. G. Griffith", "JAG Griffith", "J. A. G. Griffith", "J.A.G. Griffith"),
    ("JAG Griffith", "JAG Griffith", "J. A. G. Griffith", "J.A.G. Griffith"),
    ("H.L.A. Hart", "HLA Hart", "H. L. A. Hart", "H.L.A. Hart"),
    ("Martin Luther King, Jr.", "Martin Luther King Jr", "Martin Luther King Jr.", "Martin Luther King, Jr."),
    ("Henry Recto III", "Henry Recto III", "Henry Recto III", "Henry Recto, III"),
    # no initials: short names, names in capitals, a name read family first
    ("Jo Recto", "Jo Recto", "Jo Recto", "Jo Recto"),
    ("ALI RECTO", "ALI RECTO", "ALI RECTO", "ALI RECTO"),
    ("{Ban} Ki-moon", "Ban Ki-moon", "Ban Ki-moon", "Ban Ki-moon"),
]


@pytest.mark.parametrize(("written", "british", "american", "bluebook"), SPELLINGS)
def test_spellings_of_names(written, british, american, bluebook):
    name = parse_name(written)
    assert tuple(map(name.spelled, (BRITISH, AMERICAN, BLUEBOOK))) == (british, american, bluebook)


# (first and last number; whole, Chicago 9.61, MLA and Bluebook 3.2(a), OSCOLA 1.3.2), the guides' examples among them
RANGES = [
    ("3", "10", "10", "10", "10", "10"),
    ("71", "72", "72", "72", "72", "72"),
    ("96", "117", "117", "117", "117", "117"),
    ("100", "104", "104", "104", "04", "104"),
    ("1100", "1113", "1113", "1113", "13", "13"),
    ("101", "108", "108", "8", "08", "108"),
    ("808", "833", "833", "33", "33", "33"),
    ("1103", "1104", "1104", "4", "04", "1104"),
    ("321", "328", "328", "28", "28", "28"),
    ("498", "532", "532", "532", "532", "532"),
    ("1087", "1089", "1089", "89", "89", "89"),
    ("1496", "1500", "1500", "500", "500", "500"),
    ("103", "104", "104", "4", "04", "104"),
    ("1608", "1774", "1774", "774", "774", "774"),
    ("1782", "1783", "1783", "83", "83", "83"),
    ("201", "203", "203", "3", "03", "203"),
    # roman numerals, and ranges that run from one numbering into another
    ("iii", "vi", "vi", "vi", "vi", "vi"),
    ("xii", "120", "120", "120", "120", "120"),
]


@pytest.mark.parametrize(("first", "last", "expected"), [(first, last, ends) for first, last, *ends in RANGES])
def test_ranges_of_numbers(first, last, expected):
    forms = (ranges.whole, ranges.chicago, ranges.two_digits, ranges.british)
    assert [form(first, last) for form in forms] == expected


# (as the catalogue writes it, short, with the sign of OSCOLA 5, American)
SERIES = [
    ("189 UNTS 137", "189 UNTS 137", "189 UNTS 137", "189 U.N.T.S. 137"),
    ("1155 U.N.T.S. 331", "1155 UNTS 331", "1155 UNTS 331", "1155 U.N.T.S. 331"),
    ("1 UNTS XVI", "1 UNTS XVI", "1 UNTS XVI", "1 U.N.T.S. XVI"),
    ("ETS 185", "ETS 185", "ETS No 185", "E.T.S. No. 185"),
    ("CETS No. 224", "CETS 224", "CETS No 224", "C.E.T.S. No. 224"),
    ("[1994] ATS 15", "[1994] ATS 15", "[1994] ATS 15", "1994 ATS No. 15"),
    ("[1995] OJ L281/31", "[1995] OJ L281/31", "[1995] OJ L281/31", "1995 O.J. (L 281) 31"),
    ("OJ L 119, 4.5.2016, p. 1–88", "[2016] OJ L119/1", "[2016] OJ L119/1", "2016 O.J. (L 119) 1"),
    # what has another form stays as it is written
    ("UKTS 31 (1953)", "UKTS 31 (1953)", "UKTS 31 (1953)", "UKTS 31 (1953)"),
    ("[2024] OJ L 17.4.2024", "[2024] OJ L 17.4.2024", "[2024] OJ L 17.4.2024", "[2024] OJ L 17.4.2024"),
    ("", "", "", ""),
]


@pytest.mark.parametrize(("written", "short", "signed", "american"), SERIES)
def test_series(written, short, signed, american):
    series = parse_series(written)
    assert (series.short(), series.short("No "), series.american) == (short, signed, american)
    assert bool(series) == bool(written)


# (first and last locator, range in OSCOLA's manner)
PLACE_RANGES = [
    ("para-10", "para-12", "paras 10–12"),
    ("para-10", "para-10", "para 10"),
    ("art-16-2", "art-16-4", "art 16(2)–(4)"),
    ("art-6-1-a", "art-6-1-c", "art 6(1)(a)–(c)"),
    ("art-6-1-a", "art-6-2", "art 6(1)(a)–(2)"),
    ("art-14", "art-15-2", "arts 14–15(2)"),
    ("s-3", "s-5", "ss 3–5"),
    ("annex-ii/para-3", "annex-ii/para-5", "annex II, paras 3–5"),
    ("art-1/comment-1", "art-1/comment-3", "art 1 comments 1–3"),
    ("art-1/comment-1", "art-2/comment-3", "art 1 comment 1–art 2 comment 3"),
    # the whole holds its part; the second passage at a place is at that place
    ("art-16", "art-16-4", "art 16"),
    ("art-2", "art-2~2", "art 2"),
]


@pytest.mark.parametrize(("first", "last", "expected"), PLACE_RANGES)
def test_pinpoints_of_several_passages(first, last, expected):
    assert printed(pinpoint_of(placed(first), placed(last)), Words()) == expected


def test_words_and_signs_take_their_own_plural():
    words = Words(units={"para": "¶ ", "fn": "n", "r": "r. ", "comment": "cmt. "})
    ends = (("para-1", "para-2"), ("fn-1", "fn-2"), ("r-1", "r-2"), ("comment-1", "comment-2"))
    made = [printed(pinpoint_of(placed(first), placed(last)), words) for first, last in ends]
    assert made == ["¶¶ 1–2", "nn1–2", "rr. 1–2", "cmts. 1–2"]


def test_labelled_and_unlabelled_passages_are_cited_by_their_pages():
    first, last = placed("para-10", page=(280, 281)), placed("p-37", page=(289, 290))
    assert printed(pinpoint_of(first, last), Words()) == "280–290"


@pytest.mark.parametrize(("first", "last"), [("para-1", "art-2"), ("para-1", "annex/para-2"), ("para-1", "p-2")])
def test_passages_that_no_pinpoint_leads_through_are_refused(first, last):
    with pytest.raises(PinciteError, match=f"d/{first} to d/{last}"):
        pinpoint_of(placed(first), placed(last))


def placed(locator, **facts):
    return Passage(f"d/{locator}", "d", 1, PassageKind.PARAGRAPH, "", **facts)


# (title, inside British marks, inside American marks, in an italic American title)
QUOTATIONS = [
    ("On “Public Reason”", "‘On “Public Reason”’", "“On ‘Public Reason’”", "On “Public Reason”"),
    (
        "The “States’ duties” law",
        "‘The “States’ duties” law’",
        "“The ‘States’ duties’ law”",
        "The “States’ duties” law",
    ),
    ("A “b ‘c’ d” e", "‘A “b ‘c’ d” e’", "“A ‘b “c” d’ e”", "A “b ‘c’ d” e"),
    ("“All of it”", "‘“All of it”’", "“‘All of it’”", "“All of it”"),
]


@pytest.mark.parametrize(("title", "british", "american_title", "italics"), QUOTATIONS)
def test_quotations_in_titles(title, british, american_title, italics):
    assert (single_quoted(title), double_quoted(title), italic_american(title).plain) == (
        british,
        american_title,
        italics,
    )


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((italic("The “New”"), ", 2020"), "<i>The “New,”</i> 2020"),
        (("“On ‘Reason’”", ", 3"), "“On ‘Reason,’” 3"),
        (("“The States’ duties”", "."), "“The States’ duties.”"),
    ],
)
def test_stops_stand_inside_both_marks_and_across_italics(pieces, expected):
    assert american(text(*pieces)).html == expected

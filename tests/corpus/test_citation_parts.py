"""The parts of a citation: names, dates, resolutions, places, text."""

import pytest

from corpus.citation.dates import BLUEBOOK_MONTHS, parse_date, spelled
from corpus.citation.names import listed, parse_name
from corpus.citation.pinpoint import Words, pinpoint_of, printed
from corpus.citation.source import Source, first_page, numbered, ordinal, page_range, resolution_of
from corpus.citation.text import american, double_quoted, ended, italic, join, single_quoted, text
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

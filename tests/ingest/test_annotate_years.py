"""Years and dates, and the numbers that are neither."""

import pytest

from corpus.model import AnnotationType
from ingest.annotate.instruments import find_instruments
from ingest.annotate.years import find_years
from tests.factories import document, library


def found(text, kind=AnnotationType.YEAR):
    passages = library(text)
    annotations = find_years(document(), passages, find_instruments(document(), passages))[0]
    return [ann.value for ann in annotations if ann.type == kind]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 2001 and by 1989, since 1995.", ["2001", "1989", "1995"]),
        ("(2001) [1999] “1998”", ["2001", "1999", "1998"]),
        ("the 2001 Convention and the post-2015 agenda", ["2001", "2015"]),
        (
            "1 July 2004; July 1, 2004; July 2004; 5.8.1998; 30/09/2015; 2009-08-15",
            ["2004", "2004", "2004", "1998", "2015", "2009"],
        ),
        ("(OECD, 2002a, p. 27)", ["2002"]),
        ("2007-2008, 2015–2030 and 1998/1999", ["2007", "2008", "2015", "2030", "1998", "1999"]),
        ("in 2007-08", ["2007", "2008"]),
        ("resolution 1373 (2001) and resolution 2004 (2011)", ["2001", "2011"]),
        ("the year 2000", ["2000"]),
        # decades
        ("the 1990s, the late 1980’s and 1990ties", []),
        # counters and amounts
        ("pp. 1998-2001, p. 1998, No. 2001, § 1901, paragraph 1999, vol. 1577, ETS No. 2001", []),
        ("over 2000 people, 1500 troops, 2000 km, $2000, €1999, 2,001, 1999.5, 1800%", []),
        # numbers of instruments
        ("resolution 2005/26 and 2004/68/JHA", []),
        ("A/CONF.1998/9, S/2001/1309, AALCO/57/TOKYO/2018/SD/S17", []),
        ("Directive 2002/58/EC, Regulation (EU) 2016/679, Regulation (EC) No 45/2001, CM/Rec(2010)13", []),
        # web addresses
        ("http://example.org/2004/05/report-2009.html and a_2010.pdf", []),
        ("in 1066 and 2525, 12001, 20011", []),
    ],
)
def test_years(text, years):
    assert found(text) == years


def test_the_year_of_a_law_s_name_is_a_year():
    assert found("Ghana passed the Harbour Signals Act 2011.") == ["2011"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 14 April 2010", ["2010-04-14"]),
        ("April 14, 2010", ["2010-04-14"]),
        ("in April 2010", ["2010-04"]),
        ("21-25 July, 2003", ["2003-07"]),
        ("1 to 3 December 2009", ["2009-12"]),
        ("Sept. 2, 2001", ["2001-09-02"]),
        ("23.11.1995", ["1995-11-23"]),
        ("30/09/2015 or 09/30/2015", ["2015-09-30", "2015-09-30"]),
        ("03/04/2015", ["2015"]),  # day first or month first
        ("in 2010", []),
    ],
)
def test_dates_keep_their_precision(text, dates):
    assert found(text, AnnotationType.DATE) == dates


def test_a_year_inside_a_date_says_so():
    passages = library("On 14 April 2010, unlike in 2009")
    years = [a for a in find_years(document(), passages, [()])[0] if a.type == AnnotationType.YEAR]
    assert [(a.value, a.subtype) for a in years] == [("2010", "date"), ("2009", "")]

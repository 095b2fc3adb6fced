"""The year of adoption, read from records and ids."""

import pytest

from corpus.authority.adoption import year_of


@pytest.mark.parametrize(
    ("identifier", "year"),
    [
        ("A/RES/55/63", 2000),
        ("A/RES/2625 (XXV)", 1970),
        ("A/RES/217 (IIX)", None),
        ("S/RES/1373 (2001)", 2001),
        ("S/RES/242", 1967),
        ("E/RES/2004/26", 2004),
        ("A/HRC/RES/20/8", 2012),
        ("Directive 95/46/EC", 1995),
        ("Regulation (EU) 2016/679", 2016),
        ("Framework Decision 2005/222/JHA", 2005),
        ("Recommendation No. R (89) 9", 1989),
        ("Convention on Cybercrime", 2001),
        ("Electronic Crimes Act 2015 (Jordan)", 2015),
        ("A/CONF.213/9", None),
        ("An unheard-of treaty", None),
    ],
)
def test_year_of(identifier, year):
    assert year_of(identifier) == year

"""Citations of articles as people type them, in either order, and what is none."""

import pytest

from search.provisions import MAX_RANGE, Provision, read_provision

KNOWN = {
    "Hill Treaty": "Treaty on Hills",
    "US Code": "US Code",
    "U.S.C.": "US Code",
    "USC": "US Code",
    "1/50": "A/RES/1/50",
}


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("Hill Treaty art 3", ["3"]),
        ("Hill Treaty, Article 3", ["3"]),
        ("Hill Treaty s. 3", ["3"]),
        ("Hill Treaty §3", ["3"]),
        ("ARTICLE 3 OF THE Hill Treaty", ["3"]),
        ("art 3 Hill Treaty", ["3"]),
        ("art 3, Hill Treaty", ["3"]),
        ("Principle 3 of the Hill Treaty", ["3"]),
        # parts of articles are printed in one form
        ("Hill Treaty art 3(2)(a)", ["3(2)(a)"]),
        ("Hill Treaty art 3 (2) (a)", ["3(2)(a)"]),
        ("Hill Treaty art 3.2", ["3(2)"]),
        ("Hill Treaty art 3 b", ["3(b)"]),
        ("Hill Treaty art 3b", ["3b"]),
        ("Hill Treaty art 3 bis", ["3bis"]),
        ("Hill Treaty art vi", ["VI"]),
        ("Article 3 § 2 of the Hill Treaty", ["3(2)"]),
        ("Art. 3 para. 2 lit. f Hill Treaty", ["3(2)(f)"]),
        ("Article 3, paragraph 2(b), of the Hill Treaty", ["3(2)(b)"]),
        ("paragraph 2 of article 3 of the Hill Treaty", ["3(2)"]),
        # lists and ranges
        ("Hill Treaty arts 3 and 5", ["3", "5"]),
        ("Hill Treaty arts 3, 5 and 7(1)", ["3", "5", "7(1)"]),
        ("Hill Treaty arts 3-5", ["3", "4", "5"]),
        ("Articles 3 to 5 of the Hill Treaty", ["3", "4", "5"]),
        (f"Hill Treaty arts 1-{MAX_RANGE + 1}", ["1", str(MAX_RANGE + 1)]),
        ("Hill Treaty arts 5-3", ["5", "3"]),
    ],
)
def test_read(text, articles):
    assert read_provision(text, KNOWN.get) == Provision("Treaty on Hills", tuple(articles))


@pytest.mark.parametrize(
    "text", ["18 U.S.C. § 1030(a)", "18 USC 1030(a)", "section 1030(a) of title 18 of the US Code"]
)
def test_codes_are_cited_by_title_and_section(text):
    assert read_provision(text, KNOWN.get) == Provision("US Code", ("1030(a)",))


@pytest.mark.parametrize(
    "text",
    [
        "Hill Treaty",
        "Hill Treaty 3",  # a number without a word or sign
        "art 3",
        "art 3 of the Valley Treaty",  # unknown
        "Hill Treaty part 3",
        "Hill Treaty cart 3",
        "Hill Treaty art 33333",
        "Hill Treaty art 3 and hills",
        "Hill Treaty articles of war",
        "18 USC",
    ],
)
def test_no_citation_of_an_article(text):
    assert read_provision(text, KNOWN.get) is None


def test_the_number_of_an_instrument_is_no_article():
    assert read_provision("1/50 para 2", KNOWN.get) == Provision("A/RES/1/50", ("2",))
    assert read_provision("1/50", KNOWN.get) is None

"""Names of countries and their demonyms."""

import pycountry
import pytest

from corpus.authority.countries import Countries, Country, load
from corpus.errors import AuthorityError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russian Federation", "Russia"),
        ("Republic of Korea", "South Korea"),
        ("DPRK", "North Korea"),
        ("Iran (Islamic Republic of)", "Iran"),
        ("Islamic Republic of Iran", "Iran"),
        ("United States of America", "United States"),
        ("USA", "United States"),
        ("UK", "United Kingdom"),
        ("Viet Nam", "Vietnam"),
        ("St. Lucia", "Saint Lucia"),
        ("Ivory Coast", "Côte d'Ivoire"),
        ("JO", "Jordan"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_names_codes_and_official_names(text, name):
    assert load().by_name(text) == name


def test_every_country_of_iso_3166_is_known():
    known = {country.code for country in load().all()}
    assert {country.alpha_2 for country in pycountry.countries} <= known


@pytest.mark.parametrize(
    ("demonym", "name"), [("Norwegian", "Norway"), ("Finnish", "Finland"), ("norwegian", ""), ("Law", "")]
)
def test_demonyms(demonym, name):
    assert load().by_demonym(demonym) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S. and the U. S. President", ["United States", "United States"]),
        ("Guinea-Bissau, Guinea and Papua New Guinea", ["Guinea-Bissau", "Guinea", "Papua New Guinea"]),
        ("Niger and Nigeria", ["Niger", "Nigeria"]),
        ("the Democratic Republic of the Congo", ["Democratic Republic of the Congo"]),
        ("give us a chad", []),
    ],
)
def test_names_in_a_text(text, expected):
    assert [name for _, _, name in load().names_in(text)] == expected


def test_an_entity_lists_the_other_names():
    assert "Russian Federation" in load().entity("Russia").aliases
    assert load().entity("Atlantis") is None


def test_two_countries_may_not_share_a_name():
    with pytest.raises(AuthorityError, match="claim the name 'Congo'"):
        Countries([Country("CG", "Congo"), Country("CD", "DR Congo", ("Congo",))])


def test_iso_codes_name_a_country_as_a_whole():
    assert (load().by_name("AFG"), load().by_name("NO")) == ("Afghanistan", "Norway")
    assert [name for _, _, name in load().names_in("from AFG to NO")] == []

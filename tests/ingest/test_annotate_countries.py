"""Countries in passages."""

import pytest

from ingest.annotate.countries import find_countries
from ingest.annotate.instruments import find_instruments
from tests.factories import document, library


def found(text):
    passages = library(text)
    annotations = find_countries(document(), passages, find_instruments(document(), passages))[0]
    return [ann.value for ann in annotations if ann.subtype != "part"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Russian Federation, the Republic of Korea and the U.S.", ["Russia", "South Korea", "United States"]),
        ("JORDAN AND THE UNITED KINGDOM", ["Jordan", "United Kingdom"]),
        ("Jordan’s law; Georgia and Chad", ["Jordan", "Georgia", "Chad"]),
        # demonyms are no countries
        ("the Norwegian Penal Code and the Finnish courts", []),
        # rivers, towns, persons, states
        ("the Jordan River, Michael Jordan, Lake Chad, the Niger Delta, New Mexico, Atlanta, Georgia", []),
        ("the Gulf of Guinea, the South China Sea, Mexico City, Northern Ireland", []),
        # bodies named after countries
        ("University of Jordan, Bank of Japan, Jordan University", []),
        # acronyms and currencies
        ("the SAMOA Pathway", []),
        ("US$ 100 and 5 United States dollars", []),
        ("tell us", []),
    ],
)
def test_countries(text, expected):
    assert found(text) == expected


def test_a_country_inside_an_instrument_s_name_is_a_part_of_it():
    passages = library("the United States Code")
    annotations = find_countries(document(), passages, find_instruments(document(), passages))[0]
    assert [(ann.value, ann.subtype) for ann in annotations] == [("United States", "part")]

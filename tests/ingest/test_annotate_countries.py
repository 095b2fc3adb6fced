"""Countries in passages."""

from ingest.annotate.countries import find_countries
from ingest.annotate.instruments import find_instruments
from tests.factories import document, library


def test_a_country_inside_an_instrument_s_name_is_a_part_of_it():
    passages = library("the United States Code")
    annotations = find_countries(document(), passages, find_instruments(document(), passages))[0]
    assert [(ann.value, ann.subtype) for ann in annotations] == [("United States", "part")]


def test_the_owner_of_an_instrument_is_named_for_itself():
    passages = library("Ghana’s Lighthouse Act 2011 and, in Ghana, the Lighthouse Act 2011")
    annotations = find_countries(document(), passages, find_instruments(document(), passages))[0]
    assert [(ann.value, ann.subtype) for ann in annotations] == [("Ghana", ""), ("Ghana", "")]

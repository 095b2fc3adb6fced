"""The roles of years and dates; which figures are years at all stands in `forms/years.txt` and `forms/dates.txt`."""

import pytest

from corpus.model import AnnotationType, PassageKind
from ingest.annotate.instruments import find_instruments
from ingest.annotate.years import find_years
from tests.factories import document, passage


def roles(text, kind=PassageKind.PARAGRAPH, of=AnnotationType.YEAR):
    passages = [passage(text, kind=kind)]
    annotations = find_years(document(), passages, find_instruments(document(), passages))[0]
    return [(ann.value, ann.subtype) for ann in annotations if ann.type == of]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a year that is only mentioned
        ("In 2009 the sailors met.", [("2009", "")]),
        ("On 14 April 2010, unlike in 2009", [("2010", "date"), ("2009", "")]),
        # the year and the date of an instrument
        ("resolution 1373 (2001)", [("2001", "instrument")]),
        ("General Assembly resolution 55/63 of 4 December 2000", [("2000", "instrument")]),
        ("the Convention on Cybercrime, signed at Budapest on 23 November 2001,", [("2001", "instrument")]),
        ("the 2001 Convention on Cybercrime", [("2001", "instrument")]),
        ("the Convention on Cybercrime was read by sailors in 2009", [("2009", "")]),
        # a work cited in the text, and what only looks like one
        ("as was said (Sailor, 1998, pp. 3-9)", [("1998", "publication")]),
        ("as was said (see Sailor and Pilot, 1998; Lamp, 2004a)", [("1998", "publication"), ("2004", "publication")]),
        ("the harbour (built in 1998) shone", [("1998", "")]),
    ],
)
def test_years_tell_their_role(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sailor, U. (1998). Lamps of 1850. Harbour House.", [("1998", "publication"), ("1850", "")]),
        ("Waly, Anna, 1981, Echoes of the sea", [("1981", "publication")]),
        ("Anna Waly, Echoes of the sea, Harbour House, 1981, p. 146.", [("1981", "publication")]),
        ("See resolution 1373 (2001), para. 3.", [("2001", "instrument")]),
        ("The lamps burned from 1850 to the end.", [("1850", "")]),
    ],
)
def test_the_year_of_a_work_in_a_note_or_reference_is_that_of_its_publication(text, expected):
    assert roles(text, PassageKind.REFERENCE) == expected


def test_a_date_has_the_role_of_its_year():
    text = "General Assembly resolution 55/63 of 4 December 2000; the ship sank on 3 May 2001 in the 1990s or 2001-2004"
    assert roles(text, of=AnnotationType.DATE) == [
        ("2000-12-04", "instrument"),
        ("2001-05-03", ""),
        ("199", "decade"),
        ("2001/2004", "range"),
    ]


def test_a_role_leaves_the_years_of_a_passage_as_they_are():
    tagged = passage("resolution 1373 (2001) and 2004")
    found = find_years(document(), [tagged], find_instruments(document(), [tagged]))[0]
    assert passage(tagged.text, annotations=found).years == (2001, 2004)

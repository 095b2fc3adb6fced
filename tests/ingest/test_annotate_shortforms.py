"""Short forms of instruments that a document defines itself."""

import pytest

from corpus.model import AnnotationType, Found
from ingest.annotate.instruments import find_instruments
from tests.factories import document, library

CRIME = "Convention on Cybercrime"
CHILD = "Convention on the Rights of the Child"
LAGOON = "Lagoon Convention on Fish Trade"


def found(*texts, how=Found.ACRONYM):
    annotated = find_instruments(document(), library(*texts))
    return [
        [ann.value for ann in anns if ann.type == AnnotationType.INSTRUMENT and ann.found == how] for anns in annotated
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # acronyms made of the name's letters
        (["The Convention on the Rights of the Child (CRC) is old.", "Under the CRC it is."], [[CHILD], [CHILD]]),
        (["The Convention on the Rights of the Child (1577 UNTS 3; CRC).", "The CRC."], [[CHILD], [CHILD]]),
        (["The Lagoon Convention on Fish Trade (LCFT).", "LCFT parties met."], [[LAGOON], [LAGOON]]),
        # names of several words, told to be one
        (
            ["The Lagoon Convention on Fish Trade (hereinafter “the Fish Treaty”).", "The Fish Treaty binds."],
            [[LAGOON], [LAGOON]],
        ),
        (["The Convention on Cybercrime (the “Crime Treaty”).", "The Crime Treaty."], [[CRIME], [CRIME]]),
        # not before it is defined, not as the beginning of a body's name, not inside a word
        (["The CRC is new.", "The Convention on the Rights of the Child (CRC).", "CRC-like"], [[], [CHILD], []]),
        (["The Convention on the Rights of the Child (CRC).", "The CRC Committee met."], [[CHILD], []]),
        # other things in parentheses
        (["The Convention on the Rights of the Child (UNICEF) is old.", "UNICEF."], [[], []]),
        (["The Convention on the Rights of the Child (New York) is old.", "New York."], [[], []]),
        (["The Convention on the Rights of the Child (Article 3) is old."], [[]]),
    ],
)
def test_names_that_a_document_defines(texts, expected):
    assert found(*texts) == expected


def test_a_defined_head_noun_is_what_later_references_mean():
    texts = [
        "The Convention on the Rights of the Child (hereinafter “the Convention”) is old.",
        "Others joined the Convention on Cybercrime.",
        "They report under the Convention.",
    ]
    assert found(*texts, how=Found.REFERENCE) == [[CHILD], [], [CHILD]]

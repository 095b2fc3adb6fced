"""Every written form of instruments and provisions is read into its id; what is no such form, into nothing.

The forms stand in `forms/*.txt`, one a line, `text => id; id`; they are the language of the annotators.
"""

from pathlib import Path

import pytest

from corpus.model import AnnotationType
from ingest.annotate import annotate
from ingest.annotate.instruments import named_instruments
from tests.factories import document, library

FORMS = Path(__file__).parent / "forms"
#: How many forms of instruments and provisions there are at least.
ENOUGH = 300


def forms(name):
    """Pairs of a text and the ids that it is read into, in the order of the file."""
    lines = (FORMS / name).read_text(encoding="utf-8").splitlines()
    rows = (line.partition("=>") for line in lines if line.strip() and not line.startswith("#"))
    return [
        (text.strip(), [part.strip() for part in expected.split(";") if part.strip()]) for text, _, expected in rows
    ]


def test_there_are_many_forms_and_each_stands_once():
    every = [text for name in ("instruments.txt", "provisions.txt") for text, _ in forms(name)]
    assert len(every) >= ENOUGH
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(("text", "expected"), forms("instruments.txt"))
def test_instruments(text, expected):
    assert list(dict.fromkeys(annotation.value for annotation in named_instruments(text))) == expected


@pytest.mark.parametrize(("text", "expected"), forms("provisions.txt"))
def test_provisions(text, expected):
    """An id is followed by `|` and the articles."""
    (found,) = annotate(document(), library(text))
    cited = [ann for ann in found.annotations if ann.type == AnnotationType.PROVISION]
    assert [f"{ann.value}|{ann.articles}" for ann in cited] == expected

"""The annotation of a whole document."""

import pytest

from corpus.model import AnnotationType, Found, ordered
from ingest.annotate import STEPS, Step, annotate, check_order
from tests.factories import document, library, tag

TEXTS = (
    "In 2001 the Council of Europe opened the Convention on Cybercrime, which Norway and Japan signed.",
    "Article 15 of the Convention asks for safeguards; see General Assembly resolution 55/63 of 4 December 2000.",
)


@pytest.fixture(scope="module")
def passages():
    return annotate(document(), library(*TEXTS))


def test_a_document_s_passages_get_all_their_tags(passages):
    first, second = passages
    assert first.years == (2001,)
    assert first.countries == ("Norway", "Japan")
    assert first.instruments == (("Convention on Cybercrime", "treaty"),)
    assert "Council of Europe" in first.organisations
    assert second.provisions == (("Convention on Cybercrime", "15"),)
    assert second.instruments == (("Convention on Cybercrime", "treaty"), ("A/RES/55/63", "resolution"))
    assert second.years == (2000,)


def test_annotations_are_in_reading_order_and_lie_in_the_text(passages):
    for passage in passages:
        assert passage.annotations == ordered(passage.annotations)
        assert all(0 <= ann.start < ann.end <= len(passage.text) for ann in passage.annotations)


def test_nothing_else_of_a_passage_changes(passages):
    plain = library(*TEXTS)
    assert [(p.id, p.text, p.label) for p in passages] == [(p.id, p.text, p.label) for p in plain]


def test_annotation_is_repeatable_and_replaces_what_was_there(passages):
    assert annotate(document(), passages) == passages
    old = library("Nothing here.")
    old = [type(old[0])(**{**_fields(old[0]), "annotations": (tag("Nothing", AnnotationType.YEAR, "Nothing"),)})]
    assert annotate(document(), old)[0].annotations == ()


def _fields(passage):
    return {name: getattr(passage, name) for name in passage.__dataclass_fields__}


def test_a_country_inside_an_organisation_is_a_part_of_it():
    (passage,) = annotate(document(), library("The Ministry of Justice of Norway wrote to Japan."))
    names = [ann for ann in passage.annotations if ann.type == AnnotationType.ORGANISATION]
    inside = any(ann.end > passage.text.index("Norway") for ann in names)
    assert passage.countries == (("Japan",) if inside else ("Norway", "Japan"))


def test_the_steps_stand_in_a_possible_order():
    check_order(STEPS)
    assert STEPS[0].name == "instruments"


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((STEPS[1], STEPS[0]), "'notes' needs 'instruments'"),
        ((Step("years", ("moons",), STEPS[0].run),), "'years' needs 'moons'"),
    ],
)
def test_a_wrong_order_is_reported(steps, message):
    with pytest.raises(ValueError, match=message):
        check_order(steps)


def test_references_are_marked_as_such(passages):
    (reference,) = [
        ann for ann in passages[1].annotations if ann.type == AnnotationType.INSTRUMENT and ann.found == Found.REFERENCE
    ]
    assert reference.confidence < 1
    assert passages[1].text[reference.start : reference.end] == "the Convention"

"""Where a long document is divided."""

from corpus.model import PassageKind
from tests.factories import passage
from webapp.order import Entry
from webapp.parts import EACH, MOST, Parts, weight

HEADING = PassageKind.HEADING


def entry(number, length=MOST // 100 - EACH, *, kind=PassageKind.PARAGRAPH, notes=(), section=()):
    """An entry that is a hundredth of a part."""
    return Entry(passage("x" * length, number=number, kind=kind, section=section), tuple(notes))


def numbers(part):
    return [int(each.anchor.removeprefix("para-")) for each in part]


def test_a_document_of_fair_length_is_one_part():
    parts = Parts(tuple(entry(number) for number in range(1, 101)))
    assert (parts.count, numbers(parts.held(1))) == (1, list(range(1, 101)))
    assert parts.before(1) is None


def test_a_document_without_text_is_one_empty_part():
    assert (Parts(()).count, Parts(()).held(1)) == (1, ())


def test_a_long_document_is_divided_evenly_and_nothing_is_lost():
    parts = Parts(tuple(entry(number) for number in range(1, 251)))
    held = [numbers(parts.held(number)) for number in range(1, parts.count + 1)]
    assert [len(each) for each in held] == [84, 83, 83]
    assert [each for part in held for each in part] == list(range(1, 251))
    assert parts.before(2).anchor == "para-84"


def test_a_part_ends_before_a_heading_that_is_near_the_higher_one_first():
    low, high = {"section": ["Chapter", "Section"]}, {"section": ["Chapter"]}
    kinds = {60: high, 74: high, 76: low, 90: high}
    entries = tuple(
        entry(number, kind=HEADING, **kinds[number]) if number in kinds else entry(number) for number in range(1, 151)
    )
    assert numbers(Parts(entries).held(2))[0] == 74


def test_notes_weigh_and_stand_with_their_callers():
    note = entry(900)
    assert weight(entry(1, notes=[note])) == weight(entry(1)) + weight(note)
    parts = Parts((*(entry(number) for number in range(1, 150)), entry(150, notes=[note])))
    assert [parts.of(place) for place in ("para-1", "para-150", "para-900", "para-151")] == [1, 2, 2, 0]


def test_letters_of_other_alphabets_weigh_what_they_take():
    assert weight(Entry(passage("я" * 10))) == weight(Entry(passage("x" * 20)))

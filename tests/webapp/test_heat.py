"""Where hits fall, as cells of a bar and as counts under headings."""

from corpus.model import PassageKind
from tests.factories import passage
from webapp.heat import CELLS, WIDTH, heat, under_headings
from webapp.order import Entry


def entry(number, length=100, *, kind=PassageKind.PARAGRAPH, notes=(), section=()):
    return Entry(passage("x" * length, number=number, kind=kind, section=section), tuple(notes))


def ids(*numbers):
    return {f"lecture/para-{number}" for number in numbers}


def test_a_document_without_hits_has_no_cells():
    assert heat([entry(1)], set()) == ()
    assert heat([], {"lecture/para-1"}) == ()


def test_hits_lie_where_their_text_begins():
    entries = [entry(number) for number in range(1, 11)]
    cells = heat(entries, ids(1, 6, 10))
    assert [cell.x for cell in cells] == [0, WIDTH / 2, 0.9 * WIDTH]
    assert [cell.anchor for cell in cells] == ["para-1", "para-6", "para-10"]
    assert cells[-1].x + cells[-1].width <= WIDTH


def test_a_long_passage_takes_the_room_that_it_has_on_the_page():
    assert [cell.x for cell in heat([entry(1, 900), entry(2, 100)], ids(2))] == [0.9 * WIDTH]


def test_hits_that_share_a_cell_are_counted_and_shaded():
    entries = [entry(number, 1, section=["Scope"]) for number in range(1, 4)] + [entry(9, 997)]
    first, last = heat([*entries, entry(10, 1000)], ids(1, 2, 3, 10))
    assert (first.label, first.warmth, first.anchor) == ("3 hits under “Scope”", 4, "para-1")
    assert (last.label, last.warmth) == ("1 hit", 2)


def test_a_hit_in_a_note_lies_where_the_note_is_called():
    entries = [entry(1, 400, notes=[entry(2, 100)]), entry(3, 500)]
    assert [cell.x for cell in heat(entries, ids(2))] == [0.4 * WIDTH]


def test_a_hit_without_length_at_the_end_is_in_the_last_cell():
    [cell] = heat([entry(1), entry(2, 0)], ids(2))
    assert cell.x + cell.width == WIDTH


def test_every_hit_of_a_long_document_is_in_a_cell():
    entries = [entry(number) for number in range(1, 1001)]
    cells = heat(entries, ids(*range(1, 1001)))
    assert len(cells) == CELLS
    assert {cell.label for cell in cells} == {"20 hits"}


def test_hits_are_counted_under_the_heading_before_them():
    heading = PassageKind.HEADING
    entries = [entry(1), entry(2, kind=heading), entry(3, notes=[entry(4)]), entry(5), entry(6, kind=heading), entry(7)]
    assert under_headings(entries, ids(1, 3, 4, 7)) == {"para-2": 2, "para-6": 1}

import pytest

from search.results import FacetValue
from webapp.histogram import HEIGHT, WIDTH, histogram


def drawn(**counts):
    values = [FacetValue(year.strip("y"), year.strip("y"), count) for year, count in counts.items()]
    return histogram(values, lambda value: f"/?year={value}")


@pytest.mark.parametrize("counts", [{}, {"y2001": 3}])
def test_less_than_two_years_make_no_drawing(counts):
    assert drawn(**counts) is None


def test_each_year_is_a_bar_in_its_place_with_its_height():
    drawing = drawn(y2001=4, y2002=1, y2005=2)
    assert [(bar.first, bar.count, bar.url) for bar in drawing.bars] == [
        (2001, 4, "/?year=2001"),
        (2002, 1, "/?year=2002"),
        (2005, 2, "/?year=2005"),
    ]
    first, second, last = drawing.bars
    assert (first.x, first.y + first.height) == (0, HEIGHT - 1)
    assert first.height == 2 * last.height > second.height
    assert last.x + last.width <= WIDTH
    assert second.x == pytest.approx(WIDTH / 5)


def test_a_long_span_is_drawn_in_wider_bars_that_lead_to_ranges():
    drawing = drawn(y1648=1, y1998=2, y1999=3, y2005=1)
    assert [bar.url for bar in drawing.bars] == [
        "/?year=1640..1649",
        "/?year=1990..1999",
        "/?year=2000..2009",
    ]
    assert drawing.bars[1].label == "1990–1999"
    assert (drawing.first, drawing.last) == (1648, 2005)


def test_one_passage_is_written_in_the_singular():
    assert [bar.label for bar in drawn(y2001=1, y2002=2).bars] == ["2001: 1 passage", "2002: 2 passages"]


def test_even_a_rare_year_can_be_seen():
    assert min(bar.height for bar in drawn(y2001=10_000, y2002=1).bars) >= 2

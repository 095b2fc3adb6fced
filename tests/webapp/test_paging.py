import pytest

from webapp.paging import Pager


@pytest.mark.parametrize(
    ("total", "current", "numbers"),
    [
        (0, 1, (1,)),
        (20, 1, (1,)),
        (21, 1, (1, 2)),
        (140, 4, (1, 2, 3, 4, 5, 6, 7)),
        (400, 1, (1, 2, 3, None, 20)),
        (400, 10, (1, None, 8, 9, 10, 11, 12, None, 20)),
        (400, 20, (1, None, 18, 19, 20)),
    ],
)
def test_which_pages_are_offered(total, current, numbers):
    assert Pager(total, current).numbers == numbers


@pytest.mark.parametrize(
    ("total", "current", "span"), [(0, 1, (0, 0)), (5, 1, (1, 5)), (41, 2, (21, 40)), (41, 3, (41, 41))]
)
def test_which_passages_stand_on_a_page(total, current, span):
    pager = Pager(total, current)
    assert (pager.first_item, pager.last_item) == span

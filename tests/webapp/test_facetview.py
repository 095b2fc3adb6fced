import pytest

from search.results import FacetValue, Results
from webapp import facetview
from webapp.links import Selection


@pytest.fixture(autouse=True)
def _in_a_request(app):
    with app.test_request_context("/"):
        yield


def results(**facets):
    made = {
        name: tuple(FacetValue(value, f"{value}!" if name == "document" else value, count) for value, count in values)
        for name, values in facets.items()
    }
    return Results(10, 2, facets=made)


def test_groups_come_in_the_order_of_the_page_and_empty_ones_are_left_out():
    found = results(country=[("Chad", 1)], organisation=[("A", 2)], instrument=[], year=[("2001", 1)])
    assert [group.name for group in facetview.groups(found)] == ["organisation", "country"]


def test_a_line_is_complete():
    [group] = facetview.groups(results(organisation=[("A", 4), ("B", 1)]))
    assert [(line.label, line.count, line.share) for line in group.lines] == [("A", 4, 100.0), ("B", 1, 25.0)]


@pytest.mark.parametrize(("number", "shown", "more"), [(3, 3, 0), (9, 9, 0), (10, 7, 3), (60, 7, 53), (100, 7, 73)])
def test_long_lists_are_folded_but_not_for_one_or_two_lines(number, shown, more):
    values = tuple(FacetValue(f"v{index:03}", f"v{index:03}", 200 - index) for index in range(number))
    group = facetview.group("organisation", values)
    assert (len(group.lines), len(group.more), group.unlisted) == (shown, more, max(0, number - 80))


def test_a_chosen_value_is_never_behind_the_fold():
    values = [FacetValue(f"v{index:02}", f"v{index:02}", 90 - index, selected=index == 50) for index in range(60)]
    assert facetview.group("organisation", values).lines[0].value == "v50"


def test_our_own_words_are_written_for_readers():
    [group] = facetview.groups(results(passage_kind=[("list_item", 1)]))
    assert group.lines[0].label == "List item"


def test_chips_bear_labels_and_lead_to_the_search_without_them():
    selection = Selection(text="law", chosen={"document": ("d",), "year": ("1995..2005",), "country": ("Mars",)})
    found = facetview.chips(results(document=[("d", 1)]), selection)
    assert [(chip.label, chip.url) for chip in found] == [
        ("Year named: 1995–2005", "/?q=law&document=d&country=Mars"),
        ("Document: d!", "/?q=law&year=1995..2005&country=Mars"),
        ("Country: Mars", "/?q=law&year=1995..2005&document=d"),
    ]


def test_a_chosen_range_stands_in_the_inputs_and_ticks_no_year():
    values = (FacetValue("1996", "1996", 1, selected=True), FacetValue("2001", "2001", 2, selected=True))
    form = facetview.year_form(
        Results(1, 1, facets={"year": values}), Selection(chosen={"year": ("1995..1999", "2001")})
    )
    assert (form.first, form.last, form.ranges) == ("1995", "1999", ())
    assert [line.value for line in form.group.lines] == ["2001"]
    assert [(line.value, line.selected) for line in form.group.more] == [("1996", False)]


def test_further_ranges_stay_choices_of_their_own():
    form = facetview.year_form(Results(0, 0), Selection(chosen={"year": ("1995..", "..1950")}))
    assert (form.first, form.last, form.ranges) == ("1995", "", ("..1950",))


def test_a_bar_leads_to_its_year_alone_and_a_chosen_one_back():
    found = results(year=[("2001", 1), ("2002", 1)])
    form = facetview.year_form(found, Selection(chosen={"year": ("2001",)}))
    assert [bar.url for bar in form.drawing.bars] == ["/", "/?year=2002"]

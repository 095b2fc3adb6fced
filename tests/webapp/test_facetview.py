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


def of(name, values, **facts):
    return facetview.group(name, Results(10, 2, facets={name: tuple(values)}, **facts))


def years(*values, name="year", **chosen):
    return facetview.year_group(name, Results(1, 1, facets={name: values}), Selection(chosen=chosen))


def test_groups_come_in_the_order_of_the_page_and_empty_ones_are_left_out():
    found = results(country=[("Chad", 1)], organisation=[("A", 2)], instrument=[], year=[("2001", 1)])
    assert [group.name for group in facetview.groups(found, Selection())] == ["organisation", "year", "country"]


def test_a_range_in_which_no_year_lies_can_still_be_changed():
    found = facetview.groups(results(organisation=[("A", 2)]), Selection(chosen={"cited_year": ("1000..1100",)}))
    assert [group.name for group in found] == ["organisation", "cited_year"]
    assert found[1].years.first == "1000"


def test_families_stand_inside_the_organisations():
    found = results(organisation=[("A", 2)], within=[("B", 3)])
    [group] = facetview.groups(found, Selection())
    assert [line.label for line in group.inner.lines] == ["B"]
    [group] = facetview.groups(results(organisation=[("A", 2)]), Selection())
    assert group.inner is None


def test_a_line_is_complete():
    group = of("organisation", [FacetValue("A", "A", 4, documents=2), FacetValue("B", "B", 1, documents=1)])
    assert [(line.label, line.count, line.documents, line.share) for line in group.lines] == [
        ("A", 4, 2, 100.0),
        ("B", 1, 1, 25.0),
    ]


def test_that_a_document_is_one_document_is_not_said():
    [line] = of("document", [FacetValue("d", "D", 4, documents=1)]).lines
    assert line.documents == 0


@pytest.mark.parametrize(
    ("number", "shown", "more"), [(3, 3, 0), (9, 9, 0), (10, 7, 3), (20, 7, 13), (60, 7, 13), (100, 7, 13)]
)
def test_long_lists_are_folded_but_not_for_one_or_two_lines(number, shown, more):
    group = of("organisation", [FacetValue(f"v{index:03}", f"v{index:03}", 200 - index) for index in range(number)])
    assert (len(group.lines), len(group.more), group.distinct, group.unlisted) == (shown, more, number, number > 20)


def test_values_that_the_engine_kept_back_are_counted():
    values = [FacetValue("A", "A", 1), FacetValue("B", "B", 9, excluded=True)]
    group = of("organisation", values, distinct={"organisation": 312})
    assert (group.distinct, group.further, group.unlisted) == (312, 311, True)
    assert of("organisation", values, distinct={"organisation": 1}).further == 0


@pytest.mark.parametrize("choice", ["selected", "excluded"])
def test_what_is_chosen_or_excluded_is_never_behind_the_fold(choice):
    values = [FacetValue(f"v{index:02}", f"v{index:02}", 90 - index, **{choice: index == 50}) for index in range(60)]
    line = of("passage_kind", values).lines[0]
    assert (line.value, getattr(line, choice)) == ("v50", True)


def test_groups_that_few_searches_need_are_folded_until_something_in_them_is_chosen():
    assert of("organisation", [FacetValue("A", "A", 1)]).open
    assert not of("passage_kind", [FacetValue("quote", "Quote", 1)]).open
    assert of("passage_kind", [FacetValue("quote", "Quote", 1, excluded=True)]).open
    values = (FacetValue("2001", "2001", 1), FacetValue("2002", "2002", 1))
    assert not years(*values, name="cited_year").open
    assert years(*values, name="cited_year", cited_year=("..2001",)).open
    assert years(*values, name="cited_year", not_cited_year=("2000..2001",)).open


def test_chips_bear_labels_and_lead_to_the_search_without_them():
    chosen = {"document": ("d",), "year": ("1995..2005",), "country": ("Mars",), "not_cited_year": ("..2000",)}
    selection = Selection(text="law", chosen=chosen, exactly=True)
    found = facetview.chips(results(document=[("d", 1)]), selection)
    assert [(chip.label, chip.url) for chip in found] == [
        ("Year named: 1995–2005", "/?q=law&document=d&country=Mars&not_cited_year=..2000&exactly=1"),
        ("Document: d!", "/?q=law&year=1995..2005&country=Mars&not_cited_year=..2000&exactly=1"),
        ("Country: Mars", "/?q=law&year=1995..2005&document=d&not_cited_year=..2000&exactly=1"),
        (
            "Year of the cited instrument: not –2000",
            "/?q=law&year=1995..2005&document=d&country=Mars&exactly=1",
        ),
        (
            "Only passages with all the words",
            "/?q=law&year=1995..2005&document=d&country=Mars&not_cited_year=..2000",
        ),
    ]


def test_a_chosen_range_stands_in_the_inputs_and_ticks_no_year():
    values = (FacetValue("1996", "1996", 1, selected=True), FacetValue("2001", "2001", 2, selected=True))
    group = years(*values, year=("1995..1999", "2001"))
    assert (group.years.first, group.years.last, group.years.ranges) == ("1995", "1999", ())
    assert [line.value for line in group.lines] == ["2001"]


def test_a_single_year_is_listed_for_there_is_nothing_to_draw():
    group = years(FacetValue("2001", "2001", 2))
    assert (group.years.drawing, [line.value for line in group.lines], group.further) == (None, ["2001"], 0)
    group = years(FacetValue("2001", "2001", 2), FacetValue("2002", "2002", 1))
    assert (group.lines, group.further) == ((), 2)


def test_an_excluded_year_is_a_line_and_an_excluded_range_a_choice():
    values = (FacetValue("1996", "1996", 1, excluded=True), FacetValue("2001", "2001", 2, excluded=True))
    group = years(*values, not_year=("1995..1999", "2001"))
    assert group.years.ranges == (("not_year", "1995..1999"),)
    assert [(line.value, line.excluded) for line in group.lines] == [("2001", True)]
    assert (group.more, group.distinct) == ((), 2)


def test_further_ranges_stay_choices_of_their_own():
    group = years(year=("1995..", "..1950"))
    assert (group.years.first, group.years.last, group.years.ranges) == ("1995", "", (("year", "..1950"),))


@pytest.mark.parametrize("name", ["year", "document_year", "cited_year"])
def test_a_bar_leads_to_its_year_alone_and_a_chosen_one_back(name):
    group = years(FacetValue("2001", "2001", 1), FacetValue("2002", "2002", 1), name=name, **{name: ("2001",)})
    assert [bar.url for bar in group.years.drawing.bars] == ["/", f"/?{name}=2002"]

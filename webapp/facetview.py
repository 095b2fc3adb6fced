"""Facets as the page shows them: groups of complete lines, chips for what is chosen, the year form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse

from search.query import FACETS, YEAR_FACETS
from search.results import FacetValue, Results
from webapp.histogram import Histogram, histogram
from webapp.links import Selection

#: Headings of the groups.
TITLES = {
    "organisation": "Organisation",
    "within": "Organisation with its bodies",
    "instrument": "Instrument",
    "provision": "Cited provision",
    "year": "Year named",
    "document_year": "Year of the document",
    "cited_year": "Year of the cited instrument",
    "kind": "Document kind",
    "document": "Document",
    "country": "Country",
    "passage_kind": "Passage kind",
}
#: Facets whose values are words of ours (`list_item`) and not names.
_WORDS = frozenset({"kind", "passage_kind"})
#: Values shown before "more"; a group of at most two beyond that is shown whole, a fold would not save a line.
_SHOWN = 7
_SLACK = 2
#: Values that a group lists at all; the rest is reached by narrowing the search or from the index pages.
_LISTED = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One value with all that the template prints; `share` is its part of the largest count in per cent."""

    value: str
    label: str
    count: int
    selected: bool
    share: float


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: lines at sight, lines behind "more", and how many values are not listed."""

    name: str
    title: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class YearForm:
    """The year group: drawing, the range in its two inputs, and every other chosen range as a value of its own."""

    group: Group
    drawing: Histogram | None
    first: str = ""
    last: str = ""
    ranges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value above the results and the address without it."""

    facet: str
    label: str
    url: str


def groups(results: Results) -> tuple[Group, ...]:
    """Every facet but the years that has something to choose, in the order of the page."""
    made = (group(name, results.facets.get(name, ())) for name in FACETS if name not in YEAR_FACETS)
    return tuple(each for each in made if each.lines)


def group(name: str, values: Sequence[FacetValue]) -> Group:
    """One facet; chosen values come first, so that they are never behind the fold."""
    listed = sorted(values, key=lambda value: not value.selected)[:_LISTED]
    largest = max((value.count for value in values), default=0) or 1
    lines = tuple(_line(name, value, largest) for value in listed)
    shown = len(lines) if len(lines) <= _SHOWN + _SLACK else max(_SHOWN, sum(line.selected for line in lines))
    return Group(name, TITLES[name], lines[:shown], lines[shown:], len(values) - len(listed))


def year_form(results: Results, selection: Selection) -> YearForm:
    """The years: bars lead to one year (or the years of the bar), a chosen range stands in the inputs."""
    values = [value for value in results.facets.get("year", ()) if value.value.isdecimal()]
    chosen = selection.chosen.get("year", ())
    ranges = [value for value in chosen if ".." in value]
    first, _, last = ranges[0].partition("..") if ranges else ("", "", "")
    # A year inside a chosen range is no choice of its own: its box stays empty, or the form would add it.
    single = [replace(value, selected=value.value in chosen) for value in reversed(values)]
    largest = max((value.count for value in values), default=0) or 1
    lines = [_line("year", value, largest) for value in single]
    years = Group("year", TITLES["year"], tuple(filter(_is_chosen, lines)), tuple(filterfalse(_is_chosen, lines)))
    drawing = histogram(values, lambda value: _year_link(selection, value))
    return YearForm(years, drawing, first, last, tuple(ranges[1:]))


def chips(results: Results, selection: Selection) -> tuple[Chip, ...]:
    """What is chosen, named as the facets name it."""
    return tuple(
        Chip(facet, f"{TITLES[facet]}: {label_of(facet, value, results.facets)}", selection.toggle(facet, value).url)
        for facet in FACETS
        for value in selection.chosen.get(facet, ())
    )


def label_of(facet: str, value: str, facets: Mapping[str, Sequence[FacetValue]]) -> str:
    """The label of a value, the value itself when the facet does not list it; ranges get a dash."""
    labels = (each.label for each in facets.get(facet, ()) if each.value == value)
    return _readable(facet, next(labels, value.replace("..", "–") if facet == "year" else value))


def _is_chosen(line: Line) -> bool:
    return line.selected


def _line(name: str, value: FacetValue, largest: int) -> Line:
    label = _readable(name, value.label)
    share = round(100 * value.count / largest, 1)
    return Line(value.value, label, value.count, value.selected, share)


def _year_link(selection: Selection, value: str) -> str:
    return (selection if selection.has("year", value) else selection.without("year")).toggle("year", value).url


def _readable(facet: str, label: str) -> str:
    return label.replace("_", " ").capitalize() if facet in _WORDS else label

"""Facets as the page shows them: groups of complete lines, year forms, chips for what is chosen and excluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.query import FACETS, YEAR_FACETS
from search.results import FacetValue, Results
from webapp import links
from webapp.histogram import Histogram, histogram
from webapp.language import gettext
from webapp.language import lazy as _
from webapp.links import NOT, VALUES, Selection
from webapp.wording import words

#: Headings of the groups.
TITLES = {
    "organisation": _("Organisation"),
    "within": _("Organisation with its bodies"),
    "instrument": _("Instrument"),
    "provision": _("Cited provision"),
    "year": _("Year named"),
    "document_year": _("Year of the document"),
    "cited_year": _("Year of the cited instrument"),
    "kind": _("Document kind"),
    "document": _("Document"),
    "country": _("Country"),
    "passage_kind": _("Passage kind"),
}
#: A facet shown inside the group of another: families of organisations stand with the organisations.
_INNER = {"organisation": "within"}
#: Values shown before "more"; a group of at most two beyond that is shown whole, a fold would not save a line.
_SHOWN, _SHOWN_INNER = 7, 3
_SLACK = 2
#: Values that a group lists at all; the facet's own page lists every one.
LISTED = 20
#: Facets whose values are words of ours.
_KINDS = frozenset({"kind", "passage_kind"})
#: Facets that most searches do without: folded unless something in them is chosen.
_FOLDED = frozenset({"document_year", "cited_year", "passage_kind"})


@dataclass(frozen=True, slots=True)
class Line:
    """One value with all that the template prints; `share` is its part of the largest count in per cent.

    `documents` is 0 where their number says nothing.
    """

    value: str
    label: str
    count: int
    documents: int
    selected: bool
    excluded: bool
    share: float


@dataclass(frozen=True, slots=True)
class Years:
    """What the group of a year facet has besides: the drawing, the range in its two inputs, and every other range.

    `ranges` are parameters with their values, for a range may be excluded as well.
    """

    drawing: Histogram | None
    first: str = ""
    last: str = ""
    ranges: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: lines at sight, lines behind "more", how many values there are in all, a facet inside it."""

    name: str
    title: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    distinct: int = 0
    inner: Group | None = None
    years: Years | None = None

    @property
    def excluding(self) -> str:
        """The parameter that excludes its values."""
        return NOT + self.name

    @property
    def further(self) -> int:
        """How many values are not at sight; `distinct` does not count what is excluded."""
        return max(len(self.more), self.distinct - sum(line.count > 0 and not line.excluded for line in self.lines))

    @property
    def unlisted(self) -> bool:
        """Whether there are values that only the facet's own page lists."""
        return self.further > len(self.more)

    @property
    def touched(self) -> bool:
        """Whether anything is chosen or excluded in it."""
        ranged = self.years and (self.years.first or self.years.last or self.years.ranges)
        return bool(ranged) or any(line.selected or line.excluded for line in self.lines)

    @property
    def open(self) -> bool:
        """Whether the group is shown unfolded."""
        return self.name not in _FOLDED or self.touched


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice in force, named above the results, and the address without it."""

    label: str
    url: str


def groups(results: Results, selection: Selection) -> tuple[Group, ...]:
    """Every facet that has something to choose, in the order of the page."""
    made = (
        year_group(name, results, selection) if name in YEAR_FACETS else group(name, results)
        for name in FACETS
        if name not in _INNER.values()
    )
    return tuple(each for each in made if each.lines or each.distinct or each.touched)


def group(name: str, results: Results, least: int = _SHOWN) -> Group:
    """One facet with at least so many values at sight, all that are chosen or excluded among them."""
    values = results.facets.get(name, ())
    listed = sorted(values, key=lambda value: not (value.selected or value.excluded))[:LISTED]
    found = lines(name, listed)
    kept = sum(line.selected or line.excluded for line in found)
    shown = len(found) if len(found) <= least + _SLACK else max(least, kept)
    inner = group(_INNER[name], results, _SHOWN_INNER) if name in _INNER else None
    distinct = results.distinct.get(name, len(values))
    return Group(name, TITLES[name], found[:shown], found[shown:], distinct, inner if inner and inner.lines else None)


def year_group(name: str, results: Results, selection: Selection) -> Group:
    """A facet of years: bars lead to one year (or the years of the bar), a chosen range stands in the inputs.

    Where there are bars, only the years chosen or excluded are listed besides.
    """
    values = [value for value in results.facets.get(name, ()) if value.value.isdecimal()]
    chosen, left_out = (selection.chosen.get(parameter, ()) for parameter in (name, NOT + name))
    ranges = [value for value in chosen if ".." in value]
    others = [(name, value) for value in ranges[1:]] + [(NOT + name, value) for value in left_out if ".." in value]
    first, _, last = ranges[0].partition("..") if ranges else ("", "", "")
    # A year inside a range that is chosen or excluded is no choice of its own: with a ticked box the form would add it.
    bars = drawing(results, name, selection)
    listed = (v for v in reversed(values) if not bars or v.value in chosen or v.value in left_out)
    own = [replace(v, selected=v.value in chosen, excluded=v.value in left_out) for v in listed]
    shown = lines(name, own, most=_most(values))
    return Group(name, TITLES[name], shown, distinct=len(values), years=Years(bars, first, last, tuple(others)))


def drawing(results: Results, name: str, selection: Selection) -> Histogram | None:
    """The years of a facet as bars that lead to them, None for fewer than two years."""
    alone = links.adding(selection.without(name), name)

    def link(value: str) -> str:
        return selection.toggle(name, value).url if selection.has(name, value) else alone(value)

    return histogram(results.facets.get(name, ()), link)


def lines(name: str, values: Sequence[FacetValue], *, most: int = 0) -> tuple[Line, ...]:
    """The values of a facet, complete for the page; `most` is the largest count if other values have it."""
    largest = most or _most(values)
    return tuple(
        Line(
            value=value.value,
            label=_label(name, value),
            count=value.count,
            documents=value.documents if name != "document" else 0,
            selected=value.selected,
            excluded=value.excluded,
            share=round(100 * value.count / largest, 1),
        )
        for value in values
    )


def chips(results: Results, selection: Selection) -> tuple[Chip, ...]:
    """What is chosen, then what is excluded, named as the facets name it, then the switch."""
    found = [
        Chip(_chosen(name, value, results.facets), selection.toggle(name, value).url)
        for name in VALUES
        for value in selection.chosen.get(name, ())
    ]
    if selection.exactly:
        found.append(Chip(gettext("Only passages with all the words"), selection.only_complete(exactly=False).url))
    return tuple(found)


def label_of(facet: str, value: str, facets: Mapping[str, Sequence[FacetValue]]) -> str:
    """The label of a value, the value itself when the facet does not list it; ranges get a dash."""
    labels = (_label(facet, each) for each in facets.get(facet, ()) if each.value == value)
    return next(labels, value.replace("..", "–") if facet in YEAR_FACETS else value)


def in_words(name: str, label: str) -> str:
    """A choice, or with `NOT` before the facet's name an exclusion: `Country: Jordan`, `Country: not Jordan`."""
    facet = str(TITLES[name.removeprefix(NOT)])
    if name.startswith(NOT):
        return gettext("%(facet)s: not %(value)s", facet=facet, value=label)
    return gettext("%(facet)s: %(value)s", facet=facet, value=label)


def _chosen(name: str, value: str, facets: Mapping[str, Sequence[FacetValue]]) -> str:
    return in_words(name, label_of(name.removeprefix(NOT), value, facets))


def _label(facet: str, value: FacetValue) -> str:
    """What people read for a value; kinds are words of ours."""
    return words(value.value).capitalize() if facet in _KINDS else value.label


def _most(values: Sequence[FacetValue]) -> int:
    return max((value.count for value in values), default=0) or 1

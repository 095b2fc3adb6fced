"""Years as bars: the geometry of a small SVG, computed here so that the page needs neither script nor inline style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.results import FacetValue
from webapp.wording import counted

#: Size of the drawing in its own units; the style sheet scales it to the column.
WIDTH, HEIGHT = 240.0, 56.0
#: Room kept free below the bars for the base line.
_BASE = 1.0
#: Shortest bar that can still be seen and hit.
_LEAST = 2.0
#: Most bars that the column of facets can hold with a bar still 4 px wide.
_MOST_BARS = 48
#: Years per bar, tried in this order until the bars fit.
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its rectangle, the years it stands for, its count, and the search that it leads to."""

    x: float
    y: float
    width: float
    height: float
    first: int
    last: int
    count: int
    url: str
    selected: bool

    @property
    def label(self) -> str:
        """`2001: 12 passages`; years that share a bar are only named, for one passage may name several of them."""
        if self.first == self.last:
            return f"{self.first}: {counted(self.count, 'passage')}"
        return f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Histogram:
    """All bars with the first and last year of the axis."""

    bars: tuple[Bar, ...]
    first: int
    last: int
    width: float = WIDTH
    height: float = HEIGHT


def histogram(values: Sequence[FacetValue], link: Callable[[str], str]) -> Histogram | None:
    """Bars for the years of a facet, None for fewer than two; `link` gives the address of `2001` or `1990..1999`."""
    years = {int(value.value): value for value in values if value.value.isdecimal()}
    if len(years) < 2:  # noqa: PLR2004  # one bar says nothing
        return None
    first, last = min(years), max(years)
    step = next((step for step in _STEPS if (last // step - first // step) < _MOST_BARS), _STEPS[-1])
    starts = range(first // step * step, last + 1, step)
    members = [[years[year] for year in range(start, start + step) if year in years] for start in starts]
    counts = [sum(value.count for value in group) for group in members]
    slot, tallest = WIDTH / len(starts), max(*counts, 1)
    bars = (
        _bar((index * slot, slot, count / tallest), (start, start + step - 1), group, link)
        for index, (start, group, count) in enumerate(zip(starts, members, counts, strict=True))
        if group
    )
    return Histogram(tuple(bars), first, last)


def _bar(
    place: tuple[float, float, float], span: tuple[int, int], group: Sequence[FacetValue], link: Callable[[str], str]
) -> Bar:
    x, slot, share = place
    height = max(_LEAST, round(share * (HEIGHT - _BASE), 2))
    first, last = span
    return Bar(
        x=round(x, 2),
        y=round(HEIGHT - _BASE - height, 2),
        width=round(slot * 0.78, 2),  # the rest is the gap to the next bar
        height=height,
        first=first,
        last=last,
        count=sum(value.count for value in group),
        url=link(str(first) if first == last else f"{first}..{last}"),
        selected=any(value.selected for value in group),
    )

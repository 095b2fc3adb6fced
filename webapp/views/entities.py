"""Indexes of what the passages name, and a page for each organisation and instrument."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from corpus.authority import instruments, organisations
from corpus.errors import NotFound
from corpus.model import Passage
from search.query import Filters, Query, Sort
from search.results import FacetValue, Results
from webapp import facetview
from webapp.histogram import Histogram, histogram
from webapp.hits import Item, documents_of, items
from webapp.indexview import by_article, by_letter, with_handle
from webapp.links import Selection
from webapp.views.access import facet, library, settings

blueprint = Blueprint("entities", __name__)

#: Passages shown on an entity's page; the search holds the rest.
_SHOWN = 10
#: Names that stand in the same passages, offered as ways on.
_BESIDE = 8
#: Passages of an instrument whose articles are listed; more would make no page that anybody reads.
_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of a page: its names (one as a rule) and the result of filtering by it."""

    facet: str
    names: tuple[str, ...]
    results: Results

    @property
    def title(self) -> str:
        """The heading of the page."""
        return "; ".join(self.names)

    @property
    def selection(self) -> Selection:
        """The search that the page is a view of."""
        return Selection(chosen={self.facet: self.names})

    def beside(self, name: str) -> tuple[FacetValue, ...]:
        """The most frequent values of another facet in the same passages."""
        values = self.results.facets.get(name, ())
        return tuple(value for value in values if name != self.facet or value.value not in self.names)[:_BESIDE]


@blueprint.get("/organisations")
def organisation_index() -> str:
    """Every organisation that a passage names."""
    return _index("organisation", "Organisations")


@blueprint.get("/instruments")
def instrument_index() -> str:
    """Every instrument that a passage names."""
    return _index("instrument", "Instruments")


@blueprint.get("/organisations/<handle>")
def organisation(handle: str) -> str:
    """One organisation: other names, body above it, where and when it is named; raises `NotFound`."""
    named = _named("organisation", handle, _SHOWN)
    known = organisations.load()
    return render_template(
        "organisation.html",
        entity=named,
        aliases=[alias for name in named.names for alias in known.entity(name).aliases],
        parents=[parent for name in named.names for parent in known.parents(name)],
        whole=_with_its_bodies(named),
        items=_items(named),
        drawing=_drawing(named),
    )


def _with_its_bodies(named: Named) -> tuple[Selection, Results] | None:
    """The search for an organisation or any body below it, None if the bodies add no passage."""
    results = library().engine.search(Query(filters=Filters(within=named.names), limit=0))
    return (Selection(chosen={"within": named.names}), results) if results.total > named.results.total else None


@blueprint.get("/instruments/<handle>")
def instrument(handle: str) -> str:
    """One instrument: what cites it, article by article; raises `NotFound`."""
    named = _named("instrument", handle, _LISTED)
    passages = library().store.passages_by_id([hit.passage_id for hit in named.results.hits])
    return render_template(
        "instrument.html",
        entity=named,
        records=[record for record in map(instruments.load().get, named.names) if record],
        kind=next((kind for kind in (_kind(passage, named.names) for passage in passages) if kind), ""),
        articles=by_article(passages, named.names),
        documents=documents_of(library().store, passages),
        items=_items(named),
        drawing=_drawing(named),
    )


@blueprint.get("/years")
def years() -> str:
    """Every year that a passage names, by decade."""
    values = [value for value in facet("year") if value.value.isdecimal()]
    decades: dict[int, list[FacetValue]] = {}
    for value in values:
        decades.setdefault(int(value.value) // 10 * 10, []).append(value)
    largest = max((value.count for value in values), default=1)
    drawing = histogram(values, lambda value: Selection(chosen={"year": (value,)}).url)
    return render_template("years.html", decades=sorted(decades.items()), largest=largest, drawing=drawing)


def _index(name: str, title: str) -> str:
    values = facet(name)
    return render_template("index.html", facet=name, title=title, total=len(values), letters=by_letter(values))


def _named(name: str, handle: str, limit: int) -> Named:
    names = tuple(value.value for value in with_handle(facet(name), handle))
    if not names:
        raise NotFound(f"no passage names an {name} “{handle.replace('-', ' ')}”")
    filters = Filters(**{name: names})  # type: ignore[arg-type]  # `name` is a facet of strings
    return Named(name, names, library().engine.search(Query(filters=filters, sort=Sort.DOCUMENT, limit=limit)))


def _items(named: Named) -> tuple[Item, ...]:
    return items(library().store, named.results.hits[:_SHOWN], named.selection, settings().style)


def _drawing(named: Named) -> Histogram | None:
    return facetview.drawing(named.results, "year", named.selection)


def _kind(passage: Passage, names: tuple[str, ...]) -> str:
    return next((kind.replace("_", " ") for name, kind in passage.instruments if name in names), "")

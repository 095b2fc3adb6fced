"""Indexes of what the passages name, and a page for each organisation and instrument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from flask import Blueprint, render_template, request

from corpus.authority import instruments, organisations
from corpus.errors import NotFound
from corpus.model import Document, Passage
from search.printer import format  # noqa: A004  # the query language's own verb
from search.query import And, Exact, Filters, Node, Or, Query, Sort
from search.results import FacetValue, Results
from webapp import facetview
from webapp.histogram import histogram
from webapp.indexview import by_letter
from webapp.language import gettext
from webapp.language import lazy as _
from webapp.links import Selection
from webapp.mentions import by_document, first_and_last
from webapp.noteup import Noted, joined, note_up
from webapp.views.access import dates, facet, known_values, library, settings, texts, with_handle
from webapp.wording import words

blueprint = Blueprint("entities", __name__)

#: Names on one page of an index: some 50 KB compressed, if they are long.
MOST_NAMES = 1500
#: Names that stand in the same passages, offered as ways on.
_BESIDE = 8
#: Bodies below an organisation that its page lists.
_BODIES = 12
#: Passages among which those to show are chosen; more make no difference that anybody sees.
_LOOKED_AT = 2000
#: Drawings beside an entity: the facets of years that they show, with their titles.
_DRAWN = {"document_year": _("Years of the documents"), "year": _("Years in the same passages")}


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
    def tree(self) -> Node:
        """The same as words; unlike a filter it narrows the facet's own counts."""
        exact = tuple(Exact(self.facet, name) for name in self.names)
        return exact[0] if len(exact) == 1 else Or(exact)

    @property
    def filters(self) -> Filters:
        """What finds the passages."""
        return Filters(**{self.facet: self.names})  # type: ignore[arg-type]  # it is a facet of strings

    @property
    def selection(self) -> Selection:
        """The search that the page is a view of."""
        return Selection(chosen={self.facet: self.names})

    def beside(self, name: str) -> tuple[tuple[FacetValue, str], ...]:
        """The most frequent other values of a facet in the same passages, each with the search for both."""
        found = (
            value for value in self.results.facets.get(name, ()) if name != self.facet or value.value not in self.names
        )
        return tuple((value, self._both(name, value.value)) for value in islice(found, _BESIDE))

    def _both(self, name: str, value: str) -> str:
        """The search for what names it and the value; two values of one facet's filter would be alternatives."""
        if name != self.facet:
            return self.selection.adding(name, value).url
        return Selection(text=format(And((self.tree, Exact(name, value)), strict=True))).url


@blueprint.get("/organisations")
def organisation_index() -> str:
    """Every organisation that a passage names."""
    return _index("organisation", gettext("Organisations"))


@blueprint.get("/instruments")
def instrument_index() -> str:
    """Every instrument that a passage names."""
    return _index("instrument", gettext("Instruments"))


@blueprint.get("/organisations/<handle>")
def organisation(handle: str) -> str:
    """One organisation: other names, body above it, where and when it is named; raises `NotFound`."""
    named = named_by("organisation", handle)
    known = organisations.load()
    counts = known_values()["organisation"]
    return render_template(
        "organisation.html",
        entity=named,
        aliases=[alias for name in named.names for alias in known.entity(name).aliases],
        parents=[parent for name in named.names for parent in known.parents(name)],
        known=counts,
        bodies=bodies_below(named, counts)[:_BODIES],
        whole=_with_its_bodies(named),
        **_shown(named),
    )


def bodies_below(named: Named, counts: Mapping[str, FacetValue]) -> list[FacetValue]:
    """The bodies of an organisation that passages name, most frequent first."""
    known = organisations.load()
    below = [counts[body] for name in named.names for body in known.descendants(name) if body in counts]
    return sorted(below, key=lambda value: (-value.count, value.label))


def _with_its_bodies(named: Named) -> tuple[Selection, Results] | None:
    """The search for an organisation or any body below it, None if the bodies add no passage."""
    results = library().engine.search(Query(filters=Filters(within=named.names), limit=0, facet_limit=1))
    return (Selection(chosen={"within": named.names}), results) if results.total > named.results.total else None


@blueprint.get("/instruments/<handle>")
def instrument(handle: str) -> str:
    """One instrument: what cites it, article by article; raises `NotFound`."""
    named = named_by("instrument", handle)
    shown = _shown(named)
    return render_template(
        "instrument.html",
        entity=named,
        records=[record for record in map(instruments.load().get, named.names) if record],
        kind=kind_of((item.passage for group in shown["groups"] for item in group.items), named.names),
        known=known_values()["organisation"],
        articles=list(_anchored(joined(note_up(library(), named.names, facet("provision"))))),
        texts=texts_of(named.names),
        **shown,
    )


def _anchored(rows: Iterable[Noted]) -> Iterator[tuple[Noted, list[str]]]:
    """Rows with the anchors that no row before has: a name may stand once on a page."""
    seen: set[str] = set()
    for row in rows:
        yield row, [anchor for anchor in row.anchors if anchor not in seen]
        seen.update(row.anchors)


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
    """All names, or those of one letter where they are too many for a page."""
    letters = library().remembered(f"{name} by letter", lambda: by_letter(facet(name)))
    total = sum(len(values) for _, values in letters)
    divided = total > MOST_NAMES
    asked = request.args.get("letter", "")
    chosen = [each for each in letters if each[0] == asked] or letters[:1]
    return render_template(
        "index.html",
        facet=name,
        title=title,
        total=total,
        letters=[letter for letter, _ in letters],
        shown=chosen if divided else letters,
        divided=divided,
    )


def named_by(name: str, handle: str) -> Named:
    """What a page of the facet at this address is about; raises `NotFound`."""
    names = tuple(value.value for value in with_handle(name, handle))
    if not names:
        raise NotFound(_unnamed(name, handle.replace("-", " ")))
    named = Named(name, names, Results(0, 0))
    every = max(_BESIDE + len(names), len(facet("document")))
    query = Query(tree=named.tree, sort=Sort.DOCUMENT, limit=_LOOKED_AT, loose=False, marks=False, facet_limit=every)
    return replace(named, results=library().engine.search(query))


def _unnamed(facet: str, name: str) -> str:
    if facet == "organisation":
        return gettext("no passage names an organisation “%(name)s”", name=name)
    return gettext("no passage names an instrument “%(name)s”", name=name)


def _shown(named: Named) -> dict[str, Any]:
    """What the pages of organisations and instruments have in common."""
    opened, selection = library(), named.selection
    return {
        "groups": by_document(opened, named.results, selection, settings().style),
        "ends": first_and_last(opened, named.results, named.filters, dates()),
        "drawings": [(title, facetview.drawing(named.results, name, selection)) for name, title in _DRAWN.items()],
    }


def texts_of(names: tuple[str, ...]) -> list[Document]:
    """The documents of the library that are the text of an instrument."""
    return library().store.documents_by_id([name for each in names for name in texts().get(each, ())])


def kind_of(passages: Iterable[Passage], names: tuple[str, ...]) -> str:
    """The instrument's type as its passages have it."""
    kinds = (kind for passage in passages for name, kind in passage.instruments if name in names)
    return words(next(kinds, ""))

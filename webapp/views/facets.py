"""`/facets/<facet>`: every value of one facet under a search, found by a part of its name."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from corpus.errors import NotFound
from search.query import FACETS, Query
from search.results import FacetPage, FacetValue
from webapp import facetview
from webapp.language import gettext
from webapp.links import Selection, arguments
from webapp.paging import Pager
from webapp.request import whole_number
from webapp.views.access import library, query_of

blueprint = Blueprint("facets", __name__, url_prefix="/facets")

#: Values on a page: three columns of a screen.
PAGE_SIZE = 60


@blueprint.get("/<facet>")
def page(facet: str) -> ResponseReturnValue:
    """The values that hold `find` in their names, from the most frequent, with links that choose or exclude them."""
    given = arguments()
    number = max(whole_number(given, "page", 1), 1)
    find = request.args.get("find", "").strip()
    asked = Selection.from_args({name: values for name, values in given.items() if name != "page"})
    query = query_of(asked)
    selection = asked.filtered(query.filters, query.excluded)
    found = values(query, facet, find, number * PAGE_SIZE + len(asked.in_force(facet)))
    pager = Pager(found.distinct, number, PAGE_SIZE)
    if number > pager.last:
        return redirect(selection.values_url(facet, find=find, page=pager.last))
    return render_template(
        "facet.html",
        facet=facet,
        find=find,
        selection=selection,
        lines=facetview.lines(facet, shown(found, (number - 1) * PAGE_SIZE, PAGE_SIZE)),
        pager=pager,
    )


def shown(found: FacetPage, start: int, size: int) -> list[FacetValue]:
    """What is chosen or excluded, then a page of the others: the engine lists the former whatever is looked for."""
    in_force = [value for value in found.values if value.selected or value.excluded]
    others = [value for value in found.values if value not in in_force]
    return in_force + others[start : start + size]


def values(query: Query, facet: str, find: str, limit: int) -> FacetPage:
    """The first `limit` values of a facet under every filter but its own; raises `NotFound` naming the facets."""
    if facet not in FACETS:
        known = ", ".join(FACETS)
        raise NotFound(gettext("there is no facet “%(facet)s”; known are %(known)s", facet=facet, known=known))
    return library().engine.values(query, facet, find, limit)

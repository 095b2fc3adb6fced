"""`/search`, `/facets/<facet>` and `/complete`: what finds passages."""

from __future__ import annotations

from flask import Response, request

from webapp import links
from webapp.answers import answer
from webapp.api import parameters, shapes
from webapp.api.access import style
from webapp.api.operations import route
from webapp.api.paging import Window, paged, window
from webapp.completing import continuations
from webapp.request import query_from
from webapp.views.access import library, settings
from webapp.views.facets import shown
from webapp.views.facets import values as facet_values

#: Values of a facet unless `limit` says otherwise.
_VALUES = 20


@route("GET", "/search", answer=shapes.Answer, parameters=(*parameters.ASKED, *parameters.HITS))
def search() -> Response:
    """Passages that answer a query, with exact counts of every facet."""
    query = query_from(links.arguments(), settings())
    found = answer(library(), query, style=style(), explain=request.args.get("explain") == "1")
    return paged(found, Window(query.offset, query.limit or 0), found["total"])


@route(
    "GET",
    "/facets/<facet>",
    answer=shapes.Values,
    parameters=(parameters.FIND, *parameters.PAGED, *parameters.ASKED),
)
def values(facet: str) -> Response:
    """The values of one facet under a search, counted under every filter but the facet's own."""
    asked = window(_VALUES)
    query = query_from(links.arguments(), settings())
    chosen = sum(len(getattr(filters, facet, ())) for filters in (query.filters, query.excluded))
    found = facet_values(query, facet, request.args.get("find", ""), asked.part.stop + chosen)
    listed = shown(found, asked.offset, asked.limit)
    return paged(shapes.Values(facet=facet, distinct=found.distinct, values=listed), asked, found.distinct)


@route("GET", "/complete", answer=shapes.Continuations, parameters=(parameters.TYPED,))
def complete() -> shapes.Continuations:
    """Names and words that continue a query, which ends at the cursor."""
    text = request.args.get("q", "")[-settings().max_query :]
    found = [shapes.Continuation(**each.json) for each in continuations(library().engine, text)]
    return shapes.Continuations(completions=found)

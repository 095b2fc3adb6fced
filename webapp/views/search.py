"""`GET /`: the library at a glance, or a search with its facets and results."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.query import Filters, Query, Sort
from webapp import facetview, guidance
from webapp.answers import by_word
from webapp.hits import items
from webapp.language import lazy as _
from webapp.links import Selection, arguments
from webapp.paging import Pager
from webapp.views.access import known_values, library, overview, query_of, settings

blueprint = Blueprint("search", __name__)

#: Names and titles of the orders, in the order offered.
SORTS = {Sort.RELEVANCE: _("Relevance"), Sort.DATE: _("Date"), Sort.DOCUMENT: _("Document")}
#: Documents and entities offered as ways in on the first page.
_WAYS_IN = 12


@blueprint.get("/")
def page() -> ResponseReturnValue:
    """The search page; a request with blank, doubled or foreign parameters is sent to its tidy address first."""
    asked = Selection.from_args(arguments())
    query = query_of(asked)
    selection = asked.filtered(query.filters, query.excluded)
    if list(request.args.items(multi=True)) != selection.arguments:
        return redirect(selection.url)
    return _landing() if selection.empty else _results(selection, query)


def _results(selection: Selection, query: Query) -> ResponseReturnValue:
    opened = library()
    results = opened.engine.search(replace(query, facet_limit=facetview.LISTED))
    pager = Pager(results.total, selection.page)
    if selection.page > pager.last:
        return redirect(selection.at(pager.last).url)
    return render_template(
        "search.html",
        selection=selection,
        reading=guidance.reading(query.tree, selection),
        results=results,
        items=items(opened.store, results.hits, selection, settings().style),
        divided_at=guidance.divided_at(results, results.hits),
        most_of=guidance.most_of(results),
        also=by_word(results.widened),
        ways_out=guidance.ways_out(results, selection),
        offers=guidance.offers(opened.store, results, settings().style) if pager.current == 1 else (),
        why={hit.passage_id: opened.engine.explain(query, hit.passage_id) for hit in results.hits if selection.explain},
        groups=facetview.groups(results, selection),
        chips=facetview.chips(results, selection),
        pager=pager,
        sorts=SORTS,
        elsewhere=_unfiltered_total(query) if not (results.total or results.remedies) else 0,
    )


def _unfiltered_total(query: Query) -> int:
    """How many passages the words alone would find, which an empty result offers as the next step."""
    if query.filters == query.excluded == Filters() or query.tree is None:
        return 0
    freed = replace(query, filters=Filters(), excluded=Filters(), limit=0, offset=0)
    return library().engine.search(freed).total


def _landing() -> str:
    results = overview()
    selection = Selection()
    shelf = library().store.shelf()
    return render_template(
        "landing.html",
        selection=selection,
        results=results,
        documents=library().store.documents_by_id(shelf[:_WAYS_IN]),
        total=len(shelf),
        known=known_values()["document"],
        organisations=results.facets.get("organisation", ())[:_WAYS_IN],
        instruments=results.facets.get("instrument", ())[:_WAYS_IN],
        drawing=facetview.drawing(results, "year", selection),
    )

"""`/documents` and the reading view of one document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, stream_template
from flask.typing import ResponseReturnValue

from corpus.model import AnnotationType
from search.query import Filters, Query, Sort
from webapp import links
from webapp.heat import heat, under_headings
from webapp.highlighting import Span, cited
from webapp.language import streamed
from webapp.links import Selection, arguments, path
from webapp.noteup import Noted, beginnings, instrument_of, note_up
from webapp.opening import Asked, Opened
from webapp.order import level_of, places
from webapp.paging import Pager
from webapp.reading import Reader
from webapp.request import whole_number
from webapp.views.access import instrument_keys, known_values, library, query_of, settings, while_away
from webapp.zotero import meta

#: Documents on a page of the list: few libraries need a second, and it is some 25 KB compressed.
PAGE_SIZE = 300

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("")
def listing() -> ResponseReturnValue:
    """The documents of the library, newest first, undated last, a page at a time."""
    shelf = library().store.shelf()
    pager = Pager(len(shelf), max(whole_number(arguments(), "page", 1), 1), PAGE_SIZE)
    if pager.current > pager.last:
        return redirect(path("documents.listing", page=pager.last))
    documents = library().store.documents_by_id(shelf[max(pager.first_item - 1, 0) : pager.last_item])
    return render_template("documents.html", documents=documents, pager=pager, known=known_values()["document"])


@blueprint.get("/<document_id>")
def read(document_id: str) -> ResponseReturnValue:
    """A document, or a part of a long one, to read, hits of the search in the URL marked; raises `NotFound`."""
    selection = Selection.from_args(arguments())
    opened = Opened(library().store, library().store.document(document_id), _asked(selection))
    if opened.number:
        return render_template("document.html", **_shown(opened, selection))
    return Response(streamed(stream_template("document.html", **_shown(opened, selection))))


def _asked(selection: Selection) -> Asked:
    part = whole_number(arguments(), "part", 1)
    return Asked(selection, part, request.args.get("at", ""), request.args.get("whole") == "1")


def _shown(opened: Opened, selection: Selection) -> dict[str, Any]:
    document, entries, known = opened.document, opened.order.entries, known_values()
    hits: dict[str, tuple[Span, ...]] = while_away(lambda: _hits(opened, selection), dict) if selection.text else {}
    own = instrument_of(document, instrument_keys())
    permalink = links.absolute(links.document_url(document.id))
    return {
        "document": document,
        "opened": opened,
        "permalink": permalink,
        "meta": meta(document, None, permalink),
        "selection": selection,
        "places": places(entries, hits),
        "heat": heat(entries, hits),
        "inside": under_headings(entries, hits),
        "own": own if own in known["instrument"] else "",
        "noted": _noted(opened, own) if own else {},
        "report": library().store.report(document.id),
        "blocks": Reader(opened.order, known, hits, opened.address).blocks(
            opened.entries, opened.shown, opened.page_before
        ),
        "contents": [(level_of(each.passage), each.anchor, each.passage.text) for each in entries if each.is_heading],
        "citation_text": cited(document, None, settings().style),
        "named": [kind for kind in _LEGEND if any(passage.named(kind) for passage in opened.shown.values())],
    }


def _noted(opened: Opened, own: str) -> dict[str, Noted]:
    """What cites the articles of an instrument elsewhere, by the passages with which they begin on the page."""
    starts = {number: name for number, name in beginnings(opened.passages).items() if name in opened.shown}
    others = Query(excluded=Filters(document=(opened.document.id,)))

    def noted() -> dict[str, Noted]:
        elsewhere = library().engine.values(others, "provision").values
        rows = note_up(library(), (own,), elsewhere, but=opened.document.id, articles=starts)
        return {starts[row.numbers[0].casefold()]: row for row in rows}

    return while_away(noted, dict)


def _hits(opened: Opened, selection: Selection) -> dict[str, tuple[Span, ...]]:
    """The passages of the document that answer the search, with the spans that do for those on the page.

    What one document answers in part is no hit where the library answers in full: the results have none of it either.
    """
    query = replace(query_of(selection), sort=Sort.DOCUMENT, offset=0, facet_limit=1, marked=frozenset(opened.shown))
    engine = library().engine
    filters = replace(query.filters, document=(opened.document.id,))
    found = engine.search(replace(query, filters=filters, limit=None))
    whole = not found.relaxed or engine.search(replace(query, limit=0)).relaxed
    return {hit.passage_id: hit.highlights for hit in found.hits if whole or hit.complete}


#: Types that the legend of the reading view explains, in its order.
_LEGEND = (AnnotationType.ORGANISATION, AnnotationType.INSTRUMENT, AnnotationType.COUNTRY, AnnotationType.YEAR)

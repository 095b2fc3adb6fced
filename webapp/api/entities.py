"""`/organisations`, `/instruments` and `/years`: what passages name, with counts, and what cites an instrument."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, request

from corpus.authority import instruments, organisations
from corpus.slug import slug
from search.query import Query
from search.results import FacetValue
from webapp import links, noteup
from webapp.api import entity_shapes as shapes
from webapp.api import parameters
from webapp.api.operations import route
from webapp.api.paging import Window, paged, window
from webapp.mentions import Mention, first_and_last
from webapp.views.access import dates, facet, known_values, library
from webapp.views.entities import Named, bodies_below, kind_of, named_by, texts_of
from webapp.views.facets import values

#: Passages that tell an instrument's type: the first does, unless it was tagged without one.
_TELLING = 5
#: Names that are told beside an entity.
_BESIDE = ("organisation", "instrument")
_LISTED = (parameters.FIND, *parameters.PAGED)


@route("GET", "/organisations", answer=shapes.Organisations, parameters=_LISTED)
def list_organisations() -> Response:
    """The organisations that passages name, most frequent first."""
    asked, total, found = _listed("organisation")
    return paged(shapes.Organisations(total=total, organisations=found), asked, total)


@route("GET", "/instruments", answer=shapes.Instruments, parameters=_LISTED)
def list_instruments() -> Response:
    """The instruments that passages name, most frequent first."""
    asked, total, found = _listed("instrument")
    return paged(shapes.Instruments(total=total, instruments=found), asked, total)


@route("GET", "/years", answer=shapes.Years, parameters=parameters.PAGED)
def years() -> Response:
    """The years that passages name, ascending."""
    asked, found = window(), _years(facet("year"))
    return paged(shapes.Years(total=len(found), years=found[asked.part]), asked, len(found))


@route("GET", "/organisations/<handle>", answer=shapes.Organisation)
def organisation(handle: str) -> shapes.Organisation:
    """One organisation: its names, the bodies above and below it, where and with what it is named."""
    named, known = named_by("organisation", handle), organisations.load()
    return shapes.Organisation(
        **_entity(named, handle),
        aliases=[alias for name in named.names for alias in known.entity(name).aliases],
        parents=[parent for name in named.names for parent in known.parents(name)],
        children=_rows("organisation", bodies_below(named, known_values()["organisation"])),
    )


@route("GET", "/instruments/<handle>", answer=shapes.CitedInstrument)
def instrument(handle: str) -> shapes.CitedInstrument:
    """One instrument: its names, where and with what it is named, and the documents that are its text."""
    named = named_by("instrument", handle)
    registered = [record for record in map(instruments.load().get, named.names) if record]
    telling = library().store.passages_by_id([hit.passage_id for hit in named.results.hits[:_TELLING]])
    return shapes.CitedInstrument(
        **_entity(named, handle),
        aliases=[alias for record in registered for alias in record.aliases],
        type=kind_of(telling, named.names),
        registered=registered,
        texts=[document.id for document in texts_of(named.names)],
    )


@route("GET", "/instruments/<handle>/articles", answer=shapes.Articles, parameters=parameters.PAGED)
def articles(handle: str) -> Response:
    """What cites an instrument, article by article."""
    asked, named = window(), named_by("instrument", handle)
    rows = noteup.joined(noteup.note_up(library(), named.names, facet("provision")))
    found = [_article(row) for row in rows[asked.part]]
    return paged(shapes.Articles(total=len(rows), articles=found), asked, len(rows))


def _listed(name: str) -> tuple[Window, int, list[shapes.Named]]:
    asked = window()
    found = values(Query(limit=0), name, request.args.get("find", ""), asked.part.stop)
    return asked, found.distinct, _rows(name, found.values[asked.part])


def _entity(named: Named, handle: str) -> dict[str, Any]:
    """The facts of `entity_shapes.Entity` but for the aliases."""
    ends = [_mention(each) for each in first_and_last(library(), named.results, named.filters, dates())]
    facets = named.results.facets
    return {
        "name": named.title,
        "names": list(named.names),
        "slug": handle,
        "passages": named.results.total,
        "documents": named.results.documents,
        "first": ends[0] if ends else None,
        "last": ends[-1] if ends else None,
        **{f"{name}s": _rows(name, [each for each, _ in named.beside(name)]) for name in _BESIDE},
        **{f"{name}s": _years(facets.get(name, ())) for name in ("year", "document_year")},
        "link": links.absolute(links.entity_url(named.facet, named.names[0])),
    }


def _rows(name: str, found: Iterable[FacetValue]) -> list[shapes.Named]:
    return [
        shapes.Named(
            name=each.value,
            slug=slug(each.value),
            passages=each.count,
            documents=each.documents,
            link=links.absolute(links.entity_url(name, each.value)),
        )
        for each in found
    ]


def _years(found: Iterable[FacetValue]) -> list[shapes.Year]:
    named = [each for each in found if each.value.isdecimal()]
    return [shapes.Year(year=int(each.value), passages=each.count, documents=each.documents) for each in named]


def _mention(mention: Mention) -> shapes.Mention:
    return shapes.Mention(
        passage=mention.passage.id,
        document=mention.document.id,
        date=mention.document.date,
        link=links.absolute(links.passage_url(mention.passage.id)),
    )


def _article(row: noteup.Noted) -> shapes.Article:
    return shapes.Article(
        title=row.title,
        unit=row.unit,
        numbers=list(row.numbers),
        passages=row.count,
        documents=row.documents,
        shown=[passage.id for passage in row.passages],
        search=links.absolute(row.url),
    )

"""What every view reaches for: the open library, the settings, and the query of the current request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from flask import current_app, g

from search.errors import EngineError
from search.query import FACETS, Query
from search.results import FacetValue, Results
from webapp.indexview import by_handle
from webapp.links import Selection
from webapp.noteup import by_key, instrument_of
from webapp.paging import PAGE_SIZE
from webapp.request import query_from
from webapp.resources import Library
from webapp.settings import Settings

V = TypeVar("V")

#: What is known of the values of facets while the index is away.
_NOTHING: Mapping[str, Mapping[str, FacetValue]] = {name: {} for name in FACETS}


def library() -> Library:
    """The library that the application was made for."""
    opened: Library = current_app.extensions["library"]
    return opened


def settings() -> Settings:
    """The installation's settings."""
    configured: Settings = current_app.config["PINCITE"]
    return configured


def query_of(selection: Selection) -> Query:
    """The selection as a query for one page of the site; raises `QueryError` for what cannot be read."""
    query = query_from(selection.parameters, settings())
    return replace(query, offset=(selection.page - 1) * PAGE_SIZE, limit=PAGE_SIZE)


def while_away(make: Callable[[], V], otherwise: Callable[[], V]) -> V:
    """What the index gives, or what `otherwise` gives while it is away, which the page then says."""
    try:
        return make()
    except EngineError as error:
        g.search_away = str(error)
        return otherwise()


def overview() -> Results:
    """Counts and facets of the whole library; like all that follows, worked out once for each state of the index."""
    opened = library()
    return opened.remembered("overview", lambda: opened.engine.search(Query(limit=0)))


def known_values() -> Mapping[str, Mapping[str, FacetValue]]:
    """By facet, every value that some passage of the library is found under."""
    return while_away(lambda: library().remembered("known values", _by_value), lambda: _NOTHING)


def facet(name: str) -> tuple[FacetValue, ...]:
    """Every value of a facet over the whole library, most frequent first."""
    return overview().facets.get(name, ())


def with_handle(name: str, handle: str) -> tuple[FacetValue, ...]:
    """The values of a facet whose slug is `handle`: one as a rule, several where two names share a slug."""
    found = library().remembered(f"handles of {name}", lambda: by_handle(facet(name)))
    return found.get(handle, ())


def dates() -> Mapping[str, str]:
    """The dates of the documents that bear one, by their ids."""
    return library().remembered("dates", _dates)


def texts() -> Mapping[str, tuple[str, ...]]:
    """By the ids of instruments, the documents of the library that are their texts."""
    return library().remembered("texts", _texts)


def instrument_keys() -> Mapping[str, str]:
    """The instruments that passages name, by `webapp.noteup.by_key`."""

    def make() -> Mapping[str, str]:
        return by_key(value.value for value in facet("instrument"))

    return while_away(lambda: library().remembered("instrument keys", make), dict)


def _texts() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for document in library().store.documents():
        if own := instrument_of(document, instrument_keys()):
            found[own] = (*found.get(own, ()), document.id)
    return found


def _dates() -> dict[str, str]:
    return {document.id: document.date for document in library().store.documents() if document.date}


def _by_value() -> dict[str, dict[str, FacetValue]]:
    return {name: {value.value: value for value in values} for name, values in overview().facets.items()}

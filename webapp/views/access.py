"""What every view reaches for: the open library, the settings, and the query of the current request."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app

from search.query import Filters, Query
from search.results import FacetValue, Results
from webapp.links import Selection
from webapp.paging import PAGE_SIZE
from webapp.request import query_from
from webapp.resources import Library
from webapp.settings import Settings


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


def overview(filters: Filters | None = None) -> Results:
    """Counts and facets alone, of the whole library or of what the filters leave."""
    return library().engine.search(Query(filters=filters or Filters(), limit=0))


def known_values() -> dict[str, frozenset[str]]:
    """By facet, every value that some passage of the library is found under."""
    return {name: frozenset(value.value for value in values) for name, values in overview().facets.items()}


def facet(name: str) -> tuple[FacetValue, ...]:
    """Every value of a facet over the whole library, most frequent first."""
    return tuple(overview().facets.get(name, ()))

"""Requests as text, from a URL or the command line, read into one `Query`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.errors import PinciteError
from corpus.model import DocumentKind, PassageKind
from search.errors import QueryError
from search.fields import year
from search.names import Names, library_names
from search.parser import parse
from search.query import Filters, Query, Sort, YearRange
from webapp.settings import Settings

#: Facets whose values are words of ours, with all of them.
_KINDS: Mapping[str, tuple[str, ...]] = {"kind": tuple(DocumentKind), "passage_kind": tuple(PassageKind)}
#: No result has more pages or passages than numbers of this many digits reach.
_MOST_DIGITS = 9


class ParameterError(PinciteError):
    """A filter, order or number that cannot be read; the message names it."""


def query_from(params: Mapping[str, Sequence[str]], settings: Settings, *, names: Names | None = None) -> Query:
    """The query of `q`, the facets, `sort`, `limit` and `offset` or `page` (from 1); blanks count as absent.

    Aliases in `organisation` and `instrument` become canonical; `year` takes `2001` and `1995..2005`. Raises
    `QueryError` with the place for words that cannot be read or exceed `settings.max_query`, `ParameterError` for
    the rest. `limit` is cut to `settings.max_page_size`.
    """
    names = library_names() if names is None else names
    text = _single(params, "q")
    if len(text) > settings.max_query:
        message = f"the query is too long: {len(text)} characters, at most {settings.max_query}"
        raise QueryError(message, settings.max_query)
    limit = min(_number(params, "limit", Query().limit or 0), settings.max_page_size)
    offset = _number(params, "offset", (max(_number(params, "page", 1), 1) - 1) * limit)
    return Query(text, parse(text, names), filters_from(params, names), sort=_sort(params), offset=offset, limit=limit)


def filters_from(params: Mapping[str, Sequence[str]], names: Names) -> Filters:
    """The chosen facet values in canonical form, repetitions dropped; raises `ParameterError`."""
    return Filters(
        organisation=_distinct(names.organisation(value) or value for value in _values(params, "organisation")),
        within=_distinct(names.organisation(value) or value for value in _values(params, "within")),
        instrument=_distinct(names.instrument(value) or value for value in _values(params, "instrument")),
        provision=_distinct(_values(params, "provision")),
        year=_years(params, "year"),
        document_year=_years(params, "document_year"),
        cited_year=_years(params, "cited_year"),
        kind=_kinds(params, "kind"),
        document=_distinct(_values(params, "document")),
        country=_distinct(_values(params, "country")),
        passage_kind=_kinds(params, "passage_kind"),
    )


def _values(params: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [" ".join(value.split()) for value in params.get(name, ()) if value.strip()]


def _single(params: Mapping[str, Sequence[str]], name: str) -> str:
    return next((value.strip() for value in params.get(name, ()) if value.strip()), "")


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _number(params: Mapping[str, Sequence[str]], name: str, default: int) -> int:
    text = _single(params, name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise ParameterError(f"{name} must be a whole number from 0, not {text!r}")
    return int(text)


def _sort(params: Mapping[str, Sequence[str]]) -> Sort:
    text = _single(params, "sort") or Sort.RELEVANCE
    if text not in tuple(Sort):
        raise ParameterError(f"unknown sort {text!r}; known are {', '.join(Sort)}")
    return Sort(text)


def _kinds(params: Mapping[str, Sequence[str]], facet: str) -> tuple[str, ...]:
    chosen = _distinct(_values(params, facet))
    for value in chosen:
        if value not in _KINDS[facet]:
            raise ParameterError(f"unknown {facet} {value!r}; known are {', '.join(_KINDS[facet])}")
    return chosen


def _years(params: Mapping[str, Sequence[str]], facet: str) -> tuple[YearRange, ...]:
    return tuple(dict.fromkeys(_year(value) for value in _values(params, facet)))


def _year(text: str) -> YearRange:
    try:
        node = year(text)
    except QueryError as error:
        raise ParameterError(str(error)) from error
    return node if isinstance(node, YearRange) else YearRange(int(node.value), int(node.value))

"""Requests as text, from a URL or the command line, read into one `Query`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.authority import organisations
from corpus.errors import PinciteError
from corpus.model import DocumentKind, PassageKind
from search.errors import QueryError
from search.fields import NAMED_FIELDS, year
from search.names import Names, library_names
from search.parser import parse
from search.query import FACETS, YEAR_FACETS, Filters, Query, Sort, YearRange
from webapp.language import gettext
from webapp.links import NOT
from webapp.settings import Settings

#: Facets whose values are words of ours, with all of them.
KINDS: Mapping[str, tuple[str, ...]] = {"kind": tuple(DocumentKind), "passage_kind": tuple(PassageKind)}
#: No result has more pages or passages than numbers of this many digits reach.
MOST_DIGITS = 9


class ParameterError(PinciteError):
    """A filter, order or number that cannot be read; the message names it."""


def query_from(params: Mapping[str, Sequence[str]], settings: Settings, *, names: Names | None = None) -> Query:
    """The query of `q`, the facets, `not_` and a facet, `exactly`, `sort`, `limit`, `facet_limit`, `offset` or `page`.

    Blanks count as absent. Names become canonical; years take `2001` and `1995..2005`. Raises `QueryError` with the
    place for words that cannot be read or exceed `settings.max_query`, `ParameterError` for the rest. `limit` is cut to
    `settings.max_page_size`.
    """
    names = library_names() if names is None else names
    text = _single(params, "q")
    most = settings.max_query
    if len(text) > most:
        message = gettext("the query is too long: %(number)s characters, at most %(most)s", number=len(text), most=most)
        raise QueryError(message, most)
    limit = min(whole_number(params, "limit", Query().limit or 0), settings.max_page_size)
    return Query(
        text=text,
        tree=parse(text, names),
        filters=filters_from(params, names),
        excluded=filters_from(params, names, NOT),
        sort=_sort(params),
        offset=whole_number(params, "offset", (max(whole_number(params, "page", 1), 1) - 1) * limit),
        limit=limit,
        loose=_single(params, "exactly") != "1",
        facet_limit=whole_number(params, "facet_limit", 0) or None,
    )


def filters_from(params: Mapping[str, Sequence[str]], names: Names, prefix: str = "") -> Filters:
    """The values of every facet, its name behind `prefix`, in canonical form without repetitions; `ParameterError`.

    `within` an organisation that has no bodies below it is that organisation.
    """
    read = {facet: [_read(facet, value, names) for value in _values(params, prefix + facet)] for facet in FACETS}
    known = organisations.load()
    families = [name for name in read["within"] if isinstance(name, str) and known.has_bodies(name)]
    read["organisation"] += [name for name in read["within"] if name not in families]
    read["within"] = list(families)
    return Filters(**{facet: tuple(dict.fromkeys(values)) for facet, values in read.items()})  # type: ignore[arg-type]  # `_read` gives each facet its type


def whole_number(params: Mapping[str, Sequence[str]], name: str, default: int) -> int:
    """A number of the request, the default if it is absent; raises `ParameterError`."""
    text = _single(params, name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise ParameterError(gettext("%(name)s must be a whole number from 0, not %(text)r", name=name, text=text))
    return int(text)


def _values(params: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [" ".join(value.split()) for value in params.get(name, ()) if value.strip()]


def _single(params: Mapping[str, Sequence[str]], name: str) -> str:
    return next((value.strip() for value in params.get(name, ()) if value.strip()), "")


def _sort(params: Mapping[str, Sequence[str]]) -> Sort:
    text = _single(params, "sort") or Sort.RELEVANCE
    if text not in tuple(Sort):
        raise ParameterError(_unknown("sort", text, Sort))
    return Sort(text)


def _read(facet: str, value: str, names: Names) -> str | YearRange:
    if facet in YEAR_FACETS:
        return _year(facet, value)
    if facet in KINDS and value not in KINDS[facet]:
        raise ParameterError(_unknown(facet, value, KINDS[facet]))
    named = NAMED_FIELDS.get(facet)
    return (named(names, value) if named else None) or value


def _unknown(name: str, value: str, known: Iterable[str]) -> str:
    listed = ", ".join(known)
    return gettext("unknown %(name)s %(value)r; known are %(known)s", name=name, value=value, known=listed)


def _year(facet: str, text: str) -> YearRange:
    try:
        node = year(text, facet=facet)
    except QueryError as error:
        raise ParameterError(str(error)) from error
    return node if isinstance(node, YearRange) else YearRange(int(node.value), int(node.value), facet)

"""Addresses: what a page shows stands in its URL, and every link of the site is built here.

A `Selection` is the part of a search URL that people bookmark: words, filters, order, page. It is read from a
request, changed by small steps (`toggle`, `without`, `sorted_by`), and printed back in one canonical form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import quote, urlencode

from flask import current_app, request, url_for

from corpus.slug import slug
from search.fields import FIRST_YEAR, LAST_YEAR
from search.query import FACETS, Filters, Sort, YearRange

#: Names of the two inputs of the year form; they are folded into one `year=first..last`.
YEAR_INPUTS = ("year_from", "year_to")
#: Characters that may stand unescaped in a query string (RFC 3986, 3.4) and that make ours readable.
_READABLE = "/:,.~*()'"


@dataclass(frozen=True, slots=True)
class Selection:
    """Words, chosen facet values (as the URL writes them), order and page of one search."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @classmethod
    def from_args(cls, args: Mapping[str, Sequence[str]]) -> Self:
        """Read the parameters of a request; blanks and repetitions are dropped, an unreadable page counts as 1."""
        chosen = {facet: _distinct(args.get(facet, ())) for facet in FACETS}
        first, last = (_first(args, name) for name in YEAR_INPUTS)
        if first or last:
            chosen["year"] = _distinct((*chosen["year"], _span(first, last)))
        sort = _first(args, "sort")
        page = _first(args, "page")
        read = cls(
            text=_first(args, "q"),
            chosen={facet: values for facet, values in chosen.items() if values},
            sort="" if sort == Sort.RELEVANCE else sort,
            page=int(page) if page.isdecimal() and len(page) < _PAGE_DIGITS and int(page) else 1,
        )
        return read if read.arguments else cls()

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for, as on arriving at the site."""
        return not (self.text or self.chosen or self.sort)

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """The canonical parameters: words, facets in the order of the page, order, page from the second on."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in FACETS for value in self.chosen.get(facet, ())]
        pairs += [("sort", self.sort)] if self.sort else []
        return pairs + ([("page", str(self.page))] if pairs and self.page > 1 else [])

    @property
    def parameters(self) -> dict[str, list[str]]:
        """`arguments` grouped by name, as `webapp.request` reads them."""
        grouped: dict[str, list[str]] = {}
        for name, value in self.arguments:
            grouped.setdefault(name, []).append(value)
        return grouped

    @property
    def url(self) -> str:
        """The address of this search."""
        return _with_query(url_for("search.page"), self.arguments)

    def export_url(self, form: str) -> str:
        """The address of the download of all hits in this order."""
        return _with_query(url_for("export.download"), [*replace(self, page=1).arguments, ("format", form)])

    def api_url(self) -> str:
        """The address of the same search as JSON."""
        return _with_query(url_for("api.search"), self.arguments)

    def has(self, facet: str, value: str) -> bool:
        """Whether the value is chosen."""
        return value in self.chosen.get(facet, ())

    def toggle(self, facet: str, value: str) -> Selection:
        """The value taken out if it is chosen, else added; back to the first page."""
        values = self.chosen.get(facet, ())
        return self._choose(facet, tuple(v for v in values if v != value) if value in values else (*values, value))

    def adding(self, facet: str, value: str) -> Selection:
        """The value chosen besides the others; back to the first page."""
        return replace(self, page=1) if self.has(facet, value) else self.toggle(facet, value)

    def without(self, facet: str) -> Selection:
        """Nothing chosen in the facet; back to the first page."""
        return self._choose(facet, ())

    def filtered(self, filters: Filters) -> Selection:
        """The same search with its filters as they were read: aliases in canonical form."""
        read = {facet: tuple(map(_written, getattr(filters, facet))) for facet in FACETS}
        return replace(self, chosen={facet: values for facet, values in read.items() if values})

    def unfiltered(self) -> Selection:
        """The words alone."""
        return replace(self, chosen={}, page=1)

    def asking(self, text: str) -> Selection:
        """The same filters with other words."""
        return replace(self, text=text, page=1)

    def sorted_by(self, sort: str) -> Selection:
        """The same hits in another order, from the first page."""
        return replace(self, sort="" if sort == Sort.RELEVANCE else sort, page=1)

    def at(self, page: int) -> Selection:
        """Another page of the same result."""
        return replace(self, page=page)

    def _choose(self, facet: str, values: tuple[str, ...]) -> Selection:
        chosen = {name: kept for name, kept in {**self.chosen, facet: values}.items() if kept}
        return replace(self, chosen=chosen, page=1)


#: Page numbers of more digits are typing errors or mischief.
_PAGE_DIGITS = 7


def arguments() -> dict[str, list[str]]:
    """The request's parameters, every name with all its values."""
    return request.args.to_dict(flat=False)


def search_url(facet: str = "", value: str = "") -> str:
    """The search page with one facet value chosen."""
    return Selection(chosen={facet: (value,)} if facet else {}).url


def document_url(document_id: str, anchor: str = "") -> str:
    """The reading view, at a passage if `anchor` holds its locator."""
    return url_for("documents.read", document_id=document_id) + (f"#{quote(anchor, safe=_READABLE)}" if anchor else "")


def passage_url(passage_id: str) -> str:
    """The permalink's path."""
    return url_for("passages.show", passage_id=passage_id)


def entity_url(facet: str, name: str) -> str:
    """The page of an organisation or instrument; the filtered search for other facets and for names without a slug."""
    endpoint = {"organisation": "entities.organisation", "instrument": "entities.instrument"}.get(facet)
    handle = slug(name)
    return url_for(endpoint, handle=handle) if endpoint and handle else search_url(facet, name)


def absolute(path: str) -> str:
    """`path` with the public address in front: the configured one, else the host of the request."""
    base: str = current_app.config["PINCITE"].base_url or request.host_url
    origin = "/".join(base.split("/", 3)[:3])
    return origin + path


def _with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs), safe=_READABLE)
    return f"{path}?{query}" if query else path


def _first(args: Mapping[str, Sequence[str]], name: str) -> str:
    return next((value.strip() for value in args.get(name, ()) if value.strip()), "")


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _written(value: str | YearRange) -> str:
    if isinstance(value, str):
        return value
    first, last = value.first > FIRST_YEAR and str(value.first), value.last < LAST_YEAR and str(value.last)
    return _span(first or "", last or "")


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"

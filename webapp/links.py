"""Addresses: what a page shows stands in its URL, and every link of the site is built here.

A `Selection` is the part of a search URL that people bookmark: words, filters, order, page. It is read from a
request, changed by small steps (`toggle`, `without`, `sorted_by`), and printed back in one canonical form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote, quote_plus, urlencode

from flask import current_app, request, url_for

from corpus.slug import slug
from search.engine import Engine
from search.errors import EngineError
from search.fields import FIRST_YEAR, LAST_YEAR
from search.query import FACETS, YEAR_FACETS, Filters, Query, Sort, YearRange
from webapp.resources import Library

#: What the name of a facet begins with in the parameter that excludes values of it.
NOT = "not_"
#: Parameters that hold values of facets, in their order in the URL: those chosen, then those excluded.
VALUES = (*FACETS, *(NOT + facet for facet in FACETS))
#: What the names of the two inputs of a year form add to the facet; they are folded into one `year=first..last`.
FROM, TO = "_from", "_to"
#: Switches of a search, `1` or absent: only passages with all the words; why each passage stands where it stands.
SWITCHES = ("exactly", "explain")
#: What the addresses of the API begin with.
API_PREFIX = "/api/"
#: Characters that may stand unescaped in a query string (RFC 3986, 3.4) and that make ours readable.
READABLE = "/:,.~*()'"


@dataclass(frozen=True, slots=True)
class Selection:
    """Words, facet values by parameter (`VALUES`), as the URL writes them, switches, order and page of one search."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exactly: bool = False
    explain: bool = False
    sort: str = ""
    page: int = 1

    @classmethod
    def from_args(cls, args: Mapping[str, Sequence[str]]) -> Self:
        """Read the parameters of a request; blanks and repetitions are dropped, an unreadable page counts as 1.

        A value that is both chosen and excluded is excluded: the button that excludes it sends its ticked box as well.
        """
        chosen = {name: _distinct(args.get(name, ())) for name in VALUES}
        for facet in YEAR_FACETS:
            first, last = _first(args, facet + FROM), _first(args, facet + TO)
            chosen[facet] = _distinct((*chosen[facet], *([_span(first, last)] if first or last else ())))
        for facet in FACETS:
            chosen[facet] = tuple(value for value in chosen[facet] if value not in chosen[NOT + facet])
        sort = _first(args, "sort")
        page = _first(args, "page")
        read = cls(
            text=_first(args, "q"),
            chosen={name: values for name, values in chosen.items() if values},
            exactly=_first(args, "exactly") == "1",
            explain=_first(args, "explain") == "1",
            sort="" if sort == Sort.RELEVANCE else sort,
            page=int(page) if page.isdecimal() and len(page) < _PAGE_DIGITS and int(page) else 1,
        )
        return cls() if read.empty else read

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for, as on arriving at the site; a switch alone asks for nothing."""
        return not (self.text or self.chosen or self.sort)

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """The canonical parameters: words, facets in the order of the page, switches, order, page if not the first."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in VALUES for value in self.chosen.get(name, ())]
        pairs += [(name, "1") for name in SWITCHES if getattr(self, name)]
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
        return _with_query(path("search.page"), self.arguments)

    def export_url(self, form: str) -> str:
        """The address of the download of all hits in this order."""
        return _with_query(path("export.download"), [*replace(self, page=1).arguments, ("format", form)])

    def feed_url(self) -> str:
        """The address of the same search as an Atom feed."""
        return _with_query(path("feed.atom"), self.at(1).arguments)

    def values_url(self, facet: str, endpoint: str = "facets.page", *, find: str = "", page: int = 1) -> str:
        """The address of the list of a facet's values under this search, or of those with `find` in their names."""
        pairs = [
            *self.at(1).arguments,
            *([("find", find)] if find else []),
            *([("page", str(page))] if page > 1 else []),
        ]
        return _with_query(path(endpoint, facet=facet), pairs)

    def has(self, name: str, value: str) -> bool:
        """Whether the value is chosen in a facet or, with `NOT` before its name, excluded from it."""
        return value in self.chosen.get(name, ())

    def in_force(self, facet: str) -> tuple[str, ...]:
        """The values chosen in the facet and those excluded from it."""
        return (*self.chosen.get(facet, ()), *self.chosen.get(NOT + facet, ()))

    def toggle(self, name: str, value: str) -> Selection:
        """The value taken out if it is there, else added; back to the first page."""
        values = self.chosen.get(name, ())
        return self._choose(name, tuple(v for v in values if v != value) if value in values else (*values, value))

    def adding(self, facet: str, value: str) -> Selection:
        """The value chosen besides the others, and no longer excluded; back to the first page."""
        start = self.toggle(NOT + facet, value) if self.has(NOT + facet, value) else self
        return replace(start, page=1) if start.has(facet, value) else start.toggle(facet, value)

    def excluding(self, facet: str, value: str) -> Selection:
        """The value excluded, and no longer chosen; back to the first page."""
        start = self.toggle(facet, value) if self.has(facet, value) else self
        return replace(start, page=1) if start.has(NOT + facet, value) else start.toggle(NOT + facet, value)

    def without(self, name: str) -> Selection:
        """Nothing chosen in the facet (excluded, with `NOT` before its name); back to the first page."""
        return self._choose(name, ())

    def filtered(self, filters: Filters, excluded: Filters | None = None) -> Selection:
        """The same search with its filters as they were read: aliases in canonical form."""
        read = {facet: getattr(filters, facet) for facet in FACETS}
        read |= {NOT + facet: getattr(excluded or Filters(), facet) for facet in FACETS}
        return replace(self, chosen={name: tuple(map(_written, values)) for name, values in read.items() if values})

    def unfiltered(self) -> Selection:
        """The words alone."""
        return replace(self, chosen={}, page=1)

    def asking(self, text: str) -> Selection:
        """The same filters with other words."""
        return replace(self, text=text, page=1)

    def only_complete(self, exactly: bool = True) -> Selection:
        """Only passages with all the words as they were typed, or those with most of them as well."""
        return replace(self, exactly=exactly, page=1)

    def sorted_by(self, sort: str) -> Selection:
        """The same hits in another order, from the first page."""
        return replace(self, sort="" if sort == Sort.RELEVANCE else sort, page=1)

    def at(self, page: int) -> Selection:
        """Another page of the same result."""
        return replace(self, page=page)

    def _choose(self, name: str, values: tuple[str, ...]) -> Selection:
        chosen = {each: kept for each, kept in {**self.chosen, name: values}.items() if kept}
        return replace(self, chosen=chosen, page=1)


#: Characters that may stand unescaped in a path besides letters and figures (RFC 3986, 3.3).
_PATH = "!$&'()*+,/:;=@"
#: Passages beyond which a document may be too long for one page.
LONG = 100
#: What stands for all parts of a document at once.
WHOLE = -1
#: Paths kept: those without values, and those of the passages and documents looked at last.
_PATHS = 4096
#: Page numbers of more digits are typing errors or mischief.
_PAGE_DIGITS = 7


def arguments() -> dict[str, list[str]]:
    """The request's parameters, every name with all its values."""
    return request.args.to_dict(flat=False)


def path(endpoint: str, **values: Any) -> str:
    """The path of a page, worked out once: a page has hundreds of links, and half of its time went into `url_for`."""
    return _path(request.script_root, endpoint, **values)


@lru_cache(maxsize=_PATHS)
def _path(_mounted_at: str, endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values)


def adding(selection: Selection, facet: str) -> Callable[[str], str]:
    """What gives the address of `selection.adding(facet, value)`; all but the value is written once."""
    names = VALUES[: VALUES.index(facet) + 1]
    chosen = {name: values for name, values in selection.chosen.items() if name in names}
    before = Selection(selection.text, chosen).arguments
    behind = selection.at(1).arguments[len(before) :]
    start = _with_query(path("search.page"), before) + ("&" if before else "?")
    end = "&" + urlencode(behind, safe=READABLE) if behind else ""
    in_force = selection.in_force(facet)

    def address(value: str) -> str:
        if value in in_force:
            return selection.adding(facet, value).url
        return f"{start}{facet}={quote_plus(value, safe=READABLE)}{end}"

    return address


def search_url(facet: str = "", value: str = "") -> str:
    """The search page with one facet value chosen."""
    return Selection(chosen={facet: (value,)} if facet else {}).url


def document_url(document_id: str, anchor: str = "", asked: Selection | None = None, part: int = 0) -> str:
    """The reading view, at a passage if `anchor` holds its locator, with the hits marked if words were `asked` for.

    A browser keeps the anchor to itself: of a document in parts, the part that holds it is named in `part` where it is
    known, else in `at`, for the server to find.
    """
    pairs = replace(asked, explain=False, sort="", page=1).arguments if asked and asked.text else []
    pairs += [("whole", "1")] if part == WHOLE else [("part", str(part))] if part > 1 else []
    pairs += [("at", anchor)] if anchor and not part and may_be_divided(document_id) else []
    address = _with_query(path("documents.read", document_id=document_id), pairs)
    return address + (f"#{quote(anchor, safe=READABLE)}" if anchor else "")


def may_be_divided(document_id: str) -> bool:
    """Whether the reading view may serve the document in parts; nobody knows while the index is away."""
    opened: Library | None = current_app.extensions.get("library")
    try:
        return opened is not None and document_id in opened.remembered("long documents", lambda: _long(opened.engine))
    except EngineError:
        return True


def _long(engine: Engine) -> frozenset[str]:
    counts = engine.values(Query(limit=0), "document").values
    return frozenset(value.value for value in counts if value.count > LONG)


def passage_url(passage_id: str) -> str:
    """The permalink's path."""
    return _below("passages.show", "passage_id", passage_id)


def entity_url(facet: str, name: str) -> str:
    """The page of an organisation or instrument; the filtered search for other facets and for names without a slug."""
    endpoint = {"organisation": "entities.organisation", "instrument": "entities.instrument"}.get(facet)
    handle = slug(name)
    return _below(endpoint, "handle", handle) if endpoint and handle else search_url(facet, name)


def _below(endpoint: str, parameter: str, value: str) -> str:
    """The path of a page whose address ends with a value; a page has hundreds of them, and each is another."""
    return path(endpoint, **{parameter: "x"})[:-1] + quote(value, safe=_PATH)


def absolute(path: str) -> str:
    """`path` with the public address in front: the configured one, else the host of the request."""
    base: str = current_app.config["PINCITE"].base_url or request.host_url
    origin = "/".join(base.split("/", 3)[:3])
    return origin + path


def _with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs), safe=READABLE)
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

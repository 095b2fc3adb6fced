"""What a user asks: words as a small tree, filters, order and page. Engines take this and nothing else.

The tree is ours; no engine syntax enters or leaves it. `search.parser` reads it from a query string.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias


class Field(StrEnum):
    """Fields that a term can be confined to; the first four are searched when no field is named."""

    TEXT = "text"
    SECTION = "section"
    TITLE = "title"
    NAMES = "names"
    SYMBOL = "symbol"  # exact ids of instruments (`A/RES/55/63`)
    PROVISION = "provision"  # exact `instrument|article`


@dataclass(frozen=True, slots=True)
class Word:
    """One word, matched by its stem."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side."""

    words: tuple[str, ...]
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, at most `distance` words between the outermost two beyond their own number."""

    words: tuple[str, ...]
    distance: int
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that starts with `text` (at least three letters)."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word within `edits` edits of `text`."""

    text: str
    edits: int = 1
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact facet value: `organisation:INTERPOL`, `instrument:A/RES/55/63`, `year:2001`.

    The facet `within` is that of organisations with the bodies below one: `within:"United Nations"`.
    """

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class YearRange:
    """Years from `first` to `last`, both included, of one of the `YEAR_FACETS`."""

    first: int
    last: int
    facet: str = "year"

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; `strict` if an AND was written, so that passages with most of them are no answer."""

    parts: tuple[Node, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives(Or):
    """What was asked, first, and what may stand in its stead."""


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: Node


Node: TypeAlias = Word | Phrase | Near | Prefix | Fuzzy | Exact | YearRange | And | Or | Not


class Sort(StrEnum):
    """Orders of the result; ties always fall back to document id and reading order."""

    RELEVANCE = "relevance"
    DATE = "date"
    DOCUMENT = "document"


#: The facets of every result, in page order: `within` an organisation with the bodies below it, `provision` the cited
#: article, `year` the years named, `document_year` that of the document, `cited_year` those of the cited instruments,
#: `kind` the document's genre, `passage_kind` what a passage is.
FACETS = (
    "organisation",
    "within",
    "instrument",
    "provision",
    "year",
    "document_year",
    "cited_year",
    "kind",
    "document",
    "country",
    "passage_kind",
)
#: Facets whose values are years and whose filters are ranges.
YEAR_FACETS = ("year", "document_year", "cited_year")


@dataclass(frozen=True, slots=True)
class Filters:
    """Values chosen per facet; the three year facets hold ranges."""

    organisation: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    provision: tuple[str, ...] = ()
    year: tuple[YearRange, ...] = ()
    document_year: tuple[YearRange, ...] = ()
    cited_year: tuple[YearRange, ...] = ()
    kind: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    passage_kind: tuple[str, ...] = ()

    def without(self, facet: str) -> Filters:
        """These filters with nothing chosen in `facet`."""
        return replace(self, **{facet: ()})


@dataclass(frozen=True, slots=True)
class Query:
    """A complete request.

    `tree` None asks for every passage. Of `filters` several values of one facet are OR and facets are AND; a passage
    that holds any value of `excluded` is no hit. `loose` lets passages with most of the words follow where few hold
    all. `marks` is off where nobody looks at the spans of hits; `marked` are the ids of the passages whose spans
    somebody looks at, None for all. `limit` 0 asks for counts only, None for all hits; `facet_limit` None for every
    value of every facet.
    """

    text: str = ""
    tree: Node | None = None
    filters: Filters = field(default_factory=Filters)
    excluded: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int | None = 20
    loose: bool = True
    marks: bool = True
    marked: frozenset[str] | None = None
    facet_limit: int | None = None

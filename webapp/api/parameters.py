"""The parameters of the API, each declared once: what is told of it in the description is what a request is held to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from corpus.citation import STYLES
from corpus.export import FORMATS
from search.query import FACETS, YEAR_FACETS, Query, Sort
from webapp.facetview import TITLES
from webapp.links import NOT
from webapp.request import KINDS, MOST_DIGITS, ParameterError, whole_number
from webapp.settings import Settings

#: A JSON Schema (2020-12), as OpenAPI 3.1 takes it.
Schema: TypeAlias = dict[str, Any]

#: The largest number that `webapp.request.whole_number` reads.
_MOST = 10**MOST_DIGITS - 1
#: Name of the format of queries, whose grammar no JSON Schema can hold.
QUERY_FORMAT = "pincite-query"
#: What a text that says something matches.
SOMETHING = r"\S"
# A year or a span of years as `search.fields.year` reads it, or nothing: `2001` `1995..2005` `1998-99` `..1999`
# `1990s`; not `20019`, `May 2001`. A span that runs backwards is refused by the reader.
_TO = r"(?:\.\.|[-–—−])"
_YEARS = rf"^(?:[0-9]{{1,4}}(?:{_TO}(?:[0-9]{{1,4}})?)?|{_TO}[0-9]{{1,4}}|[0-9]{{3}}0['’]?s)?$"
#: Passages given as similar unless `limit` says otherwise: as many as a page shows.
SIMILAR = 8


def _nothing(_: Settings) -> Schema:
    return {}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query string, or a part of a path; `limits` are what the settings add to its schema."""

    name: str
    told: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    many: bool = False
    required: bool = False
    limits: Callable[[Settings], Schema] = _nothing

    def described(self, settings: Settings, place: str = "query") -> Schema:
        """The parameter as OpenAPI describes it."""
        one = self.schema | self.limits(settings)
        facts = {"name": self.name, "in": place, "description": self.told}
        needed = {"required": True} if self.required or place == "path" else {}
        return facts | needed | {"schema": {"type": "array", "items": one} if self.many else one}

    def check(self, given: Mapping[str, Sequence[str]]) -> None:
        """Raise `ParameterError` for values that the schema does not allow."""
        values = given.get(self.name, ())
        if self.required and not values:
            raise ParameterError(f"{self.name} is missing: {self.told[:1].lower()}{self.told[1:]}")
        if len(values) > 1 and not self.many:
            raise ParameterError(f"{self.name} is given {len(values)} times; once is enough")
        for value in values:
            self._check(value)

    def _check(self, value: str) -> None:
        known = self.schema.get("enum")
        if known and value not in known:
            raise ParameterError(f"unknown {self.name} {value!r}; known are {', '.join(known)}")
        if not re.search(self.schema.get("pattern", ""), value):
            raise ParameterError(f"{self.name} cannot be {value!r}: {self.told}")
        least = self.schema.get("minimum")
        if least is not None and (not value or whole_number({self.name: [value]}, self.name, 0) < least):
            raise ParameterError(f"{self.name} must be a whole number from {least}, not {value!r}")


def choice(name: str, told: str, known: Sequence[str], **facts: Any) -> Parameter:
    """A parameter that takes one of some words."""
    return Parameter(name, told, {"type": "string", "enum": [str(each) for each in known]}, **facts)


def number(name: str, told: str, *, default: int | None = None, least: int = 0) -> Parameter:
    """A parameter that takes a whole number."""
    stated = {} if default is None else {"default": default}
    return Parameter(name, told, {"type": "integer", "minimum": least, "maximum": _MOST, **stated})


def switch(name: str, told: str, on: str = "1") -> Parameter:
    """A parameter that is 1 or 0; `on` is what the sentence tells of."""
    return choice(name, f"{on} {told}", ("0", "1"))


def _values(facet: str, prefix: str, told: str) -> Parameter:
    title, words = TITLES[facet], f"; {told}"
    if facet in YEAR_FACETS:
        schema: Schema = {"type": "string", "pattern": _YEARS}
        return Parameter(prefix + facet, f"{title}: 2001 or a span such as 1995..2005{words}", schema, many=True)
    if facet in KINDS:
        return choice(prefix + facet, f"{title}{words}", KINDS[facet], many=True)
    return Parameter(prefix + facet, f"{title}, by any of its names{words}", many=True)


_TEXT: Schema = {"type": "string", "format": QUERY_FORMAT}
_WORDS = 'Words, "a phrase", AND OR NOT, prefix*, names, organisation:INTERPOL, year:1995..2005'
#: What finds passages: words, chosen and excluded values of the facets, and whether most of the words are enough.
ASKED = (
    Parameter("q", _WORDS, _TEXT, limits=lambda settings: {"maxLength": settings.max_query}),
    *(_values(facet, "", "several values mean any of them") for facet in FACETS),
    *(_values(facet, NOT, "no passage with any of these") for facet in FACETS),
    switch("exactly", "finds only passages with all the words, as they were typed"),
)
SORT = choice("sort", "Order of the passages", tuple(Sort))
STYLE = choice("style", "Citation style; the installation's own unless given", tuple(STYLES))
FIND = Parameter("find", "Words that the names must hold")
OFFSET = number("offset", "How many to pass over", default=0)
_CUT = "is cut to the largest page that the installation allows (100 unless it says otherwise)"
LIMIT = number("limit", f"How many to give; {_CUT}, which is also what is given without it")
MOST_SIMILAR = number("limit", f"How many to give; {_CUT}", default=SIMILAR)
#: What `complete` continues.
TYPED = Parameter("q", "The query up to the cursor")
#: What `cite` cites.
CITED = (
    Parameter("passage", "Id of the passage", {"type": "string", "pattern": SOMETHING}, required=True),
    Parameter("until", "Id of the last of several passages of the same document"),
)
#: What pages through a list.
PAGED = (OFFSET, LIMIT)
#: What pages through a search.
HITS = (
    SORT,
    OFFSET,
    number("page", "Page of `limit` passages, instead of an offset", default=1, least=1),
    number("limit", f"Hits on a page, 0 for the counts alone; {_CUT}", default=Query().limit),
    number("facet_limit", "Values of each facet; 0 or nothing for all of them. Years are never cut"),
    switch("explain", "adds the parts of each score to the hits"),
    STYLE,
)
#: What says how passages are written into a file.
FILE = (
    choice("format", "Format of the file", tuple(FORMATS), required=True),
    STYLE,
    switch("bom", "leaves out the mark by which Excel knows that CSV is UTF-8", on="0"),
)
#: What says which passages of a search are written into it.
DOWNLOAD = (*FILE, number("limit", "At most so many passages; all of them unless given, and for 0"), SORT, *ASKED)

_HANDLE = "The last part of the address of its page: council-of-europe"
#: Parts of paths by the names that the routes give them.
PLACES: Mapping[str, Parameter] = {
    "document_id": Parameter("id", "Id of a document"),
    "passage_id": Parameter(
        "id", "Document id and locator, as in model-law/art-16-2; its slashes may stand as they are or as %2F"
    ),
    "facet": choice("facet", "Name of a facet", FACETS),
    "handle": Parameter("handle", _HANDLE),
    "secret": Parameter("secret", "The secret of a link: what stands last in its address"),
}

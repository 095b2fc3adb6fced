"""The fields that a query can name, and what stands after their colon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from corpus.model import DocumentKind, PassageKind
from search.errors import QueryError
from search.names import Names
from search.query import Exact, Field, Node, YearRange

#: Fields whose words are searched as text.
TEXT_FIELDS = {"title": Field.TITLE, "section": Field.SECTION, "text": Field.TEXT, "names": Field.NAMES}
#: What a user may write before the colon -> the field.
FIELDS = {
    "organisation": "organisation",
    "organization": "organisation",
    "org": "organisation",
    "within": "within",
    "instrument": "instrument",
    "provision": "provision",
    "year": "year",
    "kind": "kind",
    "document": "document",
    "country": "country",
    "passage_kind": "passage_kind",
    "title": "title",
    "section": "section",
    "text": "text",
    "names": "names",
}
#: Fields whose values have aliases and may be written without quotation marks: `organisation:Council of Europe`.
NAMED_FIELDS: Mapping[str, Callable[[Names, str], str | None]] = {
    "organisation": lambda names, text: names.organisation(text),
    "within": lambda names, text: names.organisation(text),
    "instrument": lambda names, text: names.instrument(text),
}
#: Years that a range with an open end reaches to.
FIRST_YEAR, LAST_YEAR = 1, 9999

_KINDS = {"kind": DocumentKind, "passage_kind": PassageKind}
_YEARS = re.compile(r"(?P<first>\d{1,4})?(?P<to>\.\.|–|-)?(?P<last>\d{1,4})?")
_TRAILING = ",;.!?"


def exact(field: str, written: str, at: int, names: Names) -> Node:
    """The node of `field:written`, its value in canonical form; raises `QueryError` for an impossible value."""
    value = " ".join(written.split()) if field == "year" else " ".join(written.split()).rstrip(_TRAILING)
    if not value:
        raise QueryError(f"{field}: needs a value right after it", at)
    if field == "year":
        return year(value, at)
    if field in _KINDS:
        return Exact(field, _kind(field, value, at))
    return Exact(field, _canonical(field, value, names))


def _canonical(field: str, value: str, names: Names) -> str:
    if field in {"organisation", "within"}:
        return names.organisation(value) or value
    if field == "instrument":
        return names.instrument(value) or value
    if field == "provision":
        instrument, sign, articles = value.partition("|")
        return (names.instrument(instrument) or instrument) + sign + articles
    return value


def _kind(field: str, value: str, at: int) -> str:
    known = [kind.value for kind in _KINDS[field]]
    kind = value.casefold().replace(" ", "_")
    if kind not in known:
        raise QueryError(f"unknown {field} {value!r}; known are {', '.join(known)}", at)
    return kind


def year(value: str, at: int = 0) -> Exact | YearRange:
    """`2001` or a range such as `1995..2005`, `1995..` and `..2005`; raises `QueryError`."""
    match = _YEARS.fullmatch(value.rstrip(",;"))
    if not match or not (match["first"] or match["last"]):
        raise QueryError(f"{value!r} is no year; write year:2001 or year:1995..2005", at)
    if not match["to"]:
        return Exact("year", str(int(match["first"])))
    first, last = int(match["first"] or FIRST_YEAR), int(match["last"] or LAST_YEAR)
    if first > last:
        raise QueryError(f"the range {value} runs backwards; write year:{last}..{first}", at)
    return Exact("year", str(first)) if first == last else YearRange(first, last)

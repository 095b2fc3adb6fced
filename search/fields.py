"""The fields that a query can name, and what stands after their colon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from corpus.model import DocumentKind, PassageKind
from search.errors import QueryError
from search.names import Names
from search.provisions import read_provision
from search.query import FACETS, YEAR_FACETS, Exact, Field, Node, YearRange

#: Fields whose words are searched as text.
TEXT_FIELDS = {"title": Field.TITLE, "section": Field.SECTION, "text": Field.TEXT, "names": Field.NAMES}
#: Short and other forms of fields, as catalogues and databases of law call them -> the field.
ALIASES = {
    "organization": "organisation",
    "org": "organisation",
    "under": "within",
    "instr": "instrument",
    "inst": "instrument",
    "treaty": "instrument",
    "resolution": "instrument",
    "act": "instrument",
    "cites": "instrument",
    "prov": "provision",
    "article": "provision",
    "art": "provision",
    "dated": "document_year",
    "date": "document_year",
    "published": "document_year",
    "adopted": "cited_year",
    "type": "kind",
    "genre": "kind",
    "doc": "document",
    "state": "country",
    "passage": "passage_kind",
    "ti": "title",
    "heading": "section",
    "headings": "section",
    "name": "names",
}
#: What a user may write before the colon -> the field.
FIELDS: Mapping[str, str] = {**{field: field for field in (*FACETS, *TEXT_FIELDS)}, **ALIASES}
#: How alike a slip and a field must be, from 0 to 1: `yaer` is year, `colour` is no country.
_ALIKE = 0.75
#: Fields whose values have aliases and may be written without quotation marks: `organisation:Council of Europe`.
NAMED_FIELDS: Mapping[str, Callable[[Names, str], str | None]] = {
    "organisation": lambda names, text: names.organisation(text),
    "within": lambda names, text: names.organisation(text),
    "instrument": lambda names, text: names.instrument(text),
    "provision": lambda names, text: _provision(text, names),
}
#: Years that a range with an open end reaches to.
FIRST_YEAR, LAST_YEAR = 1, 9999

_KINDS = {"kind": DocumentKind, "passage_kind": PassageKind}
_YEARS = re.compile(r"(?P<first>\d{1,4})?(?P<to>\.\.|[-–—−])?(?P<last>\d{1,4})?")
_DECADE = re.compile(r"(?P<decade>\d{3})0['’]?s", re.IGNORECASE)
_TRAILING = ",;.!?"


def nearest(name: str) -> str:
    """The field that a name is a slip of, "" if it is none."""
    return next(iter(get_close_matches(name.casefold(), FIELDS, n=1, cutoff=_ALIKE)), "")


def exact(field: str, written: str, at: int, names: Names) -> Node:
    """The node of `field:written`, its value in canonical form; raises `QueryError` for an impossible value.

    The suggestion of the error is a value that is possible, "" if none is near.
    """
    value = " ".join(written.split())
    if field not in YEAR_FACETS:
        value = value.rstrip(_TRAILING)
    if not value:
        raise QueryError(f"{field}: needs a value right after it", at)
    if field in YEAR_FACETS:
        return year(value, at, facet=field)
    if field in _KINDS:
        return Exact(field, _kind(field, value, at))
    if field == "provision":
        return Exact(field, _checked_provision(value, at, names))
    return Exact(field, _canonical(field, value, names))


def _canonical(field: str, value: str, names: Names) -> str:
    known = NAMED_FIELDS[field](names, value) if field in NAMED_FIELDS else None
    return known or value


def _provision(text: str, names: Names) -> str | None:
    """`instrument|article` from that form or from a citation of one article."""
    instrument, sign, article = (part.strip() for part in text.partition("|"))
    if sign:
        return f"{names.instrument(instrument) or instrument}|{article}" if instrument and article else None
    cited = read_provision(text, names.instrument)
    return f"{cited.instrument}|{cited.articles[0]}" if cited and len(cited.articles) == 1 else None


def _checked_provision(value: str, at: int, names: Names) -> str:
    provision = _provision(value, names)
    if provision is None:
        message = (
            'provision: takes an instrument and one article of it, as in provision:"Convention on Cybercrime art 32"'
        )
        raise QueryError(message, at)
    return provision


def _kind(field: str, value: str, at: int) -> str:
    known = [kind.value for kind in _KINDS[field]]
    kind = value.casefold().replace(" ", "_")
    if kind not in known:
        instead = next(iter(get_close_matches(kind, known, n=1, cutoff=_ALIKE)), "")
        raise QueryError(f"unknown {field} {value!r}; known are {', '.join(known)}", at, suggestion=instead)
    return kind


def year(value: str, at: int = 0, *, facet: str = "year") -> Exact | YearRange:
    """`2001` or a range such as `1995..2005`, `1998-99`, `1995..`, `..2005` and `1990s`; raises `QueryError`."""
    text = value.rstrip(",;")
    if decade := _DECADE.fullmatch(text):
        return YearRange(int(decade["decade"]) * 10, int(decade["decade"]) * 10 + 9, facet)
    match = _YEARS.fullmatch(text)
    if not match or not (match["first"] or match["last"]) or (match["last"] and not match["to"]):
        raise _no_year(value, at, suggestion="".join(re.findall(r"(?<!\d)\d{4}(?!\d)", text)[:1]))
    if not match["to"]:
        return Exact(facet, str(int(match["first"])))
    start, end = match["first"] or str(FIRST_YEAR), match["last"] or str(LAST_YEAR)
    first, last = int(start), int(end)
    if first > last:
        last = _completed(start, end)
    if first > last:
        raise _backwards(start, end, value, at)
    return Exact(facet, str(first)) if first == last else YearRange(first, last, facet)


def _completed(first: str, last: str) -> int:
    """The last year of `1998-99` in full."""
    return int(first[: -len(last)] + last) if len(last) < len(first) else int(last)


def _backwards(first: str, last: str, value: str, at: int) -> QueryError:
    """The refusal of a range that runs backwards; with fewer digits behind, as in `2009-08`, a date was meant."""
    if len(last) < len(first):
        return _no_year(value, at, suggestion=first)
    turned = f"{last}..{first}"
    return QueryError(f"the range {value} runs backwards; write {turned}", at, suggestion=turned)


def _no_year(value: str, at: int, suggestion: str) -> QueryError:
    return QueryError(f"{value!r} is no year; write year:2001 or year:1995..2005", at, suggestion=suggestion)

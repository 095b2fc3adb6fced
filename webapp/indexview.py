"""Entities as at the back of a book: names by first letter, numbers in their own order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from corpus.slug import slug
from search.results import FacetValue

#: Heading of names that begin with a figure or sign.
_OTHER = "#"


def by_letter(values: Iterable[FacetValue]) -> tuple[tuple[str, tuple[FacetValue, ...]], ...]:
    """Values under the first letters of their labels, in alphabetical order, accents and case apart."""
    ordered = sorted(values, key=lambda value: (_letter(value.label) == _OTHER, _plain(value.label)))
    return tuple((letter, tuple(group)) for letter, group in groupby(ordered, key=lambda value: _letter(value.label)))


def by_handle(values: Iterable[FacetValue]) -> dict[str, tuple[FacetValue, ...]]:
    """The values by their slugs: one under each as a rule, several where two names share a slug."""
    found: dict[str, tuple[FacetValue, ...]] = {}
    for value in values:
        handle = slug(value.value)
        found[handle] = (*found.get(handle, ()), value)
    return found


def natural(text: str) -> list[tuple[int, str]]:
    """A sort key that reads figures as numbers: `2`, `2-9`, `10`, `16(2)`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", text)]


def _letter(label: str) -> str:
    first = _plain(label)[:1].upper()
    return first if first.isalpha() else _OTHER


def _plain(label: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))

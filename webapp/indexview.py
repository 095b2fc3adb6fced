"""Entities as at the back of a book: names by first letter, and an instrument's articles with what cites them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.model import Passage
from corpus.slug import slug
from search.results import FacetValue

#: Heading of names that begin with a figure or sign.
_OTHER = "#"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the passages cite it (`16(2)`, `2-9`) with the passages, in their order."""

    number: str
    passages: tuple[Passage, ...]

    @property
    def anchor(self) -> str:
        """`art-16` for `16(2)` and for `16-21`: where links to the article arrive."""
        match = re.match(r"\w+", self.number)
        return f"art-{match[0]}" if match else ""


def by_letter(values: Iterable[FacetValue]) -> tuple[tuple[str, tuple[FacetValue, ...]], ...]:
    """Values under the first letters of their labels, in alphabetical order, accents and case apart."""
    ordered = sorted(values, key=lambda value: (_letter(value.label) == _OTHER, _plain(value.label)))
    return tuple((letter, tuple(group)) for letter, group in groupby(ordered, key=lambda value: _letter(value.label)))


def with_handle(values: Iterable[FacetValue], handle: str) -> tuple[FacetValue, ...]:
    """The values whose slug is `handle`: one as a rule, several where two names share a slug."""
    return tuple(value for value in values if slug(value.value) == handle)


def by_article(passages: Sequence[Passage], instruments: Iterable[str]) -> tuple[Article, ...]:
    """Passages under each article of the instruments that they cite, in the articles' own order."""
    wanted = frozenset(instruments)
    cited: dict[str, dict[str, Passage]] = {}
    for passage in passages:
        for instrument, articles in passage.provisions:
            for number in (part.strip() for part in articles.split(",") if instrument in wanted):
                cited.setdefault(number, {})[passage.id] = passage
    numbers = sorted(filter(None, cited), key=natural)
    return tuple(Article(number, tuple(cited[number].values())) for number in numbers)


def natural(text: str) -> list[tuple[int, str]]:
    """A sort key that reads figures as numbers: `2`, `2-9`, `10`, `16(2)`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", text)]


def _letter(label: str) -> str:
    first = _plain(label)[:1].upper()
    return first if first.isalpha() else _OTHER


def _plain(label: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))

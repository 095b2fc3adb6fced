"""Noting up: which passages of the library discuss an instrument, article by article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.authority import texts
from corpus.authority.names import name_key
from corpus.model import Document, Passage
from search.contents import provisions
from search.query import Filters, Query, Sort
from search.results import FacetValue
from webapp.hits import documents_of
from webapp.indexview import natural
from webapp.links import NOT, Selection
from webapp.resources import Library

#: Passages that are read for the articles they cite; all are counted.
_READ = 600
#: Links to passages under one article, and on a page: a reader follows a few, the search holds the rest.
_LINKED, _LINKED_IN_ALL = 8, 300
#: Units that instruments are numbered by and cited by.
_UNITS = frozenset({"art", "s", "para", "principle", "rule", "guideline", "reg", "point", "rec"})


@dataclass(frozen=True, slots=True)
class Noted:
    """An article (or several in a row that the same passages cite) with the passages that cite it or a part of it.

    `count` passages in `documents` documents do, which `url` lists; `shown` are the first of them, by document.
    """

    unit: str
    numbers: tuple[str, ...]
    count: int
    documents: int
    url: str
    shown: tuple[tuple[Document, tuple[Passage, ...]], ...] = ()

    @property
    def title(self) -> str:
        """`Article 16`, `Articles 2–9`."""
        several = len(self.numbers) > 1
        last = f"–{self.numbers[-1]}" if several else ""
        return f"{self.unit.capitalize()}{'s' if several else ''} {self.numbers[0].replace('-', '–')}{last}"

    @property
    def anchors(self) -> tuple[str, ...]:
        """Where links to its articles arrive: `art-16`."""
        found = (re.match(r"\w+", number) for number in self.numbers)
        return tuple(f"art-{match[0]}" for match in found if match)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages shown."""
        return tuple(passage for _, group in self.shown for passage in group)


def instrument_of(document: Document, known: Iterable[str]) -> str:
    """The id of the instrument that a document is the text of, by its symbol or title, "" if it is none.

    `known` are ids that passages name: a treaty outside the register is known by its own title.
    """
    found = texts.instrument_of(document)
    if found or document.kind not in texts.TEXTS:
        return found
    key = name_key(document.title)
    return next((name for name in known if name_key(name) == key), "")


def note_up(library: Library, names: Collection[str], known: Iterable[str], *, but: str = "") -> tuple[Noted, ...]:
    """Every article of the instruments that passages cite, in the articles' own order, without those of one document.

    `known` are the values of the facet `provision` in the library.
    """
    wanted = frozenset(value for value in known if _article_of(value, names))
    if not wanted:
        return ()
    left_out = (but,) if but else ()
    query = Query(
        filters=Filters(provision=tuple(sorted(wanted))),
        excluded=Filters(document=left_out),
        sort=Sort.DOCUMENT,
        limit=_READ,
        marks=False,
    )
    results = library.engine.search(query)
    values = [value for value in results.facets["provision"] if value.value in wanted and value.count]
    citing = _Citing(library, [hit.passage_id for hit in results.hits])
    without = {NOT + "document": left_out} if left_out else {}
    rows = [citing.row(value, Selection(chosen={"provision": (value.value,), **without})) for value in values]
    return tuple(sorted(rows, key=lambda row: natural(row.numbers[0])))


def joined(rows: Sequence[Noted]) -> tuple[Noted, ...]:
    """Rows with articles that follow each other and that the same passages cite in one: `Articles 2–9`."""
    result: list[Noted] = []
    for row in rows:
        before = result[-1] if result else None
        if before and _follows(before, row) and before.count == len(before.passages) == row.count:
            result[-1] = replace(before, numbers=(*before.numbers, *row.numbers))
        else:
            result.append(row)
    return tuple(result)


def beginnings(passages: Iterable[Passage], rows: Iterable[Noted]) -> dict[str, Noted]:
    """The rows by the id of the passage with which their article begins in the instrument's own text.

    Annexes, whose articles are numbered anew, have none of the rows.
    """
    body = [passage for passage in passages if passage.is_body]
    units = Counter(step.unit for passage in body for step in passage.locator.steps[:1] if step.unit in _UNITS)
    if not units:
        return {}
    [(unit, _)] = units.most_common(1)
    first: dict[str, str] = {}
    for passage in body:
        step = passage.locator.steps[0]
        if step.unit == unit:
            first.setdefault(step.numbers[0].casefold(), passage.id)
    found = ((first.get(row.numbers[0].casefold(), ""), row) for row in rows)
    return {place: row for place, row in found if place}


def _article_of(value: str, names: Collection[str]) -> str:
    """The article of a value of the facet `provision`, "" for other instruments and for parts of articles."""
    name, _, article = value.partition("|")
    return article if name in names and "(" not in article else ""


class _Citing:
    """Passages by the articles that they cite."""

    def __init__(self, library: Library, passage_ids: Sequence[str]) -> None:
        passages = library.store.passages_by_id(passage_ids)
        self._documents = documents_of(library.store, passages)
        self._left = _LINKED_IN_ALL
        self._citing: dict[str, list[Passage]] = {}
        self._units: dict[str, str] = {}
        for passage in passages:
            self._enter(passage)

    def row(self, value: FacetValue, search: Selection) -> Noted:
        """The row of one article."""
        shown = self._citing.get(value.value, [])[: min(_LINKED, self._left)]
        self._left -= len(shown)
        groups = groupby(shown, key=lambda passage: passage.document_id)
        return Noted(
            unit=self._units.get(value.value) or "article",
            numbers=(value.value.partition("|")[2],),
            count=value.count,
            documents=value.documents,
            url=search.url,
            shown=tuple((self._documents[name], tuple(group)) for name, group in groups),
        )

    def _enter(self, passage: Passage) -> None:
        cited = {value: ann.subtype for ann in passage.annotations for value in provisions(ann)}
        for value, unit in cited.items():
            self._citing.setdefault(value, []).append(passage)
            self._units.setdefault(value, unit)


def _follows(before: Noted, row: Noted) -> bool:
    last, number = before.numbers[-1], row.numbers[0]
    in_a_row = last.isdecimal() and number.isdecimal() and int(number) == int(last) + 1
    return in_a_row and before.unit == row.unit and before.passages == row.passages

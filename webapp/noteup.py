"""Noting up: which passages of the library discuss an instrument, article by article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.authority import texts
from corpus.authority.names import name_key
from corpus.model import Document, Passage
from search.contents import provisions
from search.results import FacetValue
from webapp.hits import documents_of
from webapp.indexview import natural
from webapp.links import NOT, Selection, adding
from webapp.resources import Library
from webapp.wording import numbered

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
        last = f"–{self.numbers[-1]}" if len(self.numbers) > 1 else ""
        return numbered(self.unit, len(self.numbers), self.numbers[0].replace("-", "–") + last)

    @property
    def anchors(self) -> tuple[str, ...]:
        """Where links to its articles arrive: `art-16`."""
        found = (re.match(r"\w+", number) for number in self.numbers)
        return tuple(f"art-{match[0]}" for match in found if match)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages shown."""
        return tuple(passage for _, group in self.shown for passage in group)


def instrument_of(document: Document, known: Mapping[str, str]) -> str:
    """The id of the instrument that a document is the text of, by its symbol or title, "" if it is none.

    `known` are ids that passages name, by their keys: a treaty outside the register is known by its own title.
    """
    found = texts.instrument_of(document)
    return found or (known.get(name_key(document.title), "") if document.kind in texts.TEXTS else "")


def by_key(names: Iterable[str]) -> dict[str, str]:
    """Names of instruments by what all ways of writing them have in common, of equals the first."""
    return {name_key(name): name for name in reversed(list(names))}


def note_up(
    library: Library,
    names: Collection[str],
    values: Iterable[FacetValue],
    *,
    but: str = "",
    articles: Collection[str] | None = None,
) -> tuple[Noted, ...]:
    """Every article of the instruments that passages cite, in the articles' own order, without those of document `but`.

    `values` are those of the facet `provision`, counted without that document; `articles` are the numbers wanted, in
    small letters, None for all.
    """
    wanted = [value for value in values if value.count and _is_wanted(_article_of(value.value, names), articles)]
    if not wanted:
        return ()
    citing = _Citing(library, [value.value for value in wanted], but)
    address = adding(Selection(chosen={NOT + "document": (but,)} if but else {}), "provision")
    rows = [citing.row(value, address(value.value)) for value in wanted]
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


def beginnings(passages: Iterable[Passage]) -> dict[str, str]:
    """By the numbers of an instrument's articles, in small letters, the id of the passage with which each begins.

    Annexes, whose articles are numbered anew, are left out.
    """
    body = [(passage.id, *_first_step(passage.id)) for passage in passages if passage.is_body]
    units = Counter(unit for _, unit, _ in body if unit in _UNITS)
    if not units:
        return {}
    [(unit, _)] = units.most_common(1)
    first: dict[str, str] = {}
    for name, own, number in body:
        if own == unit:
            first.setdefault(number.casefold(), name)
    return first


def _first_step(passage_id: str) -> tuple[str, str]:
    """The unit that a passage stands in and its number: `art` and `5` of `treaty/art-5-1`; a page asks for many."""
    unit, _, numbers = passage_id.split("/", 2)[1].partition("-")
    return unit, re.split("[-~]", numbers, maxsplit=1)[0]


def _article_of(value: str, names: Collection[str]) -> str:
    """The article of a value of the facet `provision`, "" for other instruments and for parts of articles."""
    name, _, article = value.partition("|")
    return article if name in names and "(" not in article else ""


def _is_wanted(article: str, articles: Collection[str] | None) -> bool:
    return bool(article) and (articles is None or article.casefold() in articles)


class _Citing:
    """Passages by the articles that they cite; only those that are shown are read."""

    def __init__(self, library: Library, values: Sequence[str], but: str) -> None:
        citing = library.engine.citing("provision", values, _LINKED, but)
        self._shown: dict[str, tuple[str, ...]] = {}
        left = _LINKED_IN_ALL
        for value in values:
            self._shown[value] = citing[value][:left]
            left -= len(self._shown[value])
        self._first = {value: found[0] for value, found in citing.items() if found}
        wanted = [*(name for found in self._shown.values() for name in found), *self._first.values()]
        self._passages = {each.id: each for each in library.store.passages_by_id(list(dict.fromkeys(wanted)))}
        self._documents = documents_of(library.store, self._passages.values())

    def row(self, value: FacetValue, url: str) -> Noted:
        """The row of one article."""
        shown = [self._passages[name] for name in self._shown[value.value] if name in self._passages]
        groups = groupby(shown, key=lambda passage: passage.document_id)
        return Noted(
            unit=self._unit(value.value) or "article",
            numbers=(value.value.partition("|")[2],),
            count=value.count,
            documents=value.documents,
            url=url,
            shown=tuple((self._documents[name], tuple(group)) for name, group in groups),
        )

    def _unit(self, value: str) -> str:
        """What the first passage that cites the article calls it."""
        first = self._passages.get(self._first.get(value, ""))
        found = (ann.subtype for ann in first.annotations if value in provisions(ann)) if first else ()
        return next(iter(found), "")


def _follows(before: Noted, row: Noted) -> bool:
    last, number = before.numbers[-1], row.numbers[0]
    in_a_row = last.isdecimal() and number.isdecimal() and int(number) == int(last) + 1
    return in_a_row and before.unit == row.unit and before.passages == row.passages

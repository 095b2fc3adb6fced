"""Which documents of the library a text names: by title, short title, symbol, author and year, permalink, instrument.

>>> Works(documents).mentions("Codicil (2025, para 3)")
[Mention(start=0, end=13, documents=frozenset({'codicil-cybercrime-treaties-2025'}), ...)]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.authority import instruments
from corpus.authority.names import name_key, plain
from corpus.authority.phrases import Case, PhraseTable, words
from corpus.authority.texts import instrument_of
from corpus.errors import LocatorError
from corpus.locator import Locator
from corpus.model import Document

#: Words of a title from which on its beginning names it (`Report of the Working Group on Electronic Evidence`, without
#: `on its fourth meeting`), if no other title begins so.
_BEGINNING = 6
#: No table of names holds it, and a short name is compared letter by letter.
_ARTICLE = re.compile(r"^the\s", re.IGNORECASE)
#: Share of a text that a name must fill for the text to be that name.
_WHOLE = 0.8
#: Words from which on a title is known without its capitals; shorter ones are words of the language.
_UNMISTAKABLE = 4
# Behind a surname, before the year of the author-date styles: `, O.`, ` and Errata`, ` et al.`, `, O. & Errata, F.`.
_OTHERS = r"(?:,?\s(?:[A-Z]\.[\s-]?)+)?(?:,?\s(?:and|&|et\sal\.?)(?:\s[^\W\d_][\w’'-]+)?(?:,?\s(?:[A-Z]\.\s?)+)?){0,2}"
_DATED = re.compile(rf"{_OTHERS}(?:,?\s?[(\[]?|\.\s[(\[])(?P<year>(?:1[5-9]|20)\d\d)(?![\d/])[a-z]?")
#: An address on this site or the id of a passage in it; a full stop at its end is the sentence's.
_ADDRESS = re.compile(
    r"(?:https?://[^\s/]+)?(?:/[\w.-]+)*?/(?:passages|documents)/(?P<document>[a-z0-9][a-z0-9-]*)"
    r"(?:[/#](?P<path>[A-Za-z0-9][\w./~-]*[A-Za-z0-9]|[A-Za-z0-9]))?(?:\?\S*)?"
    r"|(?<![\w/.])(?P<bare>[a-z0-9]+(?:-[a-z0-9]+)+)/(?P<place>[a-z]+-[\w./~-]*[A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a work: the documents that they may mean, none if the library has not got it.

    `instrument` is the id of a legal instrument, by which two mentions of one that is not held are told to be the same.
    `locator` is the place that a permalink leads to. `clear` mentions are citations by their form, whatever follows.
    """

    start: int
    end: int
    documents: frozenset[str]
    instrument: str = ""
    locator: Locator | None = None
    clear: bool = False

    def shares(self, other: Mention) -> bool:
        """Whether both may mean one work."""
        same = bool(self.instrument) and self.instrument == other.instrument
        return same or not self.documents.isdisjoint(other.documents)


class Works:
    """The documents of a library by everything that they are called."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.id: document for document in documents}
        self._titles: PhraseTable[frozenset[str]] = PhraseTable()
        for name, bearers in self._names().items():
            case = Case.ANY if len(words(name)) >= _UNMISTAKABLE else Case.EXACT
            self._titles.add(name, frozenset(bearers), case=case)
        self._instruments = _by_instrument(self._documents.values())

    def mentions(self, text: str) -> list[Mention]:
        """The works named in a text, left to right, without overlaps: titles go before the instruments in them."""
        found = [*self._addressed(text), *self._symbols(text), *self._titled(text), *self._dated(text)]
        found += self._legal(text)
        kept: list[Mention] = []
        for mention in found:
            if all(mention.end <= other.start or other.end <= mention.start for other in kept):
                kept.append(mention)
        return sorted(kept, key=lambda mention: mention.start)

    def is_name(self, text: str) -> bool:
        """Whether a text as a whole is the title of a document, or little more than the name of any work."""
        if name_key(text) in self._keys:
            return True
        return any(mention.end - mention.start >= _WHOLE * len(text) for mention in self.mentions(text))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(name_key(name) for document in self._documents.values() for name in _called(document))

    def by_author(self, surname: str) -> frozenset[str]:
        """The documents of an author or body."""
        return frozenset(self._authors.get(plain(surname), ()))

    @cached_property
    def authors(self) -> re.Pattern[str]:
        """Matches the surname or body of every document's authors."""
        names = sorted(map(re.escape, self._surnames), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)" if names else r"(?!)")

    @cached_property
    def _surnames(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for document in self._documents.values():
            for author in document.authors:
                found[author.split()[-1]].add(document.id)
            if document.body:
                found[document.body].add(document.id)
        return found

    @cached_property
    def _authors(self) -> Mapping[str, set[str]]:
        return {plain(name): documents for name, documents in self._surnames.items()}

    def _names(self) -> Mapping[str, set[str]]:
        """Titles, what stands before their colon or bracket, short titles, and the beginnings of long titles."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for document in self._documents.values():
            for name in _called(document):
                bearers[_ARTICLE.sub("", name)].add(document.id)
        beginnings: dict[str, set[str]] = defaultdict(set)
        for name, documents in bearers.items():
            written = name.split()
            for count in range(_BEGINNING, len(written)):
                beginnings[" ".join(written[:count])] |= documents
        unique = {name: documents for name, documents in beginnings.items() if len(documents) == 1}
        return {name: documents for name, documents in {**unique, **bearers}.items() if words(name)}

    def _addressed(self, text: str) -> Iterator[Mention]:
        for match in _ADDRESS.finditer(text):
            document = match["document"] or match["bare"]
            path = match["path"] or match["place"]
            known = frozenset([document]) & self._documents.keys()
            if known or match["document"]:
                yield Mention(*match.span(), frozenset(known), locator=_locator(path), clear=True)

    def _symbols(self, text: str) -> Iterator[Mention]:
        for document in self._documents.values():
            if document.symbol and document.symbol in text:
                for match in re.finditer(rf"(?<![\w/]){re.escape(document.symbol)}(?![\w/])", text):
                    yield Mention(*match.span(), frozenset([document.id]))

    def _titled(self, text: str) -> Iterator[Mention]:
        for match in self._titles.find(text):
            yield Mention(match.start, match.end, match.value)

    def _dated(self, text: str) -> Iterator[Mention]:
        """`Codicil (2025)`, `Glossator, D., & Errata, F. (2025`: an author and the year of a document of theirs."""
        for match in self.authors.finditer(text):
            dated = _DATED.match(text, match.end())
            known = self.by_author(match[0])
            if dated:
                right = {name for name in known if self._documents[name].date.startswith(dated["year"])}
                yield Mention(match.start(), dated.end(), frozenset(right), clear=True)

    def _legal(self, text: str) -> Iterator[Mention]:
        for written in instruments.find(text):
            identifier = written.instrument.id
            documents = frozenset(self._instruments.get(identifier, ()))
            yield Mention(written.start, written.end, documents, instrument=identifier)


def _called(document: Document) -> Iterator[str]:
    yield document.title
    for sign in (":", "("):
        if sign in document.title:
            yield document.title.partition(sign)[0].strip()
    yield from filter(None, [document.details.get("short_title", "")])


def _by_instrument(documents: Iterable[Document]) -> Mapping[str, set[str]]:
    """The documents that are the text of an instrument, by its id."""
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        if identifier := instrument_of(document):
            found[identifier].add(document.id)
    return found


def _locator(path: str | None) -> Locator | None:
    try:
        return Locator.parse(path) if path else None
    except LocatorError:
        return None

"""Where a quotation comes from: the engine proposes passages by their words, alignment decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.model import Passage
from corpus.store import Store
from search.analysis import STOP_WORDS
from search.analysis import words as searched
from search.checking.aligning import Alignment, align
from search.checking.model import Span
from search.checking.words import Word, fragments, joined, words
from search.engine import Engine
from search.query import And, Filters, Node, Phrase, Query
from search.query import Word as Wanted

#: How alike, from 0 to 100, a quotation and a passage must be for the passage to be its source. Measured on 220
#: sentences of the sample collection: with one word in ten exchanged 207 reach it, with two in ten 199, with three 176;
#: of the same sentences held against all documents but their own 15 do, mostly set phrases of the field (95th
#: percentile: 77). At 70 these would be 210, 201, 201 and 20.
ALIKE = 75.0
#: Passages that the engine proposes: of the words as they stand, and of most of them.
_VERBATIM, _LOOSE = 5, 12
#: Words that are searched for, the longest fragments first; more make a search slower and no surer.
_SEARCHED = 24
#: Passages whose words are remembered during one check.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of the text: its span, and its words between gaps."""

    text: str
    start: int
    end: int
    parts: tuple[tuple[Word, ...], ...]

    @classmethod
    def at(cls, text: str, span: Span) -> Quotation:
        """The quotation at a span."""
        return cls(text, *span, tuple(map(tuple, fragments(text, *span))))


@dataclass(frozen=True, slots=True)
class Match:
    """A passage beside a quotation."""

    passage: Passage
    alignment: Alignment

    @property
    def alike(self) -> bool:
        """Whether the passage is the quotation's source."""
        return self.alignment.score >= ALIKE


@dataclass(slots=True)
class Sources:
    """Looks for the passages that quotations were taken from."""

    store: Store
    engine: Engine
    _documents: dict[str, Sequence[Passage]] = field(default_factory=dict)
    _headings: dict[str, frozenset[str]] = field(default_factory=dict)
    _words: dict[str, list[Word]] = field(default_factory=dict)

    def passages(self, document_id: str) -> Sequence[Passage]:
        """The body passages of a document, headings among them, in reading order; `NotFound` if it has just gone."""
        if document_id not in self._documents:
            self._documents[document_id] = self.store.plain(document_id)
        return self._documents[document_id]

    def headings(self, document_id: str) -> frozenset[str]:
        """The words of every heading that a passage of a document stands under."""
        if document_id not in self._headings:
            names = {name for passage in self.passages(document_id) for name in passage.section}
            self._headings[document_id] = frozenset(joined(words(name)) for name in names)
        return self._headings[document_id]

    def best(self, quotation: Quotation, passages: Iterable[Passage]) -> Match | None:
        """Of some passages the one that is most like a quotation, the first of equals."""
        matches = (self._match(quotation, passage) for passage in passages)
        return max(matches, key=lambda match: match.alignment.score - len(match.alignment.changes), default=None)

    def find(self, quotation: Quotation, documents: Iterable[str] = ()) -> Match | None:
        """The source of a quotation in some documents, or in the whole library; None if no passage is like it."""
        filters = Filters(document=tuple(sorted(documents)))
        for tree, limit in _trees(quotation):
            query = Query(tree=tree, filters=filters, limit=limit, marks=False, facet_limit=1)
            hits = self.engine.search(query).hits
            found = self.best(quotation, self.store.passages_by_id([hit.passage_id for hit in hits]))
            if found and found.alike:
                return found
        return None

    def _match(self, quotation: Quotation, passage: Passage) -> Match:
        if passage.id not in self._words:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            self._words[passage.id] = words(passage.text)
        held = self._words[passage.id]
        return Match(passage, align(quotation.text, quotation.parts, passage.text, held))


def _trees(quotation: Quotation) -> Iterable[tuple[Node, int]]:
    """What to search for: the longest run of words as it stands, then most of the words."""
    longest = max(quotation.parts, key=len, default=())
    if not longest:
        return
    verbatim = searched(quotation.text[longest[0].start : longest[-1].end])[:_SEARCHED]
    if len(verbatim) > 1:
        yield Phrase(verbatim), _VERBATIM
    wanted = _telling(quotation.parts)
    if len(wanted) > 1:
        yield And(tuple(map(Wanted, wanted))), _LOOSE


def _telling(parts: Sequence[Sequence[Word]]) -> list[str]:
    """Words that say something, each once, those of long fragments first."""
    ordered = sorted(parts, key=len, reverse=True)
    written = (word for part in ordered for each in part for word in searched(each.text))
    return list(dict.fromkeys(word for word in written if word not in STOP_WORDS))[:_SEARCHED]

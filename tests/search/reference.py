"""What a query finds, worked out passage by passage from the store: slow, plain, and independent of every index."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import product

from corpus.model import Document, Passage
from search import contents
from search.analysis import fold, stem, stems, words
from search.names import values_of
from search.postings import WORD_FIELDS
from search.query import FACETS, YEAR_FACETS, And, Exact, Fuzzy, Near, Not, Or, Phrase, Prefix, Word, YearRange
from search.spelling import within


class Held:
    """One passage with what it holds, field by field and facet by facet."""

    def __init__(self, document: Document, passage: Passage) -> None:
        self.id, self.document_id = passage.id, document.id
        texts = contents.fields(document, passage)
        self.texts = {field: text.split(contents.BREAK) for field, text in texts.items()}
        self.values = contents.row(document, passage, 0, texts).values

    @cached_property
    def words(self):
        return {field: [words(part) for part in parts] for field, parts in self.texts.items()}

    @cached_property
    def stems(self):
        return {field: [list(stems(part)) for part in parts] for field, parts in self.texts.items()}

    def holds(self, node) -> bool:  # noqa: PLR0911  (one per kind of node)
        match node:
            case None:
                return True
            case And(parts):
                return all(map(self.holds, parts))
            case Or(parts):
                return any(map(self.holds, parts))
            case Not(part):
                return not self.holds(part)
            case YearRange(first, last, facet):
                return any(first <= int(year) <= last for year in self.values[facet])
            case Exact():
                facet, wanted = values_of(node)
                return bool({each.casefold() for each in wanted} & {each.casefold() for each in self.values[facet]})
            case _:
                return any(self.holds_in(node, field) for field in ((node.field,) if node.field else WORD_FIELDS))

    def holds_in(self, leaf, field) -> bool:
        match leaf:
            case Word(text):
                wanted = stem(fold(text))
                return any(each.text == wanted for part in self.stems[field] for each in part)
            case Prefix(text):
                return any(word.startswith(fold(text)) for part in self.words[field] for word in part)
            case Fuzzy(text, edits):
                return any(within(word, fold(text), edits) for part in self.words[field] for word in part)
            case Phrase(texts):
                wanted = tuple(map(fold, texts))
                return any(
                    part[at : at + len(wanted)] == wanted for part in self.words[field] for at in range(len(part))
                )
            case Near(texts, distance):
                wanted = [stem(fold(text)) for text in texts]
                return any(_near(part, wanted, distance) for part in self.stems[field])

    def passes(self, filters, *, but: str = "") -> bool:
        return all(
            any(self.has(facet, value) for value in getattr(filters, facet))
            for facet in FACETS
            if getattr(filters, facet) and facet != but
        )

    def has(self, facet, value) -> bool:
        if facet in YEAR_FACETS:
            return any(value.first <= int(year) <= value.last for year in self.values[facet])
        return value in self.values[facet]

    def is_excluded(self, filters) -> bool:
        return any(self.has(facet, value) for facet in FACETS for value in getattr(filters, facet))


def _near(part, wanted, distance) -> bool:
    choices = [{each.place for each in part if each.text == text} for text in wanted]
    return any(
        len(set(places)) == len(places) and max(places) - min(places) + 1 - len(places) <= distance
        for places in product(*choices)
    )


class Reference:
    """All passages of a library."""

    def __init__(self, documents) -> None:
        self.held = [Held(document, each) for document, passages in documents for each in passages if each.is_body]

    def answer(self, query):
        """Ids of the passages that hold all that is asked, and facet -> value -> (passages, documents)."""
        matching = [held for held in self.held if held.holds(query.tree) and not held.is_excluded(query.excluded)]
        facets = {
            facet: _counted([held for held in matching if held.passes(query.filters, but=facet)], facet)
            for facet in FACETS
        }
        return {held.id for held in matching if held.passes(query.filters)}, facets


def _counted(matching, facet):
    found = defaultdict(list)
    for held in matching:
        for value in held.values[facet]:
            found[value].append(held.document_id)
    return {value: (len(names), len(set(names))) for value, names in found.items()}

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

    @cached_property
    def known(self):
        """Every word and stem of a field, to see at once that a passage does not hold one."""
        exact = {field: {word for part in parts for word in part} for field, parts in self.words.items()}
        stemmed = {field: {each.text for part in parts for each in part} for field, parts in self.stems.items()}
        return {field: (exact[field], stemmed[field]) for field in exact}

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
        exact, stemmed = self.known[field]
        match leaf:
            case Word(text):
                return stem(fold(text)) in stemmed
            case Prefix(text):
                start = fold(text)
                return any(word.startswith(start) for word in exact)
            case Fuzzy(text, edits):
                like = fold(text)
                return any(within(word, like, edits) for word in exact)
            case Phrase(texts):
                wanted = tuple(map(fold, texts))
                return exact.issuperset(wanted) and any(_stands(part, wanted) for part in self.words[field])
            case Near(texts, distance):
                wanted = [stem(fold(text)) for text in texts]
                return stemmed.issuperset(wanted) and any(_near(part, wanted, distance) for part in self.stems[field])

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


def _stands(part, wanted) -> bool:
    return any(part[at : at + len(wanted)] == wanted for at in range(len(part)))


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

    def answer(self, query, *, counting: bool = True):
        """Ids of the passages that hold all that is asked, and facet -> value -> (passages, documents)."""
        matching = [held for held in self.held if held.holds(query.tree) and not held.is_excluded(query.excluded)]
        found = {held.id for held in matching if held.passes(query.filters)}
        if not counting:
            return found, {}
        return found, {
            facet: _counted([held for held in matching if held.passes(query.filters, but=facet)], facet)
            for facet in FACETS
        }


def _counted(matching, facet):
    found = defaultdict(list)
    for held in matching:
        for value in held.values[facet]:
            found[value].append(held.document_id)
    return {value: (len(names), len(set(names))) for value, names in found.items()}

"""Our trees as queries of tantivy: for the rows that hold a leaf, and for a first order of relevance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import tantivy

from search.analysis import fold, stem
from search.columns import Columns
from search.facets import chosen
from search.names import values_of
from search.postings import WORD_FIELDS
from search.query import FACETS, And, Exact, Field, Filters, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Query, Word
from search.scoring import EXACT_BONUS, EXACT_BONUS_ALONE, K1, WEIGHTS
from search.vocabulary import Vocabulary

Clause: TypeAlias = tuple[Any, Any]

MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
#: The field of facet values, each one term.
TAGS = "tags"
#: The tag of notes and references.
NOTE = "note"


def exact_name(field: Field) -> str:
    """The field that holds a field's folded words."""
    return f"{field.value}_exact"


def stem_name(field: Field) -> str:
    """The field that holds a field's stems, each at the place of its word."""
    return f"{field.value}_stem"


def tag(facet: str, value: str) -> str:
    """The one term under which a facet value is indexed."""
    return f"{facet}={value}"


class Queries:
    """Builds queries for one schema over one vocabulary."""

    def __init__(self, schema: Any, vocabulary: Callable[..., Vocabulary]) -> None:
        self._schema, self._vocabulary = schema, vocabulary

    def leaf(self, leaf: Word | Phrase | Near | Prefix | Fuzzy, field: Field) -> Any | None:
        """What holds a leaf in one field, None if nothing can; of `Near` what holds its words, at most too much."""
        match leaf:
            case Word(text):
                return self._term(stem_name(field), stem(fold(text)))
            case Phrase(words):
                return self._phrase(exact_name(field), list(map(fold, words)), 0)
            case Near(words, distance):
                return self._near(stem_name(field), [stem(fold(word)) for word in words], distance)
            case Prefix(text):
                return self._terms(exact_name(field), self._vocabulary(field, fold(text)).words)
            case Fuzzy(text, edits):
                return self._terms(exact_name(field), self._vocabulary(field).near(fold(text), edits))

    def holding(self, leaf: Word | Phrase | Near | Prefix | Fuzzy) -> Any | None:
        """What holds a leaf in any field that it may stand in."""
        found = (self.leaf(leaf, field) for field in ((leaf.field,) if leaf.field else WORD_FIELDS))
        return either(query for query in found if query is not None)

    def relevant(self, tree: Node, query: Query, columns: Columns) -> Any:
        """What matches a tree under the filters, scored about as `search.scoring` does."""
        scored = self._word(tree, EXACT_BONUS_ALONE) if isinstance(tree, Word) else self._scored(tree)
        clauses = [(MUST, scored), *self._filters(query.filters, columns, MUST)]
        return tantivy.Query.boolean_query([*clauses, *self._filters(query.excluded, columns, MUST_NOT)])

    def notes(self, scored: Any, *, wanted: bool) -> Any:
        """The same among notes alone, or among body text alone."""
        note = silent(self._term(TAGS, NOTE))
        return tantivy.Query.boolean_query([(MUST, scored), (MUST if wanted else MUST_NOT, note)])

    def _scored(self, node: Node) -> Any:
        match node:
            case And(parts):
                clauses = [(MUST, self._scored(part)) for part in parts if not isinstance(part, Not)]
                return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.all_query()
            case Or(parts):
                return either(map(self._scored, parts))
            case Word():
                return self._word(node, EXACT_BONUS)
            case Exact():
                return self._tagged(node)
            case Phrase() | Near() | Prefix() | Fuzzy():
                return self._weighted(node)
            case _:
                return tantivy.Query.all_query()

    def _word(self, word: Word, bonus: float) -> Any:
        fields = (word.field,) if word.field else WORD_FIELDS
        typed = (boosted(self._term(exact_name(field), fold(word.text)), bonus / (K1 + 1)) for field in fields)
        return either([self._weighted(word), *typed])

    def _weighted(self, leaf: Word | Phrase | Near | Prefix | Fuzzy) -> Any:
        fields = (leaf.field,) if leaf.field else WORD_FIELDS
        found = ((self.leaf(leaf, field), WEIGHTS[field]) for field in fields)
        return either(boosted(query, weight) for query, weight in found if query is not None)

    def _tagged(self, node: Exact) -> Any:
        facet, values = values_of(node)
        return either(self._term(TAGS, tag(facet, value)) for value in values)

    def _filters(self, filters: Filters, columns: Columns, occur: Any) -> Iterator[Clause]:
        for facet in FACETS:
            values = chosen(columns, filters, facet)
            if values:
                yield occur, silent(self._terms(TAGS, [tag(facet, value) for value in values]))

    def _term(self, name: str, text: str) -> Any:
        return tantivy.Query.term_query(self._schema, name, text, "freq")

    def _terms(self, name: str, texts: Sequence[str]) -> Any:
        return either(self._term(name, text) for text in texts)

    def _phrase(self, name: str, words: Sequence[str], slop: int) -> Any:
        if len(words) == 1:
            return self._term(name, words[0])
        return tantivy.Query.phrase_query(self._schema, name, [*words], slop)

    def _near(self, name: str, stems: list[str], distance: int) -> Any:
        if len(stems) == 2 and stems[0] != stems[1]:  # noqa: PLR2004  (a pair stands in one of two orders)
            return either(self._phrase(name, order, distance) for order in (stems, stems[::-1]))
        return tantivy.Query.boolean_query([(MUST, self._term(name, each)) for each in dict.fromkeys(stems)])


def either(queries: Iterable[Any]) -> Any:
    """What any of the queries matches."""
    parts = list(queries)
    if not parts:
        return tantivy.Query.empty_query()
    return parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(SHOULD, part) for part in parts])


def boosted(query: Any, weight: float) -> Any:
    """A query whose scores are weighted."""
    return tantivy.Query.boost_query(query, weight)


def silent(query: Any) -> Any:
    """A query that selects and adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)

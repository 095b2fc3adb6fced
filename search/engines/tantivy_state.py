"""One committed state of a tantivy index, read as `search.state.State`.

Tantivy answers which passages hold a leaf and which of them are promising; it hands out no postings. What is looked at
closely, the candidates of a ranking, is counted in their stored words.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tantivy

from search.analysis import fold, stem
from search.cache import Cache
from search.columns import Columns
from search.engines import tantivy_kept
from search.engines.tantivy_kept import Words
from search.engines.tantivy_queries import Queries, exact_name
from search.matching import Matching
from search.postings import WORD_FIELDS, Stored
from search.query import And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Query, Word, YearRange
from search.rows import NONE, Mask, Rows, Scores, difference, held
from search.scoring import Scoring, diluted
from search.state import Leaf
from search.vocabulary import Vocabulary

#: Rows kept of leaves that were looked up, 8 bytes each.
_CACHED_ROWS = 16_000_000
#: Words kept of passages that were looked at closely.
_CACHED_WORDS = 500_000
#: Places of passages kept, some 100 bytes each.
_CACHED_ADDRESSES = 100_000
#: Passages to a block: bits of a whole number that a sum of doubles keeps exactly.
BLOCK = 52
#: From this share of all passages on it is quicker to fetch hits as bits of blocks than one by one.
_DENSE = 1 / 12
#: Each sum of a block's bits.
_BITS = {"bits": {"sum": {"field": "bit"}}}
#: Scores of the engine are compared to this many decimals: single floats carry no more.
_FLOAT_DECIMALS = 4
#: Answers of the engine beyond those that are wanted, for those that are none of the rows.
_MARGIN = 2


class TantivyState:
    """The rows of `columns` over one searcher, which sees every passage of theirs and perhaps some more."""

    def __init__(self, schema: Any, searcher: Any, columns: Columns, version: tuple[int, int]) -> None:
        self.columns, self.version = columns, version
        self._schema, self._searcher = schema, searcher
        self._queries = Queries(schema, self.vocabulary)
        self._leaves: Cache[Leaf, Rows] = Cache(_CACHED_ROWS)
        self._words: Cache[int, tuple[Words, ...]] = Cache(_CACHED_WORDS)
        self._vocabularies: dict[Field, Vocabulary] = {}
        self._addresses: dict[int, Any] = {}
        self._reading = threading.Lock()

    @property
    def whole(self) -> bool:
        """Whether every row has its passage."""
        return not len(self.columns) or self._searcher.num_docs >= len(self.columns)

    # -- which rows --------------------------------------------------------------------------------------------
    def rows(self, leaf: Leaf) -> Rows:
        """The rows that hold a leaf, in any field if it names none."""
        return self._leaves.get(leaf, lambda: self._look_up(leaf))

    def _look_up(self, leaf: Leaf) -> Rows:
        query = self._queries.holding(leaf)
        rows = self._fetched(query) if query is not None else NONE
        if isinstance(leaf, Near) and len(rows):
            return rows[self.frequencies(leaf, rows) > 0]
        return rows

    def _fetched(self, query: Any) -> Rows:
        """All rows that a query matches."""
        if not len(self.columns):
            return NONE
        count = self._searcher.search(query, 1).count
        if not count:
            return NONE
        keys = self._keys_of_many(query) if count > len(self.columns) * _DENSE else self._keys(query, count)
        rows = self.columns.rows(keys)
        rows = rows[rows >= 0]
        rows.sort()
        return rows

    def _keys(self, query: Any, count: int) -> Rows:
        hits = self._searcher.search(query, count, count=False, order_by_field="key").hits
        return np.fromiter((key for key, _ in hits), np.int64, len(hits))

    def _keys_of_many(self, query: Any) -> Rows:
        """Keys read from sums of powers of two, one sum a block of passages: some ten times quicker than one by one."""
        size = self.columns.next_key // BLOCK + 1
        blocks = {"terms": {"field": "block", "size": size, "segment_size": size}, "aggs": _BITS}
        buckets = self._searcher.aggregate(query, {"blocks": blocks})["blocks"]["buckets"]
        numbers = np.fromiter((bucket["key"] for bucket in buckets), np.int64, len(buckets))
        sums = np.fromiter((bucket["bits"]["value"] for bucket in buckets), np.float64, len(buckets)).astype(np.uint64)
        bits = np.unpackbits(sums.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")[:, :BLOCK]
        at, bit = np.nonzero(bits)
        return numbers[at] * BLOCK + bit

    # -- which of them first -----------------------------------------------------------------------------------
    def promising(self, tree: Node, rows: Rows, limit: int, query: Query, *, notes_last: bool) -> Rows:
        """Up to `limit` of the rows, those that match the tree best first; `notes_last` puts body text before notes."""
        if not _has_words(tree):
            return self._by_tags(tree, rows, limit, notes_last=notes_last)
        scored = self._queries.relevant(tree, query, self.columns)
        if not notes_last:
            return self._best(scored, rows, limit)
        notes = self.columns.is_note[rows]
        body = self._best(self._queries.notes(scored, wanted=False), rows[~notes], limit)
        if len(body) == limit or not notes.any():
            return body
        behind = self._best(self._queries.notes(scored, wanted=True), rows[notes], limit - len(body))
        return np.concatenate([body, behind])

    def _by_tags(self, tree: Node, rows: Rows, limit: int, *, notes_last: bool) -> Rows:
        scores = Scoring(Matching(self)).scores(tree, rows)
        behind = self.columns.is_note[rows] & notes_last
        return rows[np.lexsort((-scores, behind))][:limit]

    def _best(self, scored: Any, rows: Rows, limit: int) -> Rows:
        wanted = min(limit, len(rows))
        asked = wanted
        while wanted:
            asked *= _MARGIN
            hits = self._searcher.search(scored, asked, count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
            found = self.columns.rows(np.array(keys, np.int64))
            self._remember(found, hits)
            scores = np.fromiter((score for score, _ in hits), np.float64, len(hits)).round(_FLOAT_DECIMALS)
            among = np.flatnonzero(held(found, rows))
            if len(among) >= wanted or len(hits) < asked:
                order = among[np.lexsort((found[among], -scores[among]))]
                return _completed(found[order], rows, wanted)
        return NONE

    def _remember(self, rows: Rows, hits: Sequence[tuple[float, Any]]) -> None:
        """Keep where passages lie that are likely to be read next."""
        if len(self._addresses) > _CACHED_ADDRESSES:
            self._addresses = {}
        self._addresses |= {row: address for row, (_, address) in zip(rows.tolist(), hits, strict=True)}

    # -- a closer look -----------------------------------------------------------------------------------------
    def frequencies(self, leaf: Leaf, rows: Rows) -> Scores:
        """How often each of the rows holds the leaf, weighted and diluted, counted in their words."""
        total = np.zeros(len(rows))
        texts = [self._words_of(row) for row in rows.tolist()]
        for at, field in enumerate(WORD_FIELDS):
            if leaf.field in {None, field}:
                counting = self._counter(leaf, field)
                times = np.array([counting(words[at]) for words in texts], np.float64)
                total += diluted(self.columns, field, rows, times)
        return total

    def typed(self, word: Word, rows: Rows) -> Mask:
        """Which of the rows hold a word in the very form that was typed."""
        folded = fold(word.text)
        fields = [at for at, field in enumerate(WORD_FIELDS) if word.field in {None, field}]
        texts = map(self._words_of, rows.tolist())
        found = (any(folded in words[at].exact for at in fields) for words in texts)
        return np.fromiter(found, np.bool_, len(rows))

    def adjacent(self, left: Word, right: Word, rows: Rows) -> Mask:
        """Which of the rows hold the two words side by side in this order, in any of their forms."""
        pair = [stem(fold(word.text)) for word in (left, right)]
        fields = [at for at, field in enumerate(WORD_FIELDS) if left.field in {None, field}]
        found = (any(self._words_of(row)[at].adjacent(pair) for at in fields) for row in rows.tolist())
        return np.fromiter(found, np.bool_, len(rows))

    def _counter(self, leaf: Leaf, field: Field) -> Callable[[Words], float]:
        """Counts a leaf in the words of one field."""
        match leaf:
            case Word(text):
                wanted = stem(fold(text))
                return lambda words: words.times(wanted)
            case Phrase(texts):
                exact = tuple(map(fold, texts))
                return lambda words: words.phrase(exact)
            case Near(texts, distance):
                stems = [stem(fold(word)) for word in texts]
                return lambda words: words.near(stems, distance)
            case Prefix(text):
                start = fold(text)
                return lambda words: words.spelled(lambda word: word.startswith(start))
            case Fuzzy(text, edits):
                like = frozenset(self.vocabulary(field).near(fold(text), edits))
                return lambda words: words.spelled(like.__contains__)

    def vocabulary(self, field: Field, prefix: str = "") -> Vocabulary:
        """The exact words of a field that start with a prefix; without one they are kept."""
        if not len(self.columns):
            return Vocabulary(())
        if prefix:
            return self._starting(field, prefix)
        with self._reading:
            if field not in self._vocabularies:
                self._vocabularies[field] = self._starting(field, "")
            return self._vocabularies[field]

    def _starting(self, field: Field, prefix: str) -> Vocabulary:
        return Vocabulary(word for word, _ in self._searcher.terms_with_prefix(exact_name(field), prefix))

    def frequency(self, word: str) -> int:
        """How many passages hold an exact folded word in their text."""
        query = self._queries.leaf(Phrase((word,)), Field.TEXT)
        count: int = self._searcher.search(query, 1).count if len(self.columns) else 0
        return count

    def stored(self, rows: Sequence[int]) -> Sequence[Stored]:
        """What is shown of the rows, in their order."""
        return [tantivy_kept.stored(self._kept(row)["shown"][0]) for row in rows]

    # -- passages ----------------------------------------------------------------------------------------------
    def _words_of(self, row: int) -> tuple[Words, ...]:
        return self._words.get(row, lambda: self._read_words(row))

    def _read_words(self, row: int) -> tuple[Words, ...]:
        kept = self._kept(row)
        return tantivy_kept.words(kept["shown"][0], kept["places"][0])

    def _kept(self, row: int) -> Any:
        address = self._addresses.get(row)
        if address is None:
            key = tantivy.Query.term_query(self._schema, "key", int(self.columns.keys[row]))
            address = self._searcher.search(key, 1, count=False).hits[0][1]
        return self._searcher.doc(address)


def _has_words(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_has_words, parts))
        case Not() | Exact() | YearRange():
            return False
        case _:
            return True


def _completed(first: Rows, rows: Rows, wanted: int) -> Rows:
    """The first rows, and others that the engine did not name until there are enough."""
    first = first[:wanted]
    if len(first) == wanted:
        return first
    return np.concatenate([first, difference(rows, np.sort(first))[: wanted - len(first)]])

"""Which spans of a passage's text a query matched: for marking them on the page, whatever the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product

from search.analysis import Stem, Token, fold, stem, stems_of, tokens
from search.names import values_of
from search.postings import Stored, Tag
from search.query import And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange
from search.spelling import within

Span = tuple[int, int]

#: Combinations of places tried for one proximity search in one passage; a word repeated that often is marked anyway.
_MAX_COMBINATIONS = 2_000


def highlights(tree: Node | None, stored: Stored) -> tuple[Span, ...]:
    """Half-open spans of the text that answer the tree, in order, overlapping ones made one; nothing for NOT."""
    if tree is None:
        return ()
    text = _analysed(stored.text)
    return _merged(span for leaf in _leaves(tree) for span in _spans(leaf, text, stored.tags))


@dataclass(frozen=True)
class _Analysed:
    """A text with its tokens and stems, each worked out once for all parts of a query."""

    text: str

    @cached_property
    def tokens(self) -> Sequence[Token]:
        return tokens(self.text)

    @cached_property
    def places(self) -> Mapping[str, Sequence[Stem]]:
        """The stems by their text."""
        found: dict[str, list[Stem]] = defaultdict(list)
        for each in stems_of(self.text, self.tokens):
            found[each.text].append(each)
        return found


@lru_cache(maxsize=512)  # the same passages come first again and again: filters, pages, the next user
def _analysed(text: str) -> _Analysed:
    return _Analysed(text)


def _leaves(node: Node) -> Iterator[Node]:
    """The parts that ask for something in the passage's own text."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not():
            return
        case Exact() | YearRange():
            yield node
        case _:
            if node.field in {None, Field.TEXT}:
                yield node


def _spans(node: Node, passage: _Analysed, tags: Sequence[Tag]) -> Iterable[Span]:  # noqa: PLR0911  (one per kind of node)
    match node:
        case Word(text):
            return ((each.start, each.end) for each in passage.places.get(stem(fold(text)), ()))
        case Prefix(text):
            start = fold(text)
            return ((token.start, token.end) for token in passage.tokens if token.text.startswith(start))
        case Fuzzy(text, edits):
            word = fold(text)
            return ((token.start, token.end) for token in passage.tokens if within(token.text, word, edits))
        case Phrase(words):
            return _phrase(tuple(map(fold, words)), passage.tokens, passage.text)
        case Near(words, distance):
            return _near(tuple(stem(fold(word)) for word in words), distance, passage)
        case Exact():
            return _tagged(node, tags)
        case YearRange(first, last):
            years = (tag for tag in tags if tag[2] == "year")
            return ((start, end) for start, end, _, year in years if first <= int(year) <= last)
        case _:
            return ()


def _phrase(words: Sequence[str], found: Sequence[Token], text: str) -> Iterator[Span]:
    for first in range(len(found) - len(words) + 1):
        run = found[first : first + len(words)]
        if all(token.text == word for token, word in zip(run, words, strict=True)):
            end = run[-1].end
            inside = text[run[0].start : end]
            opened = inside.count("(") > inside.count(")") and text[end : end + 1] == ")"  # `16(2)` is marked whole
            yield run[0].start, end + opened


def _near(wanted: Sequence[str], distance: int, passage: _Analysed) -> Iterator[Span]:
    """Each word of every window that is close enough; the words between stay unmarked."""
    choices = [passage.places.get(text, ()) for text in wanted]
    for window in islice(product(*choices), _MAX_COMBINATIONS):
        places = [each.place for each in window]
        close = max(places) - min(places) + 1 - len(places) <= distance
        if close and len(set(places)) == len(places):
            yield from ((each.start, each.end) for each in window)


def _tagged(node: Exact, tags: Sequence[Tag]) -> Iterator[Span]:
    """Spans tagged with the value; for a provision those of a citation that covers the article."""
    facet, values = values_of(node)
    wanted = {value.casefold() for value in values}
    for start, end, kind, tag in tags:
        if kind == facet and tag.casefold() in wanted:
            yield start, end


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

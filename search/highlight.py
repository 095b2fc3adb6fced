"""Which spans of a passage's text a query matched: for marking them on the page, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from search.analysis import Stem, Token, fold, stem, stems, tokens
from search.names import values_of
from search.postings import Stored
from search.query import And, Exact, Field, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange
from search.spelling import within

Span = tuple[int, int]

#: Combinations of places tried for one proximity search in one passage; a word repeated that often is marked anyway.
_MAX_COMBINATIONS = 2_000


def highlights(tree: Node | None, stored: Stored) -> tuple[Span, ...]:
    """Half-open spans of the text that answer the tree, in order, overlapping ones made one; nothing for NOT."""
    if tree is None:
        return ()
    found = tuple(tokens(stored.text))
    return _merged(span for leaf in _leaves(tree) for span in _spans(leaf, found, stored))


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


def _spans(node: Node, found: Sequence[Token], stored: Stored) -> Iterable[Span]:  # noqa: PLR0911  (one per kind of node)
    match node:
        case Word(text):
            wanted = stem(fold(text))
            return ((each.start, each.end) for each in stems(stored.text) if each.text == wanted)
        case Prefix(text):
            start = fold(text)
            return ((token.start, token.end) for token in found if token.text.startswith(start))
        case Fuzzy(text, edits):
            word = fold(text)
            return ((token.start, token.end) for token in found if within(token.text, word, edits))
        case Phrase(words):
            return _phrase(tuple(map(fold, words)), found, stored.text)
        case Near(words, distance):
            return _near(tuple(stem(fold(word)) for word in words), distance, tuple(stems(stored.text)))
        case Exact():
            return _tagged(node, stored)
        case YearRange(first, last):
            years = (tag for tag in stored.tags if tag[2] == "year")
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


def _near(wanted: Sequence[str], distance: int, found: Sequence[Stem]) -> Iterator[Span]:
    """Each word of every window that is close enough; the words between stay unmarked."""
    choices = [[each for each in found if each.text == text] for text in wanted]
    for window in islice(product(*choices), _MAX_COMBINATIONS):
        places = [each.place for each in window]
        close = max(places) - min(places) + 1 - len(places) <= distance
        if close and len(set(places)) == len(places):
            yield from ((each.start, each.end) for each in window)


def _tagged(node: Exact, stored: Stored) -> Iterator[Span]:
    """Spans tagged with the value; for a provision those of a citation that covers the article."""
    facet, values = values_of(node)
    wanted = {value.casefold() for value in values}
    for start, end, kind, tag in stored.tags:
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

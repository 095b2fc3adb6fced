"""Nearest spellings for words that no passage holds, and words that continue what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from search.analysis import fold
from search.dictionary import is_english
from search.printer import format as printed
from search.query import And, Field, Node, Or, Word
from search.relaxing import Holding
from search.spelling import distance
from search.state import State

#: Shorter words are near too many others.
MIN_LETTERS = 5
#: From this length on two letters may differ, below it one.
TWO_EDITS_FROM = 9


def nearest(word: str, state: State) -> str | None:
    """The word of the collection spelled most like `word`, the more frequent of equals.

    None if none is near, or if the word is English as it is, so that the library holds nothing about it.
    A misspelling nearly always keeps its first letter, and asking for it avoids most wrong guesses.
    """
    folded, edits = misspelled(word)
    if not edits:
        return None
    words = state.vocabulary(Field.TEXT, folded[0]).near(folded, edits)
    return likeliest(folded, edits, {like: state.frequency(like) for like in words})


def misspelled(word: str) -> tuple[str, int]:
    """The folded word and how many letters may be wrong in it; none if it is too short, no word, or English."""
    folded = fold(word)
    if len(folded) < MIN_LETTERS or not folded.isalpha() or is_english(folded):
        return folded, 0
    return folded, 2 if len(folded) >= TWO_EDITS_FROM else 1


def likeliest(folded: str, edits: int, frequencies: Mapping[str, int]) -> str | None:
    """The word that was meant, of words with how many passages hold each."""
    near = [like for like in frequencies if like.isalpha()]
    return min(near, key=lambda like: (distance(like, folded, edits), -frequencies[like], like), default=None)


def unknown(tree: Node | None, holding: Holding) -> Iterator[Word]:
    """The plain words of a tree that no passage holds in any form."""
    match tree:
        case Word(_, None) if not holding.holds(tree):
            yield tree
        case And(parts) | Or(parts):
            for part in parts:
                yield from unknown(part, holding)
        case _:
            return


def corrected(tree: Node | None, holding: Holding, respelled: Callable[[str], str | None]) -> Node | None:
    """The tree with every unknown word in its nearest spelling; the very tree if nothing can be corrected."""
    match tree:
        case Word(text, None) if not holding.holds(tree):
            like = respelled(text)
            return replace(tree, text=like) if like else tree
        case And(parts) | Or(parts):
            return replace(tree, parts=tuple(corrected(part, holding, respelled) or part for part in parts))
        case _:
            return tree


def suggestions(tree: Node | None, corrected_tree: Node | None) -> tuple[str, ...]:
    """The corrected query for "did you mean", nothing if it is the query itself."""
    return () if corrected_tree == tree else (printed(corrected_tree),)


def completions(prefix: str, state: State, limit: int) -> tuple[str, ...]:
    """Words of the collection that start with the prefix, those of most passages first, ties by alphabet."""
    start = fold(prefix)
    if not start:
        return ()
    counted = [(-state.frequency(word), word) for word in state.vocabulary(Field.TEXT, start).words]
    return tuple(word for count, word in sorted(counted)[:limit] if count)

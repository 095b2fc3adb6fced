"""Nearest spellings for words that no passage holds."""

from __future__ import annotations

from dataclasses import replace

from search.analysis import fold
from search.matching import Evaluation
from search.postings import Postings, Term
from search.printer import format as printed
from search.query import And, Field, Node, Or, Word
from search.spelling import distance

#: Shorter words are near too many others.
MIN_LETTERS = 5
#: From this length on two letters may differ, below it one.
TWO_EDITS_FROM = 9


def nearest(word: str, postings: Postings) -> str | None:
    """The word of the collection spelled most like `word`, the more frequent of equals; None if none is near.

    A misspelling nearly always keeps its first letter, and asking for it avoids most wrong guesses.
    """
    folded = fold(word)
    if len(folded) < MIN_LETTERS or not folded.isalpha():
        return None
    edits = 2 if len(folded) >= TWO_EDITS_FROM else 1
    words = postings.vocabulary(Field.TEXT).near(folded, edits)
    near = [like for like in words if like[0] == folded[0] and like.isalpha()]
    return min(near, key=lambda like: (distance(like, folded, edits), -_frequency(like, postings), like), default=None)


def corrected(tree: Node | None, evaluation: Evaluation) -> Node | None:
    """The tree with every unknown word in its nearest spelling; the very tree if nothing can be corrected."""
    match tree:
        case Word(text, None) if not evaluation.holds(text):
            like = nearest(text, evaluation.postings)
            return replace(tree, text=like) if like else tree
        case And(parts) | Or(parts):
            return replace(tree, parts=tuple(corrected(part, evaluation) or part for part in parts))
        case _:
            return tree


def suggestions(tree: Node | None, corrected_tree: Node | None) -> tuple[str, ...]:
    """The corrected query for "did you mean", nothing if it is the query itself."""
    return () if corrected_tree == tree else (printed(corrected_tree),)


def completions(prefix: str, postings: Postings, limit: int) -> tuple[str, ...]:
    """Words of the collection that start with the prefix, those of most passages first, ties by alphabet."""
    start = fold(prefix)
    if not start:
        return ()
    counted = [(-_frequency(word, postings), word) for word in postings.vocabulary(Field.TEXT).starting(start)]
    return tuple(word for count, word in sorted(counted)[:limit] if count)


def _frequency(word: str, postings: Postings) -> int:
    return len(postings.posting(Term(Field.TEXT, word)).rows)

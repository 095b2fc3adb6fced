"""Words as quotations are compared: without case, punctuation, hyphens and accents, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.analysis import fold

# A letter or digit, or letters in brackets that belong to a word: `[t]he`, `State[s]`.
_SIGN = r"(?:[^\W_]|\[[^\W\d_]{1,12}\])"
# What joins the parts of one word: apostrophe, hyphen, soft hyphen, a hyphen at the end of a printed line.
_JOINT = r"(?:[-‐‑\u00ad]\s*\n\s*|[-‐‑\u00ad'’ʼ])"
_WORD = re.compile(rf"{_SIGN}+(?:{_JOINT}{_SIGN}+)*")
_ADDED = re.compile(r"\[[^\]]*\]")
#: Where a quotation may leave out what its source has: dots, and whole words of the writer's in brackets.
_GAP = re.compile(r"[\[(]\s*(?:…|(?:\.\s?){3,4})\s*[\])]|…|(?:\.\s?){3,}|(?<!\w)\[[^\]]*\](?!\w)")


class Word(NamedTuple):
    """A folded word and its half-open span; `core` is the word without letters in brackets, "" if it has none."""

    text: str
    start: int
    end: int
    core: str = ""


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a text between two places, in order."""
    end = len(text) if end is None else end
    return [word for match in _WORD.finditer(text, start, end) if (word := _folded(match)).text]


def fragments(text: str, start: int, end: int) -> list[list[Word]]:
    """The words of a quotation, parted where it may leave something out; parts without words are dropped."""
    bounds = [start, *(place for gap in _gaps(text, start, end) for place in gap), end]
    parts = (words(text, *bounds[at : at + 2]) for at in range(0, len(bounds), 2))
    return [part for part in parts if part]


def joined(part: Sequence[Word]) -> str:
    """Words as one string, a blank between them."""
    return " ".join(word.text for word in part)


def _gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _GAP.finditer(text, start, end))


def _folded(match: re.Match[str]) -> Word:
    written = match[0]
    core = fold(_ADDED.sub("", written)) if "[" in written else ""
    return Word(fold(written), *match.span(), core)

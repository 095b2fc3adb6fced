"""The lines of a passage: sub-items on lines of their own, told apart by depth, and the rows and cells of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A sub-item's own line: "(a) ", "(iv) ", "1. ", "- ", "• ". Must not match "(see above)", "a house", "1990 was".
_ITEM = re.compile(r"(?:\((?P<bracketed>[a-z]{1,2}|[ivxl]{1,5}|\d{1,2})\)|\d{1,2}[.)]|[a-z][.)]|[-–•])[ \t]")
_ROMAN = re.compile(r"[ivxl]+")
#: Letters that are roman figures as well, with the letter that stands before them in a list of letters.
_AMBIGUOUS = {"i": "h", "v": "u", "x": "w", "l": "k"}
#: Deepest indentation: letters, then roman figures below them.
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a half-open span of the text; `depth` 0 for running text, 1 for `(a)`, 2 for `(i)` below it."""

    start: int
    end: int
    depth: int = 0
    cells: tuple[tuple[int, int], ...] = ()


def lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]`; the first begins the paragraph and never hangs, whatever number it bears."""
    found: list[Line] = []
    letter = ""
    for first, last in _spans(text, start, end, "\n"):
        row = text[first:last]
        cells = tuple(_spans(text, first, last, "\t")) if "\t" in row else ()
        marker = _marker(row) if first > 0 and not cells else None
        depth = 0 if marker is None else DEEPEST if _is_roman(marker, letter) else 1
        letter = marker if depth == 1 and marker else letter
        found.append(Line(first, last, depth, cells))
    return found


def is_item(text: str) -> bool:
    """Whether the text begins as an enumerated item does: `(a) `, `(iv) `, `1. `."""
    return _marker(text) is not None


def _marker(text: str) -> str | None:
    match = _ITEM.match(text)
    return (match["bracketed"] or "") if match else None


def _is_roman(marker: str, letter: str) -> bool:
    """Whether `(i)` counts below the letter before it; behind `(h)`, or without letters, it is on the first level."""
    below_letters = bool(letter) and not _ROMAN.fullmatch(letter)
    return below_letters and bool(_ROMAN.fullmatch(marker)) and _AMBIGUOUS.get(marker, "") != letter


def _spans(text: str, start: int, end: int, separator: str) -> Iterator[tuple[int, int]]:
    at = start
    while (stop := text.find(separator, at, end)) >= 0:
        yield at, stop
        at = stop + 1
    yield at, end

"""Hard-wrapped plain text: is a text wrapped, where do its paragraphs end, which line-end hyphens go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

#: A wrapped text keeps a column: newspapers' 30 characters to a typescript's 100.
MAX_WIDTH = 110
#: Fewer inner lines than this tell nothing about a column.
MIN_LINES = 6
#: Share of the column below which a line that ends a sentence ends its paragraph.
SHORT = 0.8
#: Share of the lines of a wrapped text that fill the column (the middle line is at least this share of the long ones).
FILLED = 0.72

_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_BROKEN = re.compile(r"([A-Za-zÀ-ÿ]+)-$")


@dataclass(frozen=True, slots=True)
class Column:
    """The column of a wrapped text: `width` characters, `indented` if paragraphs begin with blanks."""

    width: float
    indented: bool


def column_of(groups: Sequence[Sequence[str]]) -> Column | None:
    """The column of a text given as groups of physical lines between blank lines; None if it is not wrapped."""
    inner = [line.rstrip() for group in groups for line in group[:-1]]
    if len(inner) < MIN_LINES or len(inner) < sum(len(group) == 1 for group in groups):
        return None
    lengths = [len(line) for line in inner]
    cuts = quantiles(lengths, n=20)
    middle, long = cuts[9], cuts[18]
    if long > MAX_WIDTH or middle < FILLED * long:
        return None
    starts = sum(line.startswith((" ", "\t")) for line in inner)
    return Column(long, indented=0 < starts < len(inner) / 2)


def paragraphs(group: Sequence[str], column: Column) -> list[list[str]]:
    """Split the lines of one group into paragraphs, by indentation or by a short last line."""
    found: list[list[str]] = []
    for line in group:
        if found and not _begins(line, found[-1][-1], column):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _begins(line: str, before: str, column: Column) -> bool:
    if column.indented and line.startswith((" ", "\t")) and not before.startswith((" ", "\t")):
        return True
    return (
        not is_full(before, column) and bool(_SENTENCE_END.search(before.rstrip())) and not line.lstrip()[:1].islower()
    )


def is_full(line: str, column: Column) -> bool:
    """Whether the line reaches the edge of the column."""
    return len(line.rstrip()) >= SHORT * column.width


def unwrap(lines: Sequence[str], vocabulary: Collection[str]) -> str:
    """Join physical lines into one; a word broken at a line end is rejoined."""
    text = ""
    for line in (line.strip() for line in lines):
        text = rejoin(text, line, vocabulary) if text else line
    return text


def rejoin(before: str, after: str, vocabulary: Collection[str]) -> str:
    """Join two line halves. A hyphen at the end goes, unless the words prove that it belongs to the word.

    `vocabulary` holds the case-folded words of the document, hyphenated ones included: `sixty-` + `fourth` stays
    `sixty-fourth` where the text writes it so elsewhere or both halves are words of their own; `com-` + `puter` does
    not.
    """
    match = _BROKEN.search(before)
    following = re.match(r"[A-Za-zÀ-ÿ]+", after)
    if not match or not following:
        return f"{before} {after}"
    first, second = match[1].casefold(), following[0].casefold()
    if first + second in vocabulary:
        return before[:-1] + after
    whole = f"{first}-{second}" in vocabulary or (first in vocabulary and second in vocabulary)
    if whole or following[0][0].isupper():
        return before + after
    return before[:-1] + after


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Case-folded words, hyphenated words also whole; halves of words that are broken at a line end are left out."""
    found: set[str] = set()
    broken = False
    for line in lines:
        words = re.findall(r"[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ]+)*", line)
        ends = bool(_BROKEN.search(line.rstrip()))
        found.update(word.casefold() for word in words[int(broken) : len(words) - int(ends)])
        broken = ends
    return frozenset(found)

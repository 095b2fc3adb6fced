"""Physical lines joined into one, words that were broken at line ends whole again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

#: A word broken at the end of a line, or one whose hyphen happens to stand there.
BROKEN = re.compile(r"([A-Za-zÀ-ÿ]+)-$")


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
    match = BROKEN.search(before)
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
        ends = bool(BROKEN.search(line.rstrip()))
        found.update(word.casefold() for word in words[int(broken) : len(words) - int(ends)])
        broken = ends
    return frozenset(found)

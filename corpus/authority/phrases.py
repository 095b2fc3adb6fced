"""Names found in running text: a trie of words, indifferent to what printers and spellers vary.

Folded away: upper and lower case, accents, possessives, commas, hyphens, the article "the", British and American
endings, and the prepositions that sources swap in titles (`Declaration on/of Human Rights`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import compress, repeat
from typing import Generic, TypeAlias, TypeVar

from corpus.authority.names import word_key

T = TypeVar("T")

# A word with its possessive, which may stand apart after a page was read by machine: `Chairman 's`.
_WORD = re.compile(r"[^\W_]+(?:\s?['’][sS](?![^\W_]))?(?:['’][^\W_]+)*")
# What may stand between two words of one name: no full stop unless it ends an initial (`U. S. Code`, `St. Lucia`).
_GAP = re.compile(r"[\s,/&–-]*|\.\s?|\s?\(|\)?\s")
_INITIAL = 2  # "U.", "St."
_POSSESSIVE = re.compile(r"\s?['’][sS]$")
#: Words that count as one, since sources swap them inside the same title.
_SAME = {"on": "of", "regarding": "concerning"}
_IGNORED = frozenset({"the"})
_ARTICLE = re.compile(r"\b[Tt]he\b|\bTHE\b")
#: Distinct written words that a table remembers; English texts of a large library hold fewer.
_MEMORY = 500_000
#: Of a word that a table has not seen it is not known whether a name can begin with it.
_UNSEEN = True


class Case(StrEnum):
    """How much of a name's capitals a text must show."""

    ANY = "any"  # none: long names that nothing else is called
    INITIAL = "initial"  # the first letter
    EXACT = "exact"  # every letter: acronyms, and names that are common words


#: A word of a text: its folded key and its half-open span. A plain tuple, since texts have very many.
Word: TypeAlias = tuple[str, int, int]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The comparison key of one word: `Organized` and `organised` share it, `the` gives ""."""
    key = word_key(_POSSESSIVE.sub("", word).replace("'", "").replace("’", ""))
    return "" if key in _IGNORED else _SAME.get(key, key)


def words(text: str) -> list[Word]:
    """The words of `text` that count, in order."""
    return [(key, *match.span()) for match in _WORD.finditer(text) if (key := fold(match.group()))]


@lru_cache(maxsize=512)  # the passages of a document, which each annotator walks through in turn
def _written(text: str) -> tuple[list[str], list[int]]:
    """The words of `text` as they are written, and where they start; every table asks for those of the same texts."""
    return _WORD.findall(text), [match.start() for match in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A name found: half-open span and what it stands for."""

    start: int
    end: int
    value: T


@dataclass(slots=True)
class _Node(Generic[T]):
    """One step of the trie; `ends` holds what a name that ends here stands for, by its demand on capitals."""

    steps: dict[str, _Node[T]] = field(default_factory=dict)
    ends: list[tuple[Case, str, T]] = field(default_factory=list)
    loose: bool = False  # whether a name that begins here may begin in lower case


class PhraseTable(Generic[T]):
    """Names and what they stand for; `find` walks a text once and takes the longest name at each place."""

    def __init__(self, entries: Iterable[tuple[str, T, Case]] = ()) -> None:
        self._root: _Node[T] = _Node()
        self._opens: dict[
            str, bool
        ] = {}  # words as written -> whether a name can begin with them; filled as texts come
        for name, value, case in entries:
            self.add(name, value, case=case)

    def add(self, name: str, value: T, *, case: Case = Case.INITIAL) -> None:
        """Enter one name; of two entries with the same key and case the first one counts."""
        keys = [key for key, _, _ in words(name)]
        node = self._root
        for key in keys:
            node = node.steps.setdefault(key, _Node())
        node.ends.append((case, name, value))
        self._root.steps[keys[0]].loose |= case == Case.ANY or name[0].islower()
        self._opens.clear()

    def get(self, name: str) -> T | None:
        """What exactly this name stands for, whatever its capitals (an exact spelling goes first), or None."""
        node: _Node[T] | None = self._root
        for key, _, _ in words(name):
            node = node.steps.get(key) if node else None
        ends = node.ends if node else []
        ranked = sorted(ends, key=lambda end: end[1] != name)
        return ranked[0][2] if ranked else None

    def find(self, text: str) -> Iterator[Match[T]]:
        """The names in `text`, left to right, longest first, without overlaps."""
        free = 0
        # nearly all words open no name: they are passed over without a step of ours
        written, starts = _written(text)
        for start, word in compress(zip(starts, written, strict=True), map(self._opens.get, written, repeat(_UNSEEN))):
            if start < free or not self._opens_name(word):
                continue
            match = self._longest(text, start)
            if match:
                yield match
                free = match.end

    def _opens_name(self, word: str) -> bool:
        """Whether a name can begin with the word as it is written; remembered, since most words never do."""
        opens = self._opens.get(word)
        if opens is None:
            node = self._root.steps.get(fold(word))
            if len(self._opens) > _MEMORY:
                self._opens.clear()
            self._opens[word] = opens = node is not None and (node.loose or not word[0].islower())
        return opens

    def _longest(self, text: str, start: int) -> Match[T] | None:
        """The longest name that begins with the word at `start`."""
        node, best = self._root, None
        last: re.Match[str] | None = None
        for word in _WORD.finditer(text, start):
            key = fold(word.group())
            if not key:
                continue
            follows = node.steps.get(key)
            if follows is None or (last is not None and not _joined(text, last, word)):
                break
            node, last = follows, word
            span = text[start : word.end()]
            value = next((end for end in node.ends if _shows(span, end[1], end[0])), None)
            if value:
                best = Match(start, _without_possessive(word), value[2])
        return best


def _joined(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Whether nothing parts two words of a text that may not stand inside a name."""
    gap = _ARTICLE.sub("", text[before.end() : after.start()])
    if "." in gap and len(before.group()) > _INITIAL:
        return False
    return _GAP.fullmatch(gap) is not None


def _shows(span: str, name: str, case: Case) -> bool:
    """Whether the text's capitals meet the demand; an exact name may differ in what lies between its words."""
    if case == Case.ANY:
        return True
    if case == Case.INITIAL:
        return not span[0].islower() or name[0].islower()
    # All-capital headings print every name in capitals.
    return re.findall(r"\w+", span) == re.findall(r"\w+", name)


def _without_possessive(word: re.Match[str]) -> int:
    """The end of a name without the `'s` that hangs on its last word."""
    tail = _POSSESSIVE.search(word.group())
    return word.end() - len(tail.group()) if tail else word.end()

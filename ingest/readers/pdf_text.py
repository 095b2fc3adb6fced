"""The clean text of PDF lines: rejoins what the line ends cut, keeps hyphens that belong to the word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf_lines import Line, Word
from ingest.readers.runs import Runs

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"(?:^|[^\w-])([^\W_]+(?:-[^\W_]+)*)-$")
_ADDRESS_CUT = re.compile(r"(?:https?://|www\.)\S*[/\-_=&?.]$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a document writes within lines, in lower case."""

    words: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Vocabulary:
        """All words but the cut ones at line ends."""
        words: set[str] = set()
        for line in lines:
            found = _WORD.findall(line.text.casefold())
            words.update(found[:-1] if line.text.endswith("-") else found)
            words.update(part for word in found[:-1] for part in word.split("-"))
        return cls(frozenset(words))

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen between two halves belongs to the word: `cross-border`, not `co-operation` cut in two."""
        if before[-1:].isdecimal():
            return True
        before, after = before.casefold(), after.casefold()
        if f"{before}-{after}" in self.words:
            return True
        return before + after not in self.words and before in self.words and after in self.words


def text_of(lines: Sequence[Line], vocabulary: Vocabulary, known: Collection[int] = ()) -> Runs:
    """The text of a paragraph's lines; `known` are the numbers of notes that it may call."""
    runs = Runs(known=frozenset(known))
    for words in _joined(lines, vocabulary):
        for word in words:
            if word.blank:
                runs.add(" ")
            if word.raised:
                runs.add_raised(word.text)
            else:
                runs.add(word.text, bold=word.bold, italic=word.italic)
    return runs


def _joined(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterable[tuple[Word, ...]]:
    """The words of each line, hyphens at line ends resolved."""
    words = [list(line.words) for line in lines]
    for row in words:
        row[0] = replace(row[0], blank=True)
    for above, below, line in zip(words, words[1:], lines, strict=False):
        last, first = above[-1], below[0]
        cut = _CUT.search(line.text)
        if last.text.endswith("\u00ad") or _ADDRESS_CUT.search(line.text):
            below[0] = replace(first, blank=False)
        elif cut and first.text[:1].isalnum():
            below[0] = replace(first, blank=False)
            after = _WORD.match(first.text)
            if first.text[0].islower() and not vocabulary.keeps_hyphen(cut[1], after[0] if after else ""):
                above[-1] = replace(last, text=last.text.removesuffix("-"))
    return map(tuple, words)

"""What the finders of organisations return, how competing mentions are settled, and where none is to be sought."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Found

#: Who is believed where two finders propose the same span, best first.
_TRUST = (Found.GAZETTEER, Found.ACRONYM, Found.PATTERN, Found.MODEL)
#: Web and mail addresses name hosts, not organisations; each is sought only where the text holds its mark.
_ADDRESSES = {
    "://": re.compile(r"https?://\S+"),
    "www.": re.compile(r"www\.\S+"),
    "@": re.compile(r"(?<!\S)\S+@\S+"),
    ".": re.compile(r"(?<!\S)[(\[<]?[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|int|edu|gov)\b\S*"),
}
#: A document's symbol: capitals and numbers joined by slashes, one part a plain number or a keyword.
#: Must match `AALCO/RES/DFT/56/S17`, `A/CONF.213/9`, `95/46/EC`; must not match `ITU/CARICOM/CTU`, `G7/G8`.
_SYMBOL = re.compile(
    r"\b[A-Z]\w*(?:/[\w.\-]+){0,10}/(?:\d+\b|RES\b|CONF\b|DEC\b|INF\b)(?:[./\-]\w+)*"
    r"|\b\d+/(?:\d+/)?(?:EC|EU|EEC|ECSC|JHA|CFSP|Euratom)\b"
    r"|\((?:EC|EU|EEC)\) (?:No\.? )?\d+/\d+"
)
_MASKED = _ADDRESSES | {"/": _SYMBOL}
#: A quotation of at most so many characters; longer ones are unbalanced marks.
_LONGEST_QUOTE = 400
_QUOTED = re.compile(
    rf"“[^“”]{{1,{_LONGEST_QUOTE}}}”|\"[^\"]{{1,{_LONGEST_QUOTE}}}\"|‘[^‘’]{{8,{_LONGEST_QUOTE}}}’(?!\w)"
    rf"|«[^«»]{{1,{_LONGEST_QUOTE}}}»"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span `[start, end)` of a text that names the organisation `name`."""

    start: int
    end: int
    name: str
    found: Found
    confidence: float = 1.0

    def overlaps(self, other: Mention) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without overlaps in reading order: the longest wins, then the earliest, then the most trusted finder."""
    kept: list[Mention] = []  # in reading order, so that only neighbours can overlap
    for mention in sorted(mentions, key=_precedence):
        at = bisect_left(kept, mention.start, key=_start)
        if not any(mention.overlaps(other) for other in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, mention)
    return kept


def _start(mention: Mention) -> int:
    return mention.start


def _precedence(mention: Mention) -> tuple[int, int, int, str]:
    return (mention.start - mention.end, mention.start, _TRUST.index(mention.found), mention.name)


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Spans of addresses and document symbols, where capitals name no organisation."""
    sought = [pattern for mark, pattern in _MASKED.items() if mark in text]
    return [match.span() for pattern in sought for match in pattern.finditer(text)]


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Spans of quotations, their marks included; in notes, capitals inside belong to titles rather than to names."""
    return [match.span() for match in _QUOTED.finditer(text)]


def outside(mentions: Iterable[Mention], spans: Iterable[tuple[int, int]]) -> list[Mention]:
    """The mentions that touch none of `spans`."""
    taken = list(spans)
    return [
        mention for mention in mentions if not any(mention.start < end and start < mention.end for start, end in taken)
    ]

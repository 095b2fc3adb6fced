"""Which parts of a long passage a result shows at once: about eight lines with most of the words asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import fold as fold_case
from search.analysis import stem
from webapp.highlighting import Span

#: Characters of eight lines of 68, less what a ragged right edge loses.
_EIGHT_LINES = 520
#: Where eight lines in one piece would leave out some of the words: characters of the best piece and of a second one.
_TWO_PIECES = (300, 220)
#: A rest shorter than two lines is not worth a fold.
_SLACK = 140
#: Characters kept in front of the first hit of a piece where no sentence begins nearby; at most a third of the piece.
_LEAD = 160
#: Hits that a piece may begin at; a passage with more of them shows enough wherever it is cut.
_TRIED = 100
# Behind the end of a sentence, clause or line. Must not match inside "para. 3", "A/RES/55/63" or "e.g. this".
_BREAK = re.compile(r"(?<=[a-z0-9)\]”’\"'][.;:?!])\s+(?=[A-Z“‘\"(\[])|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text, shown or folded away."""

    start: int
    end: int
    shown: bool


def fold(text: str, hits: Sequence[Span]) -> tuple[Piece, ...]:
    """The text in pieces: all of it, or the best one or two parts shown and the rest folded away."""
    if len(text) <= _EIGHT_LINES + _SLACK:
        return (Piece(0, len(text), shown=True),)
    choice = _Choice(text, tuple(hits))
    whole = choice.best(_EIGHT_LINES, choice.words)
    if not choice.missing(whole):
        return _pieces(text, [whole])
    longer, shorter = _TWO_PIECES
    first = choice.best(longer, choice.words)
    second = choice.best(shorter, choice.missing(first))
    return _pieces(text, sorted([first, second]))


def _pieces(text: str, windows: Sequence[Span]) -> tuple[Piece, ...]:
    """Windows in order as shown pieces, what lies between as folded ones; folds that are not worth it are shown."""
    shown: list[Span] = []
    for start, end in windows:
        first = start if start > _SLACK or shown else 0
        if shown and first - shown[-1][1] <= _SLACK:
            shown[-1] = (shown[-1][0], max(end, shown[-1][1]))
        else:
            shown.append((first, end))
    if len(text) - shown[-1][1] <= _SLACK:
        shown[-1] = (shown[-1][0], len(text))
    edges = [0, *(at for window in shown for at in window), len(text)]
    return tuple(
        Piece(*span, shown=number % 2 == 1) for number, span in enumerate(pairwise(edges)) if span[0] < span[1]
    )


class _Choice:
    """Windows of a text, judged by how many different words of the hits they hold."""

    def __init__(self, text: str, hits: Sequence[Span]) -> None:
        self.text, self.hits = text, hits
        self._breaks = [match.end() for match in _BREAK.finditer(text)]
        self.words = frozenset(self._word(hit) for hit in hits)

    def best(self, size: int, words: Iterable[str]) -> Span:
        """The window of about `size` characters that holds the most of the words, the first of equals."""
        wanted = [hit for hit in self.hits if self._word(hit) in set(words)]
        windows = [self._window(hit, size) for hit in wanted[:_TRIED]] or [self._window((0, 0), size)]
        return max(windows, key=lambda window: self._worth(window, wanted))

    def missing(self, window: Span) -> frozenset[str]:
        """The words that a window does not hold."""
        return self.words - {self._word(hit) for hit in self._inside(window, self.hits)}

    def _worth(self, window: Span, wanted: Sequence[Span]) -> tuple[int, bool, int, int]:
        """Different words first; then the beginning, which needs nothing before it to be understood; then more hits."""
        inside = self._inside(window, wanted)
        return len({self._word(hit) for hit in inside}), window[0] == 0, len(inside), -window[0]

    def _window(self, hit: Span, size: int) -> Span:
        """About `size` characters around a hit, from a sentence that begins before it to one that ends behind it."""
        lead = min(_LEAD, size // 3)
        start = 0 if hit[1] <= size - lead else self._start_before(hit[0], lead)
        end = start + size
        return start, len(self.text) if len(self.text) <= end else self._end_near(max(end, hit[1]), hit[1], lead)

    def _start_before(self, at: int, lead: int) -> int:
        place = bisect_left(self._breaks, at - 2 * lead)
        near = self._breaks[place : place + 1]
        return near[0] if near and near[0] <= at else self._word_start(at - lead)

    def _end_near(self, at: int, least: int, reach: int) -> int:
        place = bisect_left(self._breaks, at)
        near = [end for end in self._breaks[max(0, place - 1) : place + 1] if end >= least and abs(end - at) <= reach]
        return min(near, key=lambda end: abs(end - at)) if near else self._word_start(at)

    def _word_start(self, at: int) -> int:
        space = self.text.find(" ", max(0, at))
        return space + 1 if space >= 0 else len(self.text)

    def _word(self, hit: Span) -> str:
        """What was found, whatever its ending."""
        return " ".join(stem(fold_case(word)) for word in self.text[slice(*hit)].split())

    @staticmethod
    def _inside(window: Span, hits: Sequence[Span]) -> list[Span]:
        return [hit for hit in hits if window[0] <= hit[0] and hit[1] <= window[1]]

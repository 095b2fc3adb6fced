"""Which part of a long passage a result shows at once: about eight lines around the first hit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.highlighting import Span

#: Characters of eight lines of 68, less what a ragged right edge loses.
_EIGHT_LINES = 520
#: A rest shorter than two lines is not worth a fold.
_SLACK = 140
#: Characters kept in front of the first hit where no sentence begins nearby.
_LEAD = 160
# Behind the end of a sentence, clause or line. Must not match inside "para. 3", "A/RES/55/63" or "e.g. this".
_BREAK = re.compile(r"(?<=[a-z0-9)\]”’\"'][.;:?!])\s+(?=[A-Z“‘\"(\[])|\n+")


@dataclass(frozen=True, slots=True)
class Fold:
    """The shown span and the spans folded away before and behind it (empty where nothing is)."""

    before: Span
    shown: Span
    after: Span


def fold(text: str, hits: Sequence[Span]) -> Fold:
    """Show the text from its beginning, or from the sentence of the first hit where that lies too far down."""
    if len(text) <= _EIGHT_LINES + _SLACK:
        return Fold((0, 0), (0, len(text)), (len(text), len(text)))
    first = min((start for start, _ in hits), default=0)
    start = 0 if first <= _EIGHT_LINES - _LEAD else _start_before(text, first)
    end = _end_near(text, start + _EIGHT_LINES) if len(text) - start > _EIGHT_LINES + _SLACK else len(text)
    return Fold((0, start), (start, end), (end, len(text)))


def _start_before(text: str, at: int) -> int:
    breaks = [match.end() for match in _BREAK.finditer(text, 0, at) if match.end() >= at - 2 * _LEAD]
    return breaks[0] if breaks else _word_start(text, at - _LEAD)


def _end_near(text: str, at: int) -> int:
    breaks = [match.end() for match in _BREAK.finditer(text) if abs(match.end() - at) <= _LEAD]
    return min(breaks, key=lambda end: abs(end - at)) if breaks else _word_start(text, at)


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", max(0, at))
    return space + 1 if space >= 0 else len(text)

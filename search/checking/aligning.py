"""How a quotation lies on a passage: how alike they are, and word by word where they differ."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from search.checking.model import Change
from search.checking.words import Word, joined

#: Words beside the place found that are looked at as well: a changed word at either end is not lost.
_MARGIN = 3
#: Letters outside the brackets of `notif[ied]` that must begin or end the source's word.
_SHORTEST_CORE = 2


@dataclass(frozen=True, slots=True)
class Alignment:
    """How alike a quotation and a passage are, from 0 to 100, and the differences that count."""

    score: float
    changes: tuple[Change, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the quotation is word by word what the passage says."""
        return not self.changes


@dataclass(frozen=True, slots=True)
class _Laid:
    """One fragment on its place: likeness, length, changes, and the run of the source's words that it covers."""

    score: float
    length: int
    changes: tuple[Change, ...]
    first: int
    last: int


def align(text: str, parts: Sequence[Sequence[Word]], source: str, held: Sequence[Word]) -> Alignment:
    """The fragments of a quotation in `text` on a passage's text and words, in their order."""
    laid = list(_laid(text, parts, source, held))
    length = sum(each.length for each in laid)
    score = sum(each.score * each.length for each in laid) / length if length else 0.0
    return Alignment(score, tuple(change for each in laid for change in each.changes))


def _laid(text: str, parts: Sequence[Sequence[Word]], source: str, held: Sequence[Word]) -> Iterator[_Laid]:
    """The longest fragment finds its place first, since it can hardly be mistaken; the others before and behind it."""
    if not parts:
        return
    at = max(range(len(parts)), key=lambda number: len(parts[number]))
    laid = _lay(text, parts[at], source, held)
    yield from _laid(text, parts[:at], source, held[: laid.first])
    yield laid
    yield from _laid(text, parts[at + 1 :], source, held[laid.last :])


def _lay(text: str, part: Sequence[Word], source: str, held: Sequence[Word]) -> _Laid:
    quoted = joined(part)
    start, end = _window(quoted, held)
    start, end = max(start - _MARGIN, 0), min(end + _MARGIN, len(held))
    first, last, pairs = _paired(part, held[start:end])
    first, last = start + first, start + last
    likeness = fuzz.ratio(quoted, joined(held[first:last]))
    changes = tuple(
        _change(text, part, source, held[start:end], pair) for pair in pairs if not _same(part, held[start:end], pair)
    )
    return _Laid(likeness, len(quoted), changes, first, last)


def _window(quoted: str, held: Sequence[Word]) -> tuple[int, int]:
    """The run of words that is most like the fragment."""
    whole = joined(held)
    found = fuzz.partial_ratio_alignment(quoted, whole) if len(quoted) < len(whole) else None
    if found is None:
        return 0, len(held)
    starts = list(accumulate((len(word.text) + 1 for word in held[:-1]), initial=0))
    return bisect_right(starts, found.dest_start) - 1, bisect_left(starts, found.dest_end)


#: First and last word of the quotation, first and last word of the source: two runs that stand for each other.
_Pair = tuple[int, int, int, int]


def _paired(part: Sequence[Word], held: Sequence[Word]) -> tuple[int, int, list[_Pair]]:
    """The run of source words that the fragment covers, and the runs that differ.

    At either end as many words of the source count as the quotation has there: what lies beyond is not quoted.
    """
    steps = Levenshtein.opcodes([word.text for word in part], [word.text for word in held])
    same = [step for step in steps if step.tag == "equal"]
    if not same:
        size = min(len(part), len(held))
        return 0, size, [(0, len(part), 0, size)]
    head, tail = same[0], same[-1]
    first = max(head.dest_start - head.src_start, 0)
    last = min(tail.dest_end + len(part) - tail.src_end, len(held))
    inner = [
        (step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in steps
        if step.tag != "equal" and step.src_start >= head.src_end and step.src_end <= tail.src_start
    ]
    front = [(0, head.src_start, first, head.dest_start)] if head.src_start else []
    back = [(tail.src_end, len(part), tail.dest_end, last)] if tail.src_end < len(part) else []
    return first, last, [*front, *_merged(inner), *back]


def _merged(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Differences side by side as one: a word replaced and the next one left out are read together."""
    merged: list[_Pair] = []
    for pair in pairs:
        if merged and merged[-1][1] == pair[0] and merged[-1][3] == pair[2]:
            merged[-1] = (merged[-1][0], pair[1], merged[-1][2], pair[3])
        else:
            merged.append(pair)
    return merged


def _same(part: Sequence[Word], held: Sequence[Word], pair: _Pair) -> bool:
    """Whether two runs are one in spite of blanks (`cyber crime`) or of letters that brackets own up to (`[t]he`)."""
    quoted, source = part[pair[0] : pair[1]], held[pair[2] : pair[3]]
    if "".join(word.text for word in quoted) == "".join(word.text for word in source):
        return True
    return len(quoted) == len(source) and all(map(_owned_up, quoted, source))


def _owned_up(quoted: Word, source: Word) -> bool:
    if quoted.text == source.text:
        return True
    core = quoted.core
    return len(core) >= _SHORTEST_CORE and (source.text.startswith(core) or source.text.endswith(core))


def _change(text: str, part: Sequence[Word], source: str, held: Sequence[Word], pair: _Pair) -> Change:
    quoted, missed = part[pair[0] : pair[1]], held[pair[2] : pair[3]]
    place = part[min(pair[0], len(part) - 1)].start
    start, end = (quoted[0].start, quoted[-1].end) if quoted else (place, place)
    return Change(start, end, text[start:end], source[missed[0].start : missed[-1].end] if missed else "")

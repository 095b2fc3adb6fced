"""Quotations in a text: between quotation marks, double and single, curly and straight, and set in as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.checking.drafts import Draft
from search.checking.model import Span
from search.checking.words import words

#: Words from which on a quotation is looked for: fewer stand in many passages by chance, and are often no quotation
#: but a term that the writer keeps at a distance.
SHORTEST = 4

# Marks that tell opening from closing, with others of their kind inside; then straight ones, which do not.
_CURLY = re.compile(r"“(?P<said>[^“”]*(?:“[^“”]*”[^“”]*)*)”|„(?P<low>[^„“”]+)[“”]|«(?P<angle>[^«»]+)»")
_STRAIGHT = re.compile(r'(?<![\w"])"(?P<said>(?=\S)[^"]+)"')
# An opening single mark: nothing, a blank or a bracket before it, a word behind. A closing one: nothing but a word or a
# mark before it, no letter behind; `States'` may be either.
_OPENS = re.compile(r"(?<![^\s(\[—–-])['‘](?=[^\W_]|\[|…|\.\.\.)")
_CLOSES = re.compile(r"(?<=[^\s'’‘])['’](?![^\W_])")


def quotations(draft: Draft) -> list[Span]:
    """The spans of quotations without their marks, those of enough words, in order; what they quote stays inside."""
    found = list(draft.blocks())
    spans = [*draft.paragraphs, *((note.start, note.end) for note in draft.notes)]
    for start, end in spans:
        double = [*_between(_CURLY, draft.text, start, end), *_between(_STRAIGHT, draft.text, start, end)]
        found += [*double, *_single(draft.text, start, end)]
    kept: list[Span] = []
    for span in sorted(set(found), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return [span for span in kept if len(words(draft.text, *span)) >= SHORTEST]


def _between(marks: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for match in marks.finditer(text, start, end):
        name = match.lastgroup
        if name:
            yield match.span(name)


def _single(text: str, start: int, end: int) -> Iterator[Span]:
    """Between single marks; of those that may close one, the first that does not stand behind an s (`States'`)."""
    at = start
    while opening := _OPENS.search(text, at, end):
        next_one = _OPENS.search(text, opening.end(), end)
        limit = next_one.start() if next_one else end
        closing = [match.start() for match in _CLOSES.finditer(text, opening.end(), limit)]
        if closing:
            yield opening.end(), next((place for place in closing if text[place - 1] != "s"), closing[0])
        at = max([opening.end(), *closing])

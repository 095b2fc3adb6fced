"""A text as it is checked: its notes with their calls, its paragraphs, and the sentences that hold a citation together.

Notes are lines that begin with their number: `[^3]: …`, `³ …` anywhere; `3. …`, `3 …`, `[3] …` where the text calls
them or consists of them. Calls are `[^3]`, `³`, and numbers right behind a mark of punctuation: `… law.3`, `… law.[3]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.checking.model import Span

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "0123456789")
# `[^3]:` and `³` are notes wherever they begin a line; `3.`, `3)`, `[3]` and `3` may also number a list.
_NOTE = re.compile(
    rf"^[ \t]*(?:\[\^(?P<sure>\d{{1,3}})\]:?|(?P<raised>[{_RAISED}]{{1,3}})|\[(?P<braced>\d{{1,3}})\]|"
    r"(?P<plain>\d{1,3})[.)]?)[ \t]+(?=\S)",
    re.MULTILINE,
)
# Not the `3` of `para 3`, `1.5`, `A/55/383.2`: a letter and a mark of punctuation stand before it, no number behind.
_CALL = re.compile(
    rf"\[\^(?P<sure>\d{{1,3}})\](?!:)|(?<=\S)(?P<raised>[{_RAISED}]{{1,3}})|"
    r"(?:(?<=[^\W\d_][.,;:!?'’\"”»)])|(?<=[.,;!?]['’\"”»])|(?<=['’\"”»)][.,;:!?]))(?:\[(?P<braced>\d{1,3})\]|(?P<plain>\d{1,3})(?![\w./]))"
)
_HEADING = re.compile(r"^\W*(?:foot|end)?notes?\W*$", re.IGNORECASE | re.MULTILINE)
# A blank line; the end of a line that ends a sentence; a line that a quotation begins.
_BREAK = re.compile(
    r"[ \t]*\n(?:[ \t]*\n)+|(?:(?<=[.!?:…])|(?<=[.!?:…]['’\"”»)\]])|(?<=[^\W\d_][.!?]\d)|(?<=\]))[ \t]*\n|\n(?=[ \t]*>)"
)
#: A block quotation: the lines that begin with `>`, or a paragraph that is set in.
_BLOCK = re.compile(r"(?:[ \t]*>[^\n]*(?:\n|$))+|(?: {4}|\t)[^\n]+(?:\n(?: {4}|\t)[^\n]+)*")
# The end of a sentence: not behind `para.`, `No.`, `J.`; a bracket may still belong to what stands before it.
_ABBREVIATED = (
    r"(?<!\b[A-Z]\.)(?<!\b[Vvp]\.)(?<!\b(?:cf|Cf|no|No|pp|ed|Mr|Dr|al|eg|ie|op)\.)(?<!\b(?:Mrs|art|Art|vol|Vol|Res|Doc|eds|par)\.)"
    r"(?<!\b(?:para|Para|arts|Arts|Prof|ibid|Ibid|sect)\.)(?<!\b(?:paras|Paras)\.)"
)
_END = re.compile(
    rf"[.!?]{_ABBREVIATED}['’\"”»)\]]*(?:\[\^?\d{{1,3}}\]|[{_RAISED}]{{1,3}}|(?<=\D)\d{{1,3}})?\s+(?=[^\W\da-z_]|[“\"‘'])"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of the text: its number and the span of its body."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a note: its number and the span of the sign."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What a citation and a quotation share when they belong together: a sentence, or a note of that number."""

    start: int
    end: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its notes by number, its calls in order, and its paragraphs (notes left out)."""

    text: str
    notes: tuple[Note, ...]
    calls: tuple[Call, ...]
    paragraphs: tuple[Span, ...]

    def units(self, quotations: Sequence[Span]) -> Iterator[Unit]:
        """The sentences of the paragraphs and the notes, in order; no sentence ends inside a quotation."""
        found = [Unit(note.start, note.end, note.number) for note in self.notes]
        for start, end in self.paragraphs:
            stops = [match.end() for match in _END.finditer(self.text, start, end)]
            free = [stop for stop in stops if not any(first < stop <= last for first, last in quotations)]
            found += [Unit(*span) for span in pairwise([start, *free, end]) if span[0] < span[1]]
        return iter(sorted(found, key=lambda unit: unit.start))

    def called(self, start: int, end: int) -> Call | None:
        """The first call that begins between two places."""
        return next((call for call in self.calls if start <= call.start < end), None)

    def blocks(self) -> Iterator[Span]:
        """The paragraphs that are block quotations, without the calls at their ends."""
        for start, end in self.paragraphs:
            if _BLOCK.fullmatch(self.text, start, end):
                trailing = [call.start for call in self.calls if start < call.start and call.end >= end - 1]
                yield start, min(trailing, default=end)


def read(text: str) -> Draft:
    """The parts of a text."""
    notes = tuple(_notes(text))
    opened = [(match.start(), match.end()) for match in _NOTE.finditer(text)]
    calls = tuple(
        Call(_number(match), *match.span())
        for match in _CALL.finditer(text)
        if not any(start <= match.start() < end for start, end in opened)
    )
    return Draft(text, notes, calls, tuple(_paragraphs(text, notes)))


def _number(match: re.Match[str]) -> int:
    return int(next(filter(None, match.groups())).translate(_PLAIN))


def _notes(text: str) -> Iterator[Note]:
    starts = list(_note_starts(text))
    for at, match in enumerate(starts):
        following = starts[at + 1].start() if at + 1 < len(starts) else len(text)
        blank = re.compile(r"\n[ \t]*\n").search(text, match.end(), following)
        end = blank.start() if blank else following
        yield Note(_number(match), match.end(), match.end() + len(text[match.end() : end].rstrip()))


def _note_starts(text: str) -> Iterator[re.Match[str]]:
    """The beginnings of notes: sure ones, and numbered lines that count up and are called, headed or all there is."""
    called = {_number(match) for match in _CALL.finditer(text)}
    heading = _HEADING.search(text)
    listed = re.match(r"\s*", text)
    first = listed.end() if listed else 0
    last = 0
    for match in _NOTE.finditer(text):
        number = _number(match)
        sure = match["sure"] or match["raised"]
        headed = match.start() <= first or last or (heading and heading.end() <= match.start())
        if sure or (number > last and (number in called or headed)):
            last = number
            yield match


def _paragraphs(text: str, notes: Sequence[Note]) -> Iterator[Span]:
    """The runs of text between breaks, notes left out."""
    bodies = [(text.rfind("\n", 0, note.start) + 1, note.end) for note in notes]
    edges = [0, *(place for body in bodies for place in body), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        stops = [match.span() for match in _BREAK.finditer(text, start, end)]
        bounds = [start, *(place for stop in stops for place in stop), end]
        yield from _with_whole_blocks(text, zip(bounds[::2], bounds[1::2], strict=True))


def _with_whole_blocks(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The paragraphs that hold anything, lines of `>` that follow each other as one."""
    block: Span | None = None
    for start, end in spans:
        if not text[start:end].strip():
            continue
        marked = text[start:end].lstrip().startswith(">")
        if block and marked and text.count("\n", block[1], start) == 1:
            block = (block[0], end)
            continue
        if block:
            yield block
        block = (start, end) if marked else None
        if not marked:
            yield start, end
    if block:
        yield block

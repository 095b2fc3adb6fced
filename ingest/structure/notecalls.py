"""Notes whose marks lost their superscript, told by one proof: the bodies' numbers are called in order before them.

A digit behind a word may be anything, and so may a number in front of a block. `notebodies` finds runs of candidates;
a run is believed when the marks in the text that call its numbers, in order and each before its body, account for most
of it. Then the marks are lifted out of the text, and the blocks become notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import NoteCall
from corpus.months import MONTHS
from ingest.blocks import Block, Shape
from ingest.structure import notebodies
from ingest.structure.notebodies import Body

#: Words that a number belongs to: what is numbered, and those that a figure follows.
_OWNER = re.compile(
    r"\b(?:(?:arts?|paras?|pp?|nos?|vol)\.?|articles?|sections?|chapters?|(?:sub)?paragraphs?|annex(?:es)?|appendix|"
    r"schedule|supplement|resolutions?|rules?|regulations?|protocols?|parts?|titles?|clauses?|items?|pages?|points?|"
    r"numbers?|steps?|recommendations?|principles?|figures?|tables?|(?:foot)?notes?|groups?|volumes?|series|sessions?|"
    r"decisions?|opinions?|directives?|cases?|acts?|years?|age|a|an|the|of|to|in|on|at|by|for|from|with|and|or|nor|but|"
    r"than|about|over|under|nearly|some|all|only|least|most|between)$",
    re.IGNORECASE,
)
#: What is counted behind a number, and a year in brackets: `12 votes`, `752 (1992)`.
_COUNTED = (
    r"(?i:(?:to|per cent|%|votes?|members?|states|countries|years?|months?|days?|hours?|km|metres?|meetings?|times|"
    rf"other|people|persons|delegates|million|billion|thousand|{'|'.join(MONTHS)})\b|\(\d{{4}}\))"
)
#: `July 12` is a date; `30 July 12` is a date and a call.
_MONTH = re.compile(rf"(?<!\d )\b(?:{'|'.join(MONTHS)})$", re.IGNORECASE)

#: As far back as a word before a mark is looked for.
LONGEST_WORD = 40
#: Share of the notes of a run that must be called, by marks of any form, for the marks to be believed.
PROOF = 0.5

#: Smaller numbers are counts as often as calls: `the Agreement 5 and`.
FAR = 20

_CLOSING = r"[.,;:!?…”\"’'»)\]]"
#: Abbreviations that a number follows; `No. 6` calls nothing.
_NUMBERED = "".join(
    rf"(?<!\b{word}\.)"
    for word in ("[Nn]o", "Nos", "[Aa]rt", "para", "paras", "[Pp]", "pp", "[Vv]ol", "[Cc]h", "[Ss]ec")
)
#: Forms of calls with their weight where two marks compete for a place in the order.
_Forms = tuple[tuple[int, re.Pattern[str]], ...]
_FORMS: _Forms = (  # the most telling first
    # `word [12]`, `word.[12]`, `[12, 13]`; not at the start of a text, where it opens a note, nor `art [12]bis`
    (8, re.compile(r"(?<=\S)\s?\[(\d{1,3}(?:\s?,\s?\d{1,3})*)\](?!\w)")),
    # `Organization;6`, `crime.”12`, `“crime”.12`; not `3.5`, `16(2)`, `1,000`, `No.6`
    (6, re.compile(rf"(?<=[^\W\d_]{_CLOSING}|{_CLOSING}{_CLOSING})(\d{{1,3}})(?![\w.,:/-]*\d)(?=\s|$|{_CLOSING})")),
    # `word.(12)`, `word(12)`; not `art 16(2)`, nor `paragraph (12)`, which refers to a paragraph
    (4, re.compile(rf"(?<=[^\W\d_]|{_CLOSING})\((\d{{1,3}})\)(?=\s|$|{_CLOSING})")),
    # `treaty12`; not `CO2`, `G8`, `R2P`
    (2, re.compile(rf"(?<=[a-zß-ÿ]{{4}})(\d{{1,3}})(?=\s|$|{_CLOSING})")),
    # `sentence. 12 Next one`; at the end of a text `sentence. 12` and `clause, 12`
    (1, re.compile(rf"(?<=[a-zß-ÿ”\"’)][.;!?]){_NUMBERED}\s(\d{{1,3}})(?=\s+[A-Z“])")),
    (1, re.compile(rf"(?<=[a-zß-ÿ”\"’)][.;:,!?]){_NUMBERED}\s(\d{{1,3}})$")),
    # `of Angola 71 for admission`; not `Article 71 for`, `by 13 votes`, `some 71 of`
    (
        1,
        re.compile(
            r"(?<=[a-zß-ÿ]{3})\s(\d{1,3})(?=\s(?:for|and|or|of|to|in|on|as|at|by|with|from|which|that|was|is|shall)\b)"
        ),
    ),
)
#: In an act, `Directive 95/46/EC (3) and`, `of such data(4)`; not `paragraphs 1, (2) and (3)`, `Article 14a(2)`.
_ACT_FORMS: _Forms = (
    (1, re.compile(r"(?<!,)\s\((\d{1,3})\)(?=[\s.,;:)]|$)")),
    (1, re.compile(r"(?<=[a-zß-ÿ]{3}|[a-zß-ÿ]{2}\))\((\d{1,3})\)(?=[\s.,;:)]|$)")),
)
#: In a typescript, `of 5 May 1992 1/ and`, `(Waterland); 3/ the`; not `24/7`.
_SLASH_FORMS: _Forms = ((8, re.compile(r"(?<=\S)\s?(?<!\d)(\d{1,3})/(?=[\s.,;:)]|$)")),)
#: Where only bare digits are left, any number that nothing else claims: `of 2 May, 14 and`, `the report 14`.
_BARE = re.compile(rf"(?<=[.,;:)\]”\"’\w])\s?(?<!\d)(\d{{1,3}})(?=[\s.,;:)]|$)(?!\s*{_COUNTED})")
_BARE_FORMS: _Forms = ((1, _BARE),)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that may call `number`: `[start, end)` of the text of block `index`; `weight` 0 for a known call."""

    index: int
    start: int
    end: int
    number: int
    weight: int


def with_proved_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with calls that the notes prove taken out of their texts, and called bodies turned into notes."""
    blocks = _proved_in(notebodies.whole(blocks), notebodies.act_runs, _ACT_FORMS) or tuple(blocks)
    blocks = _proved_in(blocks, notebodies.slash_runs, _SLASH_FORMS) or blocks
    if not any(block.shape == Shape.NOTE or block.calls for block in blocks):  # else its notes kept their marks
        blocks = _proved_in(notebodies.apart(blocks), notebodies.bare_runs, _BARE_FORMS) or blocks
    return _proved_in(blocks, notebodies.runs_of, _FORMS) or blocks


def _proved_in(
    blocks: Sequence[Block], find: Callable[[Sequence[Block]], list[list[Body]]], forms: _Forms
) -> tuple[Block, ...] | None:
    """The blocks with the notes of the runs that are proved; None if none is."""
    marks: dict[int, list[Mark]] = {}
    notes: dict[int, Body] = {}
    begin = 0
    for run in find(blocks):
        found = _proved(blocks, run, begin, forms)
        for mark in found:
            marks.setdefault(mark.index, []).append(mark)
        called = {mark.number for mark in found}
        notes.update({body.index: body for body in run if body.number in called or (found and body.kept)})
        begin = run[-1].index + 1
    if not marks:
        return None
    return tuple(_rewritten(block, marks.get(i, ()), notes.get(i)) for i, block in enumerate(blocks))


def _rewritten(block: Block, marks: Sequence[Mark], body: Body | None) -> Block:
    lifted = _lifted(block, [mark for mark in marks if mark.weight]) if marks else block
    return body.taken(lifted) if body else lifted


def _lifted(block: Block, marks: Sequence[Mark]) -> Block:
    """The block without the marks' characters, their calls among the others in the order of the text."""
    text, calls = block.text, list(block.calls)
    for start, end in sorted({(mark.start, mark.end) for mark in marks}, reverse=True):
        width = end - start
        text = text[:start] + text[end:]
        calls = [replace(call, at=call.at - width if call.at >= end else call.at) for call in calls]
        calls += [NoteCall(mark.number, start) for mark in marks if mark.start == start]
    return replace(block, text=text, calls=tuple(sorted(calls, key=lambda call: (call.at, call.number))))


def _proved(blocks: Sequence[Block], run: Sequence[Body], begin: int, forms: _Forms) -> list[Mark]:
    """The marks that call the notes of one run; none if they leave too many of the notes uncalled."""
    bodies = {body.number: body for body in run}
    marks = list(_marks(blocks, bodies, begin, forms))
    if not any(mark.weight for mark in marks) and all(body.sure for body in run):
        return []
    order = _in_order(marks)
    called = {mark.number: mark for mark in reversed(order)}
    if len(called) < PROOF * len(bodies):
        return []
    again = [mark for mark in marks if mark.weight and _repeats(mark, called)]
    return [*order, *(mark for mark in again if mark not in order)]


def _repeats(mark: Mark, called: Mapping[int, Mark]) -> bool:
    """Whether a mark calls again a note that was called before, by a number too high for a mere count."""
    first = called.get(mark.number)
    return mark.number >= FAR and first is not None and (first.index, first.start) < (mark.index, mark.start)


def _marks(blocks: Sequence[Block], bodies: Mapping[int, Body], begin: int, forms: _Forms) -> Iterator[Mark]:
    """Known calls and possible ones in reading order, each before the body that it calls."""
    own = {body.index for body in bodies.values()}
    last = max(own)
    known = {call.number for block in blocks[begin:last] for call in block.calls}
    for index in range(begin, last):
        block = blocks[index]
        if index in own or block.shape in {Shape.RULE, Shape.FURNITURE, Shape.NOTE}:
            continue
        found = [Mark(index, call.at, call.at, call.number, 0) for call in block.calls]
        found += [mark for mark in _possible(block.text, index, forms) if mark.number not in known]
        for mark in sorted(found, key=lambda mark: (mark.start, mark.number)):
            body = bodies.get(mark.number)
            if body and body.index > index:
                yield mark


def _possible(text: str, index: int, forms: _Forms) -> Iterator[Mark]:
    """Marks of every form, the most telling of those that overlap."""
    taken: list[tuple[int, int]] = []
    for weight, pattern in forms:
        for match in pattern.finditer(text):
            free = all(match.end() <= start or match.start() >= end for start, end in taken)
            weak = weight == 1 or match[0][0].isspace()
            if free and not (weak and _is_claimed(text[max(0, match.start() - LONGEST_WORD) : match.start()])):
                taken.append(match.span())
                numbers = [int(number) for number in re.findall(r"\d+", match[1])]
                yield from (Mark(index, *match.span(), number, weight) for number in numbers)


def _is_claimed(before: str) -> bool:
    """Whether a number belongs to the word before it: it is a date, or numbers a provision."""
    return bool(_OWNER.search(before.rstrip()) or _MONTH.search(before.rstrip()))


def _in_order(marks: Sequence[Mark]) -> list[Mark]:
    """The heaviest selection of marks with rising numbers: known calls first, then the most telling forms."""
    known = 1000  # a call that the reader saw outweighs any number of doubtful ones around it
    best: list[tuple[int, int, int]] = []  # rising (number, total weight, place in `marks`)
    before: list[int | None] = []
    for place, mark in enumerate(marks):
        lower = _last_below(best, mark.number)
        total = (best[lower][1] if lower >= 0 else 0) + (mark.weight or known)
        before.append(best[lower][2] if lower >= 0 else None)
        at = lower + 1
        if at < len(best) and best[at][0] == mark.number and best[at][1] >= total:
            continue
        if lower >= 0 and best[lower][1] >= total:
            continue
        best.insert(at, (mark.number, total, place))
        while at + 1 < len(best) and best[at + 1][1] <= total:
            del best[at + 1]
    chosen = []
    step = best[-1][2] if best else None
    while step is not None:
        chosen.append(marks[step])
        step = before[step]
    return chosen[::-1]


def _last_below(best: Sequence[tuple[int, int, int]], number: int) -> int:
    """Place of the last entry whose number is smaller, -1 if none."""
    return bisect_left(best, (number,)) - 1

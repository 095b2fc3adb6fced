"""Footnotes whose marks lost their superscript: bare numbers in the text, proved by the bodies that count on.

Old records and recognised scans print `... the report of 2 May, 14` and below `14 Official Records ...`. A number in
the text is a call only if a body bears it; a run of numbered lines holds bodies only if its numbers are called and it
stands where notes stand: under a rule, at the end, or counting from where no list begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.model import NoteCall
from corpus.months import MONTHS
from ingest.blocks import Block, Shape

#: A body: a bare number and words, no date (`29 July 1948`), no paragraph number (`29. ...`), no amount.
_BODY = re.compile(
    rf"(?P<number>\d{{1,3}})\s+(?!(?:{'|'.join(MONTHS)})\b)(?!\(\d{{4}}\))"
    r"(?=[A-Z“\"(\[]|https?:|www\.|ibid|op\. ?cit|see\b)",
)
#: Words that a number behind them belongs to: `paragraph 1`, `Article 14`, `No. 3`.
_BELONGS = re.compile(
    r"\b(?:paragraphs?|paras?|articles?|arts?|sections?|chapters?|annex(?:es)?|parts?|pages?|pp?|vol|volume|nos?|numbers?|"
    r"resolutions?|decisions?|items?|rules?|principles?|titles?|points?|steps?|tables?|figures?|notes?|least|about|than|"
    r"supplement|series|session|some|over|nearly|all|the|of|by|in|on|at|to|and|or|for|with|from)\.?$",
    re.IGNORECASE,
)
#: What is counted behind a number, and a year in brackets: `12 votes`, `752 (1992)`.
_COUNTED = re.compile(
    r"(?:to|per cent|%|votes?|members?|states|countries|years?|months?|days?|hours?|km|metres?|meetings?|times|other|"
    r"people|persons|delegates|million|billion|thousand|\(\d{4}\))\b|\(\d{4}\)",
    re.IGNORECASE,
)
_MONTH_END = re.compile(rf"(?<!\d )(?:{'|'.join(MONTHS)})$")
#: Lists begin below this number; a run that begins above is no list.
LIST_START = 4
#: Share of a run's numbers that must be called.
MIN_CALLED = 0.5
#: Bodies can miss a number that recognition lost: the next one may be this much higher.
GAP = 2


@dataclass(frozen=True, slots=True)
class _Call:
    """A number in a text that may be a call: the block, the span to cut out, where the call stands then."""

    block: int
    start: int
    end: int
    number: int


def with_bare_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with proved bare calls lifted out of the text and their bodies marked as notes; others as they were."""
    if any(block.shape == Shape.NOTE or block.calls for block in blocks):
        return tuple(blocks)  # its notes kept their marks
    blocks = [part for block in blocks for part in _split(block)]
    calls: list[_Call] = []
    bodies: dict[int, int] = {}
    for run in _runs(blocks):
        found = list(_calls_of(blocks, run))
        if len(found) >= MIN_CALLED * len(run) and _stands_as_notes(blocks, run):
            calls += found
            bodies.update(run)
    if not bodies:
        return tuple(blocks)
    return tuple(_marked(block, place, calls, bodies.get(place)) for place, block in enumerate(blocks))


def _split(block: Block) -> Iterator[Block]:
    """A block whose lines hold several bodies, one block each."""
    match = _BODY.match(block.text) if block.shape == Shape.TEXT else None
    while match:
        following = re.compile(rf"\s(?={int(match['number']) + 1}\s+(?:[A-Z“]|ibid|see\b))", re.IGNORECASE)
        cut = following.search(block.text, match.end())
        if not cut:
            break
        yield replace(block, text=block.text[: cut.start()])
        block = replace(block, text=block.text[cut.end() :], gap=1)
        match = _BODY.match(block.text)
    yield block


def _stands_as_notes(blocks: Sequence[Block], run: Sequence[tuple[int, int]]) -> bool:
    """Whether a run stands under a rule, at the end of the text, or counts from where no list begins."""
    first, last = run[0][0], run[-1][0]
    ruled = any(block.shape == Shape.RULE for block in blocks[max(0, first - 1) : first])
    return run[0][1] >= LIST_START or ruled or not any(block.text for block in blocks[last + 1 :])


def _runs(blocks: Sequence[Block]) -> Iterator[list[tuple[int, int]]]:
    """Runs of numbered lines that count on, as (place, number); other text between them ends a page, not the run."""
    run: list[tuple[int, int]] = []
    for place, block in enumerate(blocks):
        match = _BODY.match(block.text) if block.shape == Shape.TEXT else None
        number = int(match["number"]) if match else 0
        if run and run[-1][1] < number <= run[-1][1] + GAP:
            run.append((place, number))
        elif number:
            if run:
                yield run
            run = [(place, number)]
    if run:
        yield run


def _calls_of(blocks: Sequence[Block], run: Sequence[tuple[int, int]]) -> Iterator[_Call]:
    """The calls of a run's bodies, in their order in the text, each in front of its body."""
    at = (0, 0)
    own = {place for place, _ in run}
    for place, number in run:
        pattern = re.compile(rf"(?<=[.,;:)\]”\"’\w]) ?(?<!\d){number}(?=[\s.,;:)]|$)")
        for block in range(at[0], place):
            if block in own or blocks[block].shape not in {Shape.TEXT, Shape.ITEM, Shape.HEADING, Shape.QUOTE}:
                continue
            match = pattern.search(blocks[block].text, at[1] if block == at[0] else 0)
            if match and _is_call(blocks[block].text, match):
                at = (block, match.end())
                yield _Call(block, match.start(), match.end(), number)
                break


def _is_call(text: str, match: re.Match[str]) -> bool:
    """Whether the number stands as a call does, not as part of a date, a count or a citation."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if _BELONGS.search(before) or after.startswith(tuple(MONTHS)) or _COUNTED.match(after):
        return False
    return not _MONTH_END.search(before)  # "30 July 12" is a date and a call, "July 12" a date


def _marked(block: Block, place: int, calls: Sequence[_Call], number: int | None) -> Block:
    if number is not None:
        return replace(block, shape=Shape.NOTE, marker=str(number), text=_BODY.sub("", block.text, count=1))
    own = sorted((call for call in calls if call.block == place), key=lambda call: -call.start)
    for call in own:
        text = block.text[: call.start] + block.text[call.end :]
        kept = tuple(replace(c, at=c.at - (call.end - call.start)) if c.at > call.start else c for c in block.calls)
        noted = (*kept, NoteCall(call.number, call.start))
        block = replace(block, text=text, calls=tuple(sorted(noted, key=lambda c: (c.at, c.number))))
    return block

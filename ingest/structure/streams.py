"""Streams of numbers: whether `1.` `2.` ... number the paragraphs of a document or the items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.blocks import Shape
from ingest.clauses import opens_clause
from ingest.enumerators import enumerator
from ingest.structure.piece import Piece

#: Numbered paragraphs that make a document a numbered one, their typical length, and their share of its paragraphs.
MIN_NUMBERED, MIN_LENGTH, MIN_SHARE = 3, 60, 0.5
#: Numbers that a stream may miss in a row, lost in recognition.
MISSING = 2
#: Numbers in a row that may begin above 1: a speaker's part of a record whose paragraphs are numbered throughout.
MIN_RUN = 6
#: Numbers that do in an annex or an opinion behind numbered paragraphs, where nothing else stands.
MIN_SHORT = 2
#: Numbers that do with an operative verb behind them: "1. Condemns ...", "2. Decides ...".
MIN_OPERATIVE = 2

_OPERATIVE = re.compile(r"(?:(?:Also|Further|Strongly|Once again|Again|Solemnly) )?(?:[A-Z]?[a-z]+(?:s|es)|Decides)\b")

#: A paragraph number as recognition damages it: `14, Urges`, `1 . Decides`, `l. Decides`, `i9. Calls`, `6.Asks`.
_DAMAGED = re.compile(
    r"(?P<digits>(?:\d{1,3}(?=\s?,|\s\.|\.[A-Z])|[lI](?=\s?\.)|(?=[liI]*\d)[\dliI]{2,3}|ll|i))(?:\s?[.,]\s+|\.)(?=[A-Z])"
)
#: What recognition reads for the digit 1.
_ONES = str.maketrans("liI", "111")
#: (place, number) of every piece that carries a number of the style `1.`.
_Numbers = list[tuple[int, int]]


def numbered_places(pieces: Sequence[Piece]) -> dict[int, int]:
    """Places and numbers of pieces whose `1.` `2.` ... number the document's own paragraphs, not the items of a list.

    Paragraph numbers run on across headings and start again in an annex or under a heading of their own (a separate
    opinion); they hold sentences, and most paragraphs carry one. A run between n and n + 1 is a list inside. The
    clauses of a preamble before the first number do not count.
    """
    found: dict[int, int] = {}
    short: dict[int, int] = {}
    for first, last in _containers(pieces):
        chains = list(_chains(pieces, first, last))
        ends = [*(_start(pieces, chain) for chain in chains[1:]), last]
        for start, chain, end in zip([first, *ends], chains, ends, strict=False):
            if _numbers_paragraphs(pieces, chain, start, end):
                found.update(chain)
            elif _is_short(pieces, chain, start, end):
                short.update(chain)
    return found | short if found else {}


def _containers(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    starts = [0]
    for place, piece in enumerate(pieces):
        if place and piece.container != pieces[place - 1].container:
            starts.append(place)
    return list(zip(starts, [*starts[1:], len(pieces)], strict=True))


def _chains(pieces: Sequence[Piece], first: int, last: int) -> Iterator[_Numbers]:
    """Runs 1, 2, 3, ... in order; lists that stand inside a run are left out, a number that is damaged is made up."""
    numbers = list(_numbers(pieces, first, last))
    chain: _Numbers = []
    at = 0
    while at < len(numbers):
        place, value = numbers[at]
        expected = chain[-1][1] + 1 if chain else 1
        runs_on = not chain and _run_end(numbers, at) - at >= MIN_RUN
        near = expected <= value <= expected + MISSING
        if runs_on or (near and (value == expected or _counts_on(numbers, at))):
            chain.append(numbers[at])
        elif value == 1:
            end = _run_end(numbers, at)
            if end < len(numbers) and numbers[end][1] == expected:
                at = end
                continue
            if pieces[place].division != pieces[chain[-1][0]].division and not _led(pieces, place):
                yield chain
                chain = [numbers[at]]
        at += 1
    if chain:
        yield chain


def _numbers(pieces: Sequence[Piece], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Every piece that begins with a number, clean or as recognition damages it (`14, Urges`, `l. Decides`, `1 .`)."""
    expected = 1
    for place in range(first, last):
        text = pieces[place].text
        if not pieces[place].is_text:
            continue
        found = enumerator(text)
        damaged = _DAMAGED.match(text)
        if found and found.style == "1.":
            expected = found.ranks[0] + 1
            yield place, found.ranks[0]
        elif damaged and int(damaged["digits"].translate(_ONES)) == expected:
            if damaged["digits"] == "i" and not opens_clause(text[damaged.end() :]):
                continue  # the first of `i. ii. iii.`
            expected += 1
            yield place, expected - 1


def _counts_on(numbers: _Numbers, at: int) -> bool:
    """Whether the next number counts on, so that the ones missing before are lost and this one is no slip."""
    return at + 1 < len(numbers) and numbers[at + 1][1] == numbers[at][1] + 1


def _run_end(numbers: _Numbers, at: int) -> int:
    """Where a run that starts at 1 ends."""
    end = at + 1
    while end < len(numbers) and numbers[end][1] == numbers[end - 1][1] + 1:
        end += 1
    return end


def _led(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a text with a colon leads in right before."""
    return place > 0 and pieces[place - 1].is_text and pieces[place - 1].text.endswith(":")


def _start(pieces: Sequence[Piece], chain: _Numbers) -> int:
    """Where the division of a chain's first number begins."""
    first = chain[0][0]
    return next(place for place in range(first, -1, -1) if place == 0 or _opens(pieces, place, pieces[first].division))


def _opens(pieces: Sequence[Piece], place: int, division: int) -> bool:
    return pieces[place].division == division != pieces[place - 1].division


def _numbers_paragraphs(pieces: Sequence[Piece], chain: _Numbers, start: int, end: int) -> bool:
    places = [place for place, _ in chain]
    texts = [pieces[place].text for place in places]
    operative = sum(bool(_OPERATIVE.match(text.partition(" ")[2])) for text in texts) > len(texts) / 2
    clauses = [place for place in range(start, places[0]) if _is_clause(pieces[place])]
    others = [place for place in range(start, end) if _is_own_paragraph(pieces[place]) and place not in clauses]
    if operative and clauses:
        return len(places) >= MIN_OPERATIVE
    divisions = {pieces[place].division for place in places}
    if len(divisions) > 1:  # numbers that run on across headings are no list: what closes the document may have none
        others = [place for place in others if place < places[-1]]
    if len(places) < MIN_NUMBERED or (median(map(len, texts)) < MIN_LENGTH and len(divisions) == 1):
        return False
    one_list = _led(pieces, places[0]) and len(divisions) == 1
    return len(places) >= MIN_SHARE * (len(places) + len(others)) and not (
        one_list and median(map(len, texts)) < 3 * MIN_LENGTH
    )


def _is_clause(piece: Piece) -> bool:
    """Whether a piece ends as the clauses of a preamble do and is no item of a list."""
    return piece.text.endswith((",", ";")) and piece.block.shape != Shape.ITEM and enumerator(piece.text) is None


def _is_short(pieces: Sequence[Piece], chain: _Numbers, start: int, end: int) -> bool:
    """Whether two numbers are all the paragraphs of an annex or opinion whose document numbers its paragraphs."""
    places = {place for place, _ in chain}
    texts = [pieces[place].text for place in places]
    alone = not any(_is_own_paragraph(pieces[place]) for place in range(start, end) if place not in places)
    return start > 0 and len(texts) == MIN_SHORT and alone and min(map(len, texts)) >= MIN_LENGTH


def _is_own_paragraph(piece: Piece) -> bool:
    """Whether an unnumbered piece stands for itself: no quote, no item, no name in a list."""
    if not piece.is_text or piece.block.shape == Shape.QUOTE or piece.text.startswith(("“", '"', "«", "‘")):
        return False
    return enumerator(piece.text) is None and (len(piece.text) >= MIN_LENGTH or piece.text.endswith("."))

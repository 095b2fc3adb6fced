"""Streams of numbers: whether `1.` `2.` ... number the paragraphs of a document or the items of a list."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ingest.blocks import Shape
from ingest.structure.enumerators import SUB_STYLES, enumerator
from ingest.structure.piece import Piece

#: Numbered paragraphs that make a document a numbered one, their typical length, and their share of its paragraphs.
MIN_NUMBERED, MIN_LENGTH, MIN_SHARE = 3, 60, 0.5


def numbered_places(pieces: Sequence[Piece]) -> frozenset[int]:
    """Places of the pieces whose `1.` `2.` ... number the document's own paragraphs, not the items of a list.

    Paragraph numbers run on across headings, start again only in an annex, hold sentences, and most paragraphs carry
    one; the clauses of a preamble before the first do not count.
    """
    found: set[int] = set()
    for first, last in _containers(pieces):
        found |= _stream(pieces, first, last)
    return frozenset(found)


def _containers(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    starts = [0]
    for place, piece in enumerate(pieces):
        if place and piece.container != pieces[place - 1].container:
            starts.append(place)
    return list(zip(starts, [*starts[1:], len(pieces)], strict=True))


def _stream(pieces: Sequence[Piece], first: int, last: int) -> set[int]:
    places: list[int] = []
    expected, others = 1, 0
    for place in range(first, last):
        piece = pieces[place]
        found = enumerator(piece.text) if piece.is_text else None
        if found and found.style == "1." and found.ranks[0] == expected:
            places.append(place)
            expected += 1
        elif found and found.style == "1." and found.ranks[0] == 1:
            others += 1
    if len(places) < MIN_NUMBERED or others:
        return set()
    clauses = [place for place in range(first, places[0]) if pieces[place].text.endswith((",", ";"))]
    plain = [place for place in range(first, last) if _is_own_paragraph(pieces[place]) and place not in clauses]
    typical = median(len(pieces[place].text) for place in places)
    leads = places[0] > 0 and pieces[places[0] - 1].text.endswith(":") and pieces[places[0] - 1].is_text
    sections = {pieces[place].division for place in places}
    if (
        typical < MIN_LENGTH
        or len(places) < MIN_SHARE * len(plain)
        or (leads and len(sections) == 1 and typical < 3 * MIN_LENGTH)
    ):
        return set()
    return set(places)


def _is_own_paragraph(piece: Piece) -> bool:
    found = enumerator(piece.text) if piece.is_text else None
    return piece.is_text and not (found and found.style in SUB_STYLES) and piece.block.shape != Shape.QUOTE

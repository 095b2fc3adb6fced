"""Footnotes: which blocks are bodies of notes, and where one note's body goes on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.model import PassageKind
from ingest.blocks import Block, Shape
from ingest.structure.joins import CONNECTIVE
from ingest.structure.piece import Piece

#: A note whose mark lost its superscript: `9 Council Framework Decision ...`, `12. See ...`.
_CLOSED = re.compile(r"[.!?:;][\"”’'»)\]\s]*$")
_PLAIN_MARK = re.compile(r"(\d{1,4})[.)]?\s+(?=\S)")


def pieces_of(blocks: Sequence[tuple[Block, bool]]) -> list[Piece]:
    """First drafts of all blocks; bodies of notes become pieces of kind footnote labelled `fn n`; rules go.

    A note is what the reader saw as one, or a numbered line in the zone under a rule or another note that carries the
    next number. Lines of the zone that follow a note without a blank line belong to it, and so does a note without a
    number at the foot of the next page.
    """
    marked = {int(block.marker) for block, _ in blocks if block.shape == Shape.NOTE and block.marker.isdecimal()}
    called: set[int] = set()
    out: list[Piece] = []
    zone = cut = False
    number = 0
    for place, (block, dropped) in enumerate(blocks):
        cut = cut or dropped
        called.update(call.number for call in block.calls if call.number not in marked)
        if block.shape == Shape.RULE:
            zone = cut = True
            continue
        note = _note_number(block, number + 1 if zone and not dropped else None, called)
        begun = _begun(out) if block.shape == Shape.NOTE and note is None else None
        if begun is None and note is None and _carries_on(blocks, place, out):
            begun = _begun(out)
        if begun is not None:
            out[begun] = out[begun].glued(Piece.of(block))
            zone = cut = True
        elif note is not None:
            number = note
            out.append(_note(block, note))
            zone = cut = True
        elif _is_starred(blocks, place):
            out.append(replace(Piece.of(block), kind=PassageKind.FOOTNOTE))
            zone = cut = True
        elif zone and _goes_on(out, block):
            out[-1] = out[-1].glued(Piece.of(block))
        else:
            out.append(Piece.of(block, cut=cut))
            zone = cut = False
    return out


def _note_number(block: Block, expected: int | None, called: Collection[int]) -> int | None:
    """The number of the note that a block is the body of; `called` has the calls so far whose body is still to come."""
    if block.shape == Shape.NOTE and block.marker.isdecimal():
        return int(block.marker)
    match = _PLAIN_MARK.match(block.text)
    if expected is not None and block.shape == Shape.TEXT and match and int(match[1]) == expected:
        bare = not match[0].strip().endswith((".", ")"))
        return expected if bare or expected in called else None  # `2. ` may as well number a paragraph
    return None


def _note(block: Block, number: int) -> Piece:
    text = _PLAIN_MARK.sub("", block.text, count=1) if block.shape == Shape.TEXT else block.text
    piece = Piece.of(replace(block, text=text))
    return replace(piece, kind=PassageKind.FOOTNOTE, label=f"fn {number}")


def _begun(out: Sequence[Piece]) -> int | None:
    """Place of the latest note, whose body may go on on the next page."""
    return next((i for i in range(len(out) - 1, -1, -1) if out[i].kind == PassageKind.FOOTNOTE), None)


def _carries_on(blocks: Sequence[tuple[Block, bool]], place: int, out: Sequence[Piece]) -> bool:
    """Whether a line in front of a note carries on the note of the page before, which breaks off; the text does not."""
    block = blocks[place][0]
    after = blocks[place + 1][0] if place + 1 < len(blocks) else None
    if block.shape != Shape.TEXT or after is None or after.shape != Shape.NOTE or (begun := _begun(out)) is None:
        return False
    text = next((piece.text for piece in reversed(out) if piece.kind != PassageKind.FOOTNOTE), "")
    open_note = not _CLOSED.search(out[begun].text)
    small = block.text[:1].islower() or bool(CONNECTIVE.search(out[begun].text))
    return open_note and small and bool(_CLOSED.search(text))


def _is_starred(blocks: Sequence[tuple[Block, bool]], place: int) -> bool:
    """Whether a block is a note on the title or author, `* Reader in Law`: alone with its star at a page's foot."""
    block = blocks[place][0]
    if block.shape != Shape.ITEM or block.marker != "*":
        return False
    near = [blocks[i][0] for i in (place - 1, place + 1) if 0 <= i < len(blocks)]
    alone = not any(other.shape == Shape.ITEM for other in near)
    after, dropped = blocks[place + 1] if place + 1 < len(blocks) else (None, False)
    ruled = place > 0 and blocks[place - 1][0].shape == Shape.RULE
    return alone and (dropped or ruled or (after is not None and after.shape == Shape.NOTE))


def _goes_on(out: Sequence[Piece], block: Block) -> bool:
    return bool(out) and out[-1].kind == PassageKind.FOOTNOTE and block.shape == Shape.TEXT and block.gap == 0

"""Blocks of a document to passages: notes, joins, headings, numbering, pinpoints. Once, for all formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.locator import passage_id
from corpus.model import Passage
from ingest.blocks import Block
from ingest.structure import front, furniture, headings, joins, kinds, notes, numbering, outline
from ingest.structure.addresses import locators
from ingest.structure.bodiless import with_bodiless_calls
from ingest.structure.notecalls import with_proved_notes
from ingest.structure.piece import Piece

__all__ = ["pieces_of", "structure"]


def structure(document_id: str, blocks: Sequence[Block], *, title: str = "") -> tuple[Passage, ...]:
    """Passages of a document in reading order, headings included; `title` is the known title, "" if none is."""
    pieces = pieces_of(blocks, title=title)
    return tuple(
        _passage(document_id, sequence, piece, passage_id(document_id, locator))
        for sequence, (piece, locator) in enumerate(zip(pieces, locators(pieces), strict=True), 1)
    )


def pieces_of(blocks: Sequence[Block], *, title: str = "") -> list[Piece]:
    """Run the steps in their order; each takes pieces and returns pieces."""
    pieces = notes.pieces_of(furniture.without_furniture(with_bodiless_calls(with_proved_notes(blocks))))
    pieces = joins.joined([piece for piece in pieces if piece.text])
    pieces = front.with_front(pieces, title)
    pieces = headings.with_headings(pieces)
    pieces = outline.nested(pieces)
    pieces = numbering.labelled(pieces)
    return kinds.with_kinds(pieces)


def _passage(document_id: str, sequence: int, piece: Piece, identifier: str) -> Passage:
    return Passage(
        id=identifier,
        document_id=document_id,
        sequence=sequence,
        kind=piece.kind,
        text=re.sub(r"[ \t]*\n[ \t]*", "\n", piece.text),
        label=piece.label,
        section=piece.section,
        page=piece.pages,
        calls=piece.calls,
    )

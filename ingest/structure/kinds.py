"""The kinds that the place of a piece decides: references, block quotes, list items, whole tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import PassageKind
from ingest.blocks import Emphasis, Shape
from ingest.structure.enumerators import ANNEXES, enumerator, keyword
from ingest.structure.piece import Piece

_REFERENCES = re.compile(
    r"(?:\W|\d|[IVX]+\.)*(?:references|bibliography|works cited|literature(?: cited)?|list of references|"
    r"reference list|cited works|sources|further reading|select(?:ed)? bibliography)\W*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«‘(]?.*[”\"»’][.,;]?\s*(?:\([^()]*\))?$", re.DOTALL)
#: A paragraph of this length under "References" is an entry; running text there is longer.
ENTRY_LENGTH = 600


def with_kinds(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with references, quotes and list items told apart from paragraphs, and table rows put together."""
    out: list[Piece] = []
    references = False
    for piece in pieces:
        if piece.is_heading:
            references = _in_references(piece, references=references)
        kind = _kind(piece, out, references=references)
        if (
            kind == PassageKind.TABLE
            and out
            and out[-1].kind == PassageKind.TABLE
            and out[-1].division == piece.division
        ):
            out[-1] = out[-1].glued(piece, "\n")
        else:
            out.append(replace(piece, kind=kind))
    return out


def _in_references(heading: Piece, *, references: bool) -> bool:
    if _REFERENCES.fullmatch(heading.text):
        return True
    key = keyword(heading.text)
    return references and not (key and key.word in ANNEXES) and not enumerator(heading.text)


def _kind(piece: Piece, out: Sequence[Piece], *, references: bool) -> PassageKind:
    if not piece.is_text:
        return piece.kind
    if references and len(piece.text) <= ENTRY_LENGTH:
        return PassageKind.REFERENCE
    if piece.label is None and _is_quote(piece, out):
        return PassageKind.QUOTE
    if piece.label is None and enumerator(piece.text) and piece.kind == PassageKind.PARAGRAPH:
        return PassageKind.LIST_ITEM
    return piece.kind


def _is_quote(piece: Piece, out: Sequence[Piece]) -> bool:
    if piece.kind == PassageKind.QUOTE:
        return True
    before = next((other for other in reversed(out) if other.kind != PassageKind.FOOTNOTE), None)
    still_open = before is not None and before.text.count("“") > before.text.count("”")
    if still_open and before is not None and before.kind == PassageKind.QUOTE and piece.block.shape != Shape.ITEM:
        return True
    led = (
        before is not None
        and before.is_text
        and (before.kind == PassageKind.QUOTE or before.text.rstrip().endswith((":", ",")))
    )
    opens = piece.text.startswith(("“", '"', "«", "‘"))
    if piece.block.emphasis == Emphasis.ITALIC:
        return led or (opens and bool(_QUOTED.fullmatch(piece.text)))
    return (
        led
        and opens
        and (bool(_QUOTED.fullmatch(piece.text)) or (before is not None and before.text.endswith((":", ","))))
    )

"""The kinds that the place of a piece decides: references, block quotes, list items, whole tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import PassageKind
from ingest.blocks import Emphasis, Shape
from ingest.enumerators import enumerator, keyword
from ingest.structure.piece import Piece

#: Headings of bibliographies.
REFERENCES = re.compile(
    r"(?:\W|\d|[IVX]+\.)*(?:references|bibliography|works cited|literature(?: cited)?|list of references|"
    r"reference list|cited works|(?:further|required|essential|suggested|recommended) readings?|reading list|"
    r"select(?:ed)? bibliography)\W*|sources\W*",  # not `2.1 Sources` of law
    re.IGNORECASE,
)
#: What stands behind a bibliography and is none of it.
_AFTER = re.compile(
    r"\W*(?:(?:foot|end)?notes?|about|acknowledge?ments?|biograph|contact|abbreviations|questions|index|list of)\b",
    re.IGNORECASE,
)
#: Most words of a heading inside a bibliography: `Books`, `Official documents and reports`.
PART_WORDS = 5
#: A note under a table; `a` and a small letter behind it begin a sentence's rest.
_TABLE_NOTE = re.compile(r"([a-z])\s+(?=[A-Z])")
_QUOTED = re.compile(r"[“\"«‘(]?.*[”\"»’][.,;]?\s*(?:\([^()]*\))?$", re.DOTALL)
#: The end of a quotation whose paragraphs all begin with a mark, with its source.
_SHUT = re.compile(r"”[.,;]?\s*(?:\([^()]*\))?$")
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
        under_table = bool(out) and out[-1].kind == PassageKind.TABLE and out[-1].division == piece.division
        if under_table and (kind == PassageKind.TABLE or _is_table_note(out[-1], piece)):
            out[-1] = out[-1].glued(piece, "\n")
        else:
            out.append(replace(piece, kind=kind))
    return out


def _is_table_note(table: Piece, piece: Piece) -> bool:
    """Whether a piece is the next of the notes `a Includes ...`, `b Estimates ...` right under a table."""
    match = _TABLE_NOTE.match(piece.text)
    if match is None or not piece.is_text:
        return False
    return match[1] == "a" or f"\n{chr(ord(match[1]) - 1)} " in table.text


def _in_references(heading: Piece, *, references: bool) -> bool:
    if REFERENCES.fullmatch(heading.text):
        return True
    key = keyword(heading.text)
    part = len(heading.text.split()) <= PART_WORDS and not _AFTER.match(heading.text)
    return references and part and key is None and not enumerator(heading.text)


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
    still_open = (
        before is not None and before.text.count("“") > before.text.count("”") and not _SHUT.search(before.text)
    )
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

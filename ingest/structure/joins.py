"""Paragraphs cut by a page break, a running header or a block of notes are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import PassageKind
from ingest.blocks import Shape
from ingest.structure.enumerators import enumerator, keyword
from ingest.structure.piece import Piece

#: From this length a text without a closing mark is a cut paragraph and no heading.
PARAGRAPH_LENGTH = 150

_CLOSED = re.compile(r"[.!?:;][\"”’'»)\]\s]*$|[.!?]\s*\([^()]*\)$")
#: A text never ends with one of these: function words, and abbreviations that a name or number follows.
_CONNECTIVE = re.compile(
    r"(?:^|\s)(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|nor|but|that|which|who|whose|as|than|into|under|upon|"
    r"between|against|through|during|within|without|among|about|its|their|his|her|our|this|these|those|such|is|are|was|"
    r"were|be|been|has|have|had|shall|should|may|might|must|can|could|will|would|not|no|if|when|where|while|Mr|Ms|Mrs|Dr|"
    r"Prof|No|Nos|Art|Arts|art|arts|para|paras|resolution|Resolution|Article|Articles|paragraph|paragraphs)\.?$"
)


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with the continuations of cut paragraphs glued to their beginnings; notes in between stay where they are."""
    out: list[Piece] = []
    last: int | None = None  # where the latest body piece stands in `out`
    for piece in pieces:
        if piece.kind == PassageKind.FOOTNOTE:
            out.append(piece)
        elif last is not None and continues(out[last], piece):
            out[last] = out[last].glued(piece)
        else:
            out.append(piece)
            last = len(out) - 1
    return out


def continues(before: Piece, piece: Piece) -> bool:
    """Whether `piece` carries on the sentence that `before` breaks off."""
    if not (before.is_text and piece.is_text) or piece.block.shape not in {Shape.TEXT, Shape.QUOTE}:
        return False
    if _numbered(piece) or keyword(piece.text):
        return False
    text, following = before.text.rstrip(), piece.text.lstrip("“\"'‘(")
    if not text or not following:
        return False
    if before.bold and piece.bold and piece.block.gap == 0 and not _CLOSED.search(text):
        return True
    if following[0].islower():
        return not _CLOSED.search(text) or (piece.cut and not text.endswith((":", ";")))
    if _CLOSED.search(text) or following[0].isdigit():
        return False
    if _CONNECTIVE.search(text):
        return True
    return piece.cut and len(text) >= PARAGRAPH_LENGTH and len(following) >= PARAGRAPH_LENGTH / 2


def _numbered(piece: Piece) -> bool:
    found = enumerator(piece.text)
    return found is not None and found.style not in {"I.", "A."}

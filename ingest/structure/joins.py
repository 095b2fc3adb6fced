"""Paragraphs cut by a page break, a running header or a block of notes are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import PassageKind
from ingest.blocks import Shape
from ingest.structure.enumerators import enumerator, keyword
from ingest.structure.piece import Piece
from ingest.structure.preamble import is_enacting

#: From this length a text that is cut without a closing mark is a paragraph and no heading; its other half as well.
PARAGRAPH_LENGTH = 60
#: From this length a line that another follows without a blank line is wrapped text and no line of an address.
LINE_LENGTH = 30

#: An e-mail or web address begins small without going on with anything.
_ADDRESS = re.compile(r"\S+@\S+|https?:|www\.")
#: A turn in a verbatim record: `The President:`, `Mr. Index (Moot Republic) (spoke in French): `.
TURN = re.compile(
    r"(?:The (?:Acting |Vice-|Deputy )?(?:President|Chair(?:man|person|woman)?|Speaker|Secretary(?:-General)?|"
    r"Rapporteur|Moderator|Registrar)|(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Judge|Ambassador|Archbishop|Cardinal|Sheikh|"
    r"Prince|Princess|King|Queen|H\.E)\.? [^:.;]{2,60}?)(?: \([^()]*\)){0,3}:\s+\S"
)
#: The next name in a list of persons.
_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Judge|H\.E)\.? [A-Z]")
#: A number of a list in running text, `(3); the other States (2)`.
_COUNTED = re.compile(r"\(\w{1,4}\)[;,.]")
_CLOSED = re.compile(r"[.!?:;][\"”’'»)\]\s]*$|[.!?][\"”’'»]*\s*\([^()]*\)$")
#: A text never ends with one of these: function words, and abbreviations that a name or number follows.
CONNECTIVE = re.compile(
    r"(?:^|\s)(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|nor|but|that|which|who|whose|as|than|into|under|upon|"
    r"between|against|through|during|within|without|among|about|its|their|his|her|our|this|these|those|such|is|are|"
    r"was|were|be|been|has|have|had|shall|should|may|might|must|can|could|will|would|not|no|if|when|where|while|"
    r"Mr|Ms|Mrs|Dr|Prof|No|Nos|Art|Arts|art|arts|para|paras|resolution|Resolution|Article|Articles|paragraph|paragraphs)\.?$"
)


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with the continuations of cut paragraphs glued to their beginnings; notes in between keep their place."""
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
    text, following = before.text.rstrip(), piece.text.lstrip("“\"'‘(")
    if not text or not following or _begins_anew(piece, following):
        return False
    closed = bool(_CLOSED.search(text))
    if following[0].islower() or following[0] in "),;" or _COUNTED.match(piece.text):
        return not closed or (piece.cut and not text.endswith((":", ";")))
    if closed:
        return False
    same_group = piece.block.gap == 0 and len(text) >= LINE_LENGTH and not _PERSON.match(following)
    runs_on = before.block.full and (before.block.lines > 1 or piece.block.gap == 0 or piece.cut)
    if CONNECTIVE.search(text) or runs_on or same_group:
        return True
    bold_run = before.bold and piece.bold and piece.block.gap == 0
    long_cut = piece.cut and len(text) >= PARAGRAPH_LENGTH and len(following) >= PARAGRAPH_LENGTH
    return not following[0].isdigit() and (bold_run or long_cut)


def _begins_anew(piece: Piece, following: str) -> bool:
    """Whether the piece opens with a number, a keyword, an address or a speaker's turn."""
    found = enumerator(piece.text)
    numbered = found is not None and found.style not in {"I.", "A."}
    opens = keyword(piece.text) is not None or is_enacting(piece.text)
    return numbered or opens or bool(_ADDRESS.match(following) or TURN.match(piece.text))

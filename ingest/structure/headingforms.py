"""What a heading looks like by itself, whatever stands around it."""

from __future__ import annotations

import re

from ingest.enumerators import enumerator
from ingest.structure.joins import ASKING, CONNECTIVE, PERSON
from ingest.structure.piece import Piece

#: Longest heading of each sort, in characters: marked by the format, opened by a keyword or number, plain.
MARKED, OPENED, PLAIN = 300, 200, 110
#: Longest plain heading in words.
PLAIN_WORDS = 15
#: Font size, relative to the body's, from which a short line is a heading (12 on 11 points is not, 13 is).
LARGE = 1.12
#: Physical lines of a heading at most, in hard-wrapped text.
HEADING_LINES = 2
#: The line with which an act or treaty is adopted, in capitals more often than not.
_ENACTS = re.compile(r"(?:has|have) (?:hereby )?(?:adopted|decided|agreed)\b", re.IGNORECASE)
#: The end of a sentence or clause, perhaps with the bare number of a note behind it.
SENTENCE_END = re.compile(r"[.,;!?][\"”’'»)\]]*(?:\s\d{1,3})?$")
#: An entry in a list of participants: `Ms. A. Marlow, Ministry of Transport`, `Laches: Ms. Marlow`.
_PARTICIPANT = re.compile(rf"(?:{PERSON}\S.*,|[^:.;]{{2,60}}: {PERSON}\S)")


def looks_like_heading(piece: Piece, *, longest: int = PLAIN) -> bool:
    """Whether a piece, looked at alone, could be a heading: short, no sentence, begins like one, holds words."""
    text = piece.text
    words = _words(text)
    return (
        len(text) <= longest
        and len(text.split()) <= PLAIN_WORDS * longest / PLAIN
        and not SENTENCE_END.search(text.rstrip("?") if enumerator(text) else text)
        and not (CONNECTIVE.search(text) and not ASKING.match(words))
        and not _ENACTS.match(text)
        and not _PARTICIPANT.match(text)
        and not words[:1].islower()
        and sum(character.isalpha() for character in words) > len(words) / 2
        and piece.block.lines <= HEADING_LINES
    )


def _words(text: str) -> str:
    """The text after its enumerator and opening marks."""
    found = enumerator(text)
    return text[found.end if found else 0 :].lstrip(" “\"'‘(")


def emphasised(piece: Piece) -> bool:
    """Whether a piece is set off from the text: bold, in capitals or large."""
    return piece.bold or piece.text.isupper() or piece.block.size >= LARGE

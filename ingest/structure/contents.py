"""Tables of contents: where they begin, and where the text that they announce takes over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import PassageKind
from ingest.enumerators import enumerator, keyword
from ingest.structure.piece import Piece
from ingest.structure.preamble import is_enacting, is_participle_clause

#: A piece of this length is running text.
TEXT_LENGTH = 200
#: Small words that a sentence has at least.
SENTENCE_WORDS = 5

#: Headings of a table of contents, the drafters' `Arrangement of sections` among them.
CONTENTS = re.compile(
    r"(?:outline|(?:table of |list of )?contents|"
    r"(?:arrangement|table|index) of (?:sections|articles|clauses|provisions|regulations|rules|parts))\W*$",
    re.IGNORECASE,
)
#: The page that an entry ends with, behind its leaders.
_ENTRY_PAGE = re.compile(r"[.\s…]*(?:\d+|(?<=\s)[ivxl]+)$")
#: What opens the text of an act of a parliament.
LONG_TITLE = re.compile(r"an act to |(?:be it |it is )?(?:therefore |hereby )?enacted ", re.IGNORECASE)
#: The start and the end of a whole sentence, which no line of a masthead is, and its small words.
_SENTENCE_START, _SENTENCE_END = re.compile(r"[A-Z“\"(]"), re.compile(r"[a-z0-9)”\"]\.$")
_SMALL_WORD = re.compile(r"\b[a-z]+\b")


def with_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """Entries of a table of contents become outline pieces: all until the first entry comes again, or running text."""
    out: list[Piece] = []
    first: Piece | None = None
    active = False
    for piece in pieces:
        if active and (piece.is_heading or _is_running(piece) or (first and _announces(first, piece))):
            active = False
        if active and piece.kind != PassageKind.FOOTNOTE:
            first = first or piece
            out.append(replace(piece, kind=PassageKind.OUTLINE))
            continue
        active = bool(CONTENTS.fullmatch(piece.text))
        first = None
        out.append(replace(piece, kind=PassageKind.HEADING) if active else piece)
    return out


def _is_running(piece: Piece) -> bool:
    """Whether a piece is running text and no entry of an outline; entries with a number may look like sentences."""
    text = piece.text
    if len(text) >= TEXT_LENGTH or is_enacting(text) or is_participle_clause(text) or LONG_TITLE.match(text):
        return True
    return is_sentence(text) and not enumerator(text) and not keyword(text)


def _announces(entry: Piece, piece: Piece) -> bool:
    """Whether a piece is the heading that an entry names: its words, or its `Article 1` with the title below."""
    one, other = keyword(entry.text), keyword(piece.text)
    same = one is not None and other is not None and (one.word, one.number) == (other.word, other.number)
    return same or _entry(entry) == _entry(piece)


def _entry(piece: Piece) -> str:
    """What an outline's entry and the heading that it announces share: the words, without numbers and leaders."""
    found = enumerator(piece.text)
    return normalised(_ENTRY_PAGE.sub("", piece.text[found.end if found else 0 :]))


def is_sentence(text: str) -> bool:
    """Whether a text is a sentence: it ends with a full stop, and more than its first words are small."""
    ends = _SENTENCE_START.match(text) and _SENTENCE_END.search(text)
    return bool(ends) and len(_SMALL_WORD.findall(text)) >= SENTENCE_WORDS


def normalised(text: str) -> str:
    """Letters and digits alone, case-folded."""
    return "".join(character for character in text.casefold() if character.isalnum())

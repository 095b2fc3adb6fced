"""Paragraphs cut by a page break, a running header or a block of notes are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.model import PassageKind
from ingest.blocks import Shape
from ingest.clauses import opens_clause
from ingest.enumerators import enumerator, keyword
from ingest.structure.piece import Piece
from ingest.structure.preamble import is_enacting, is_participle_clause

#: From this length a text that is cut without a closing mark is a paragraph and no heading; its other half as well.
PARAGRAPH_LENGTH = 60
#: From this length a line that another follows without a blank line is wrapped text and no line of an address.
LINE_LENGTH = 30

#: Numbered paragraphs that make a document a numbered one, and their share of its long paragraphs.
MIN_NUMBERED, NUMBERED = 5, 0.8

#: An e-mail or web address begins small without going on with anything.
_ADDRESS = re.compile(r"\S+@\S+|https?:|www\.")
#: A turn in a verbatim record: `The President:`, `Mr. Index (Moot Republic) (spoke in French): `.
TURN = re.compile(
    r"(?:The (?:Acting |Vice-|Deputy )?(?:President|Chair(?:man|person|woman)?|Speaker|Secretary(?:-General)?|"
    r"Rapporteur|Moderator|Registrar)|(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Judge|Ambassador|Archbishop|Cardinal|Sheikh|"
    r"Prince|Princess|King|Queen|H\.E)\.? [^:.;]{2,60}?)(?: \([^()]*\)){0,3}:\s+\S"
)
#: The title of a person, in front of the name.
PERSON = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Judge|H\.E)\.? "
#: The next name in a list of persons.
_PERSON = re.compile(rf"{PERSON}[A-Z]")
#: A mark that stands on a line of its own takes the text behind it.
MARK_LENGTH = 6
#: A term that an act defines.
_DEFINITION = re.compile(
    r"[“\"‘'][^”\"’']{1,60}[”\"’'],?\s(?:means|includes|shall mean|has the (?:same )?meaning|refers to)\b"
)
#: What asks a question stands at the head of a title that may end with a small word: `A. What a sandbank is`.
ASKING = re.compile(r"(?:what|where|when|who|how|why)\b", re.IGNORECASE)
#: Longest such title.
TITLE_LENGTH = 80
#: A number of a list in running text, `(3); the other States (2)`.
_COUNTED = re.compile(r"\(\w{1,4}\)[;,.]")
_CLOSED = re.compile(r"[.!?:;][\"”’'»)\]\s]*$|[.!?][\"”’'»]*\s*\([^()]*\)$")
#: What ends the last clause but one: `Recalling ..., and`.
_LAST_AND = re.compile(r"(?<=[,;]) and$")
#: A text never ends with one of these: function words, and abbreviations that a name or number follows.
CONNECTIVE = re.compile(
    r"(?:(?:^|\s)(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|nor|but|that|which|who|whose|as|than|into|under|upon|"
    r"between|against|through|during|within|without|among|about|its|their|his|her|our|this|these|those|such|is|are|"
    r"was|were|be|been|has|have|had|shall|should|may|might|must|can|could|will|would|not|no|if|when|where|while|"
    r"Mr|Ms|Mrs|Dr|Prof|No|Nos|Art|Arts|art|arts|para|paras)|"
    r"\s(?:[Rr]esolution|Articles?|paragraphs?))\.?$"  # `Articles` alone heads the articles of a bibliography
)


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with the continuations of cut paragraphs glued to their beginnings; notes in between keep their place."""
    out: list[Piece] = []
    last: int | None = None  # where the latest body piece stands in `out`
    numbered = _numbers_all(pieces)
    for piece in pieces:
        if piece.kind == PassageKind.FOOTNOTE:
            out.append(piece)
        elif last is not None and (continues(out[last], piece) or (numbered and _tops_page(out[last], piece))):
            out[last] = out[last].glued(piece)
        else:
            out.append(piece)
            last = len(out) - 1
    return out


def _numbers_all(pieces: Sequence[Piece]) -> bool:
    """Whether a document numbers its paragraphs: `1.` `2.` ... stand in front of nearly all that are long enough.

    Headings, items with other marks and the other halves of cut paragraphs are none that a number is missing from.
    """
    long = [piece for piece in pieces if piece.is_text and not piece.bold and len(piece.text) >= PARAGRAPH_LENGTH]
    opened = [(piece, enumerator(piece.text)) for piece in long if not piece.text[0].islower()]
    numbers = [found.ranks[0] for _, found in opened if found and found.style == "1."]
    bare = sum(found is None for _, found in opened)
    rising = len(numbers) >= MIN_NUMBERED and all(one < other for one, other in pairwise(numbers))
    return rising and len(numbers) >= NUMBERED * (len(numbers) + bare)


def _tops_page(before: Piece, piece: Piece) -> bool:
    """Whether an unnumbered text at the top of a page goes on with the numbered paragraph that fills its last line."""
    found = enumerator(before.text)
    whole = piece.block.shape == Shape.TEXT and len(piece.text) >= PARAGRAPH_LENGTH and piece.text[0].isupper()
    open_end = before.block.full and found is not None and found.style == "1." and not before.text.endswith(":")
    return piece.cut and open_end and whole and piece.is_text and not _begins_anew(piece, piece.text)


def continues(before: Piece, piece: Piece) -> bool:
    """Whether `piece` carries on the sentence that `before` breaks off."""
    if not (before.is_text and piece.is_text) or piece.block.shape not in {Shape.TEXT, Shape.QUOTE}:
        return False
    text, following = before.text.rstrip(), piece.text.lstrip("“\"'‘(")
    defines = len(text) > MARK_LENGTH and _DEFINITION.match(piece.text)
    if not text or not following or defines or _begins_anew(piece, following):
        return False
    closed = bool(_CLOSED.search(text))
    if following[0].islower() or following[0] in "),;" or _COUNTED.match(piece.text):
        return not closed or (piece.cut and not text.endswith((":", ";")))
    if closed or _next_clause(before, piece):
        return False
    same_group = piece.block.gap == 0 and len(text) >= LINE_LENGTH and not _PERSON.match(following)
    runs_on = before.block.full and (before.block.lines > 1 or piece.block.gap == 0 or piece.cut)
    if (CONNECTIVE.search(text) and not _asks(before, piece)) or runs_on or same_group:
        return True
    bold_run = before.bold and piece.bold and piece.block.gap == 0
    long = PARAGRAPH_LENGTH if not _CLOSED.search(following) else LINE_LENGTH
    long_cut = piece.cut and len(text) >= PARAGRAPH_LENGTH and len(following) >= long
    return not following[0].isdigit() and (bold_run or long_cut)


def _next_clause(before: Piece, piece: Piece) -> bool:
    """Whether two clauses of a resolution stand one below the other: `Recalling ...,` and `Taking note ...`."""
    text = _LAST_AND.sub("", before.text.rstrip())
    if not opens_clause(piece.text) or piece.block.gap == 0 or CONNECTIVE.search(text):
        return False
    item = enumerator(before.text) is not None and is_participle_clause(piece.text)
    return item or opens_clause(before.text) or is_enacting(before.text)


def _asks(before: Piece, piece: Piece) -> bool:
    """Whether a short numbered line with a text below is a title such as `A. What a sandbank is`."""
    found = enumerator(before.text)
    words = before.text[found.end if found else 0 :].lstrip()
    short = len(before.text) <= TITLE_LENGTH and piece.block.gap > 0 and not piece.cut
    return found is not None and short and bool(ASKING.match(words))


def _begins_anew(piece: Piece, following: str) -> bool:
    """Whether the piece opens with a number, a keyword, an address or a speaker's turn."""
    found = enumerator(piece.text)
    numbered = found is not None and found.style not in {"I.", "A."}
    opens = keyword(piece.text) is not None or is_enacting(piece.text)
    return numbered or opens or bool(_ADDRESS.match(following) or TURN.match(piece.text))

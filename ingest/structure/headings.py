"""Which pieces are headings: each alone first, then by its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import PassageKind
from ingest.blocks import Emphasis, Shape
from ingest.structure.enumerators import Enumerator, counted_noun, enumerator, keyword, ordinal
from ingest.structure.joins import CONNECTIVE
from ingest.structure.piece import Piece
from ingest.structure.sections import is_act

#: Longest heading of each sort, in characters: marked by the format, opened by a keyword or number, plain.
MARKED, OPENED, PLAIN = 300, 200, 110
#: Longest plain heading in words.
PLAIN_WORDS = 15
#: Font size, relative to the body's, from which a short line is a heading (12 on 11 points is not, 13 is).
LARGE = 1.12
#: A text of this length is a paragraph that a heading can stand over.
BODY_LENGTH = 100
#: Plain short lines in a row from which they are a masthead, a signature or a list, not headings.
RUN = 3
#: Physical lines of a heading at most, in hard-wrapped text.
HEADING_LINES = 2
#: A plain line with a colon is a heading up to this many words ("Commentary on the Articles:"), a lead-in beyond.
LEAD_WORDS = 6
#: Documents with this many marked headings mark their headings: their plain short lines are something else.
MARKS_HEADINGS = 4

#: Short lines that head nothing: salutations, enacting words, verse, editors' brackets.
_NO_HEADING = re.compile(
    r"(?:mr|mrs|ms|madam|mister|sir|your)\b\.?.{0,40}:?$|(?:excellenc|ladies and gentle|distinguished)|"
    r"the (?:\w+ )*(?:assembly|council|commission|conference)$|.*\bas follows:$|.*\bthe following:$|"
    r".*\bshall\b|have [a-z]+ed\b|\d{1,4}(?:st|nd|rd|th) (?:plenary )?meeting|"
    r"(?:adopted|therefore|whereas|hereby)\b|[“\"‘«\[(—–]|.*[—–-]$",
    re.IGNORECASE,
)
#: The line with which an act or treaty is adopted, in capitals more often than not.
_ENACTS = re.compile(r"(?:has|have) (?:hereby )?(?:adopted|decided|agreed)\b", re.IGNORECASE)
#: The end of a sentence or clause, perhaps with the bare number of a note behind it.
_SENTENCE_END = re.compile(r"[.,;!?][\"”’'»)\]]*(?:\s\d{1,3})?$")
#: The heading of an item in a report on a meeting, `Agenda item 8. Title`.
_AGENDA_ITEM = re.compile(r"agenda items?\s+\d+[.:]\s+\w", re.IGNORECASE)
#: Most words in the title of an act's section, its number included.
SECTION_WORDS = 8
#: Numbers that outlines use: their headings may run over a line.
_OUTLINE_STYLES = frozenset({"I.", "A."})
_NUMBERED_STYLES = frozenset({"I.", "A.", "1.", "1.1", "(a)", "(I)", "(A)", "1)", "a)", "a."})


def with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with the kind of those that are headings set; a bare `Article 2` takes the title on the next line."""
    content = [piece for piece in pieces if piece.kind != PassageKind.FOOTNOTE]
    marked = sum(piece.is_heading for piece in content) >= MARKS_HEADINGS
    kinds = {id(piece): _is_heading(content, index, marked=marked) for index, piece in enumerate(content)}
    if is_act(content):
        kinds.update((id(piece), True) for index, piece in enumerate(content) if _heads_section(content, index))
    decided = [_decide(piece, heading=kinds.get(id(piece), False)) for piece in pieces]
    return _titled(decided)


def _decide(piece: Piece, *, heading: bool) -> Piece:
    if heading:
        return replace(piece, kind=PassageKind.HEADING)
    return replace(piece, kind=PassageKind.PARAGRAPH) if piece.is_heading else piece


def _is_heading(content: Sequence[Piece], index: int, *, marked: bool) -> bool:
    piece = content[index]
    if piece.is_heading:
        return len(piece.text) <= MARKED
    if piece.kind != PassageKind.PARAGRAPH:
        return False
    if keyword(piece.text) or _counts_nouns(content, piece):
        return _opened_heading(piece)
    if not _heads_something(content, index):
        return False
    if ordinal(piece.text) or _AGENDA_ITEM.match(piece.text):
        return _opened_heading(piece)
    return _plain_heading(content, index, marked=marked)


def _counts_nouns(content: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece is `Conclusion 1` and others are `Conclusion 2` and so on: they head what follows."""
    noun = counted_noun(piece.text)
    return bool(noun) and sum(counted_noun(other.text) == noun for other in content) > 1


def _heads_section(content: Sequence[Piece], index: int) -> bool:
    """Whether a piece of an act is a section's number and title, `1. Short title.`, with its text below."""
    piece = content[index]
    found = enumerator(piece.text)
    if not found or found.style != "1." or len(piece.text.split()) > SECTION_WORDS or index + 1 == len(content):
        return False
    after = content[index + 1].text
    first = enumerator(after)
    closed = after.endswith((".", ";", ":", "—", "–"))
    return (
        closed
        and not piece.text.endswith((":", ";", ",", "—"))
        and (first is None or (first.style, first.value) == ("(1)", "1"))
    )


def _opened_heading(piece: Piece) -> bool:
    """Whether a piece that a keyword opens is a heading; a sentence may begin in the same way."""
    if _AGENDA_ITEM.match(piece.text):
        return len(piece.text) <= MARKED
    sentence = bool(_SENTENCE_END.search(piece.text)) and len(piece.text.split()) > PLAIN_WORDS
    return len(piece.text) <= OPENED and not sentence


def _plain_heading(content: Sequence[Piece], index: int, *, marked: bool) -> bool:
    """Whether a piece without mark or keyword is a heading, by its number, its emphasis or its neighbours."""
    piece = content[index]
    found = enumerator(piece.text)
    longest = OPENED if found and found.style in _OUTLINE_STYLES else PLAIN
    if not looks_like_heading(piece, longest=longest):
        return False
    lead = piece.text.endswith((":", "—", "–"))
    leads = lead and (len(piece.text.split()) > LEAD_WORDS or _list_follows(content, index))
    if found:
        return found.style in _NUMBERED_STYLES and not leads and not _has_sibling(content, index)
    if _emphasised(piece):
        return True
    unmarked = marked and not _titles_division(content, index)
    return not (
        unmarked or leads or _goes_on(content, index) or _in_run(content, index) or _NO_HEADING.match(piece.text)
    )


def _titles_division(content: Sequence[Piece], index: int) -> bool:
    """Whether a plain line has no heading above and one below, or a bare `Section 1` above: then it is a title."""
    before = content[index - 1] if index else None
    after = content[index + 1] if index + 1 < len(content) else None
    opened = keyword(before.text) if before else None
    if opened is not None and opened.number and not opened.title:
        return True
    heads = after is not None and (after.is_heading or keyword(after.text) is not None)
    return heads and not (before is not None and before.is_heading)


def _goes_on(content: Sequence[Piece], index: int) -> bool:
    """Whether the line is the start of a text: cut at the foot of a page, or followed without the usual blank line."""
    if index + 1 == len(content):
        return False
    after = content[index + 1]
    return after.cut or (after.block.gap == 0 < content[index].block.gap)


def looks_like_heading(piece: Piece, *, longest: int = PLAIN) -> bool:
    """Whether a piece, looked at alone, could be a heading: short, no sentence, begins like one, holds words."""
    text = piece.text
    words = _words(text)
    return (
        len(text) <= longest
        and len(text.split()) <= PLAIN_WORDS * longest / PLAIN
        and not _SENTENCE_END.search(text.rstrip("?") if enumerator(text) else text)
        and not CONNECTIVE.search(text)
        and not _ENACTS.match(text)
        and not words[:1].islower()
        and sum(character.isalpha() for character in words) > len(words) / 2
        and piece.block.lines <= HEADING_LINES
    )


def _words(text: str) -> str:
    """The text after its enumerator and opening marks."""
    found = enumerator(text)
    return text[found.end if found else 0 :].lstrip(" “\"'‘(")


def _emphasised(piece: Piece) -> bool:
    return piece.bold or piece.text.isupper() or piece.block.size >= LARGE


def _heads_something(content: Sequence[Piece], index: int) -> bool:
    """Whether text that a heading can stand over follows, and no lead-in comes right before."""
    piece = content[index]
    led = index > 0 and content[index - 1].is_text and content[index - 1].text.endswith(":")
    if led and not _emphasised(piece) and not enumerator(piece.text) and not ordinal(piece.text):
        return False
    for piece in content[index + 1 : index + 1 + RUN]:
        if piece.is_heading or piece.kind in {PassageKind.TABLE, PassageKind.LIST_ITEM, PassageKind.QUOTE}:
            return True
        if len(piece.text) >= BODY_LENGTH or _SENTENCE_END.search(piece.text) or piece.text.endswith(":"):
            return True
        if keyword(piece.text) or enumerator(piece.text):
            return True
        if not looks_like_heading(piece):
            return True
    return False


def _list_follows(content: Sequence[Piece], index: int) -> bool:
    after = content[index + 1] if index + 1 < len(content) else None
    if after is None:
        return False
    quotes = after.kind == PassageKind.QUOTE or after.text.startswith(("“", '"', "‘", "«"))
    return quotes or after.kind == PassageKind.LIST_ITEM or enumerator(after.text) is not None


def _has_sibling(content: Sequence[Piece], index: int) -> bool:
    """Whether the next or the previous piece carries the neighbouring number: then both are items of a list."""
    here = enumerator(content[index].text)
    near = [content[place] for place in (index - 1, index + 1) if 0 <= place < len(content)]
    others = [other for piece in near if (other := enumerator(piece.text)) and here and _same_list(here, other)]
    return bool(here) and any(
        abs(a - b) == 1 for other in others for a in other.ranks for b in (here.ranks if here else ())
    )


def _same_list(one: Enumerator, other: Enumerator) -> bool:
    """Whether two numbers belong to one list: the same style, and what stands before their last part."""
    return one.style == other.style and one.value.rpartition(".")[0] == other.value.rpartition(".")[0]


def _in_run(content: Sequence[Piece], index: int) -> bool:
    """Whether the piece stands in a row of plain short lines that is too long for headings."""
    first = last = index
    while first > 0 and _plain_short(content[first - 1]):
        first -= 1
    while last + 1 < len(content) and _plain_short(content[last + 1]):
        last += 1
    if last - first + 1 < RUN:
        return False
    return index != last or content[index].block.gap == 0


def _plain_short(piece: Piece) -> bool:
    opened = keyword(piece.text) is not None or piece.text.isupper()
    return piece.kind == PassageKind.PARAGRAPH and looks_like_heading(piece) and not opened


def _titled(pieces: Sequence[Piece]) -> list[Piece]:
    """Glue the title line that follows a bare `Article 2` or `CHAPTER I` to it."""
    out: list[Piece] = []
    for piece in pieces:
        before = out[-1] if out else None
        if before and _takes_title(before, piece):
            out[-1] = before.glued(piece, " – ")
        else:
            out.append(piece)
    return out


def _takes_title(before: Piece, piece: Piece) -> bool:
    if not (before.is_heading and piece.is_heading):
        return False
    opened = keyword(before.text)
    if not opened or opened.title or keyword(piece.text) or enumerator(piece.text) or not opened.number:
        return False
    same_sort = before.block.shape == piece.block.shape and before.block.level == piece.block.level
    italic = Emphasis.ITALIC in {before.block.emphasis, piece.block.emphasis}
    return (same_sort and (before.block.shape != Shape.HEADING or italic)) or piece.block.gap == 0

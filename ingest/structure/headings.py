"""Which pieces are headings: each alone first, then by its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import PassageKind
from ingest.blocks import Emphasis, Shape
from ingest.enumerators import ARTICLES, counted_noun, enumerator, keyword, ordinal
from ingest.structure.headingforms import (
    MARKED,
    OPENED,
    PLAIN,
    PLAIN_WORDS,
    SENTENCE_END,
    emphasised,
    looks_like_heading,
)
from ingest.structure.headinglists import asks_on, entries, has_sibling, is_initial, numerals
from ingest.structure.notebodies import NOTES
from ingest.structure.piece import Piece
from ingest.structure.sections import is_act

#: A text of this length is a paragraph that a heading can stand over.
BODY_LENGTH = 100
#: Plain short lines in a row from which they are a masthead, a signature or a list, not headings.
RUN = 3
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
#: Lines over signatures, in capitals more often than not: `FOR THE REPUBLIC OF LACHES:`.
_SIGNATURE = re.compile(r"for (?:and )?(?:on behalf of )?(?:the )?[^.;:]{3,80}:$|\(?signed\b", re.IGNORECASE)
#: Lines that are headings wherever they stand alone.
_KNOWN = re.compile(r"(?:list of )?(?:abbreviations|acronyms|participants|figures|tables)", re.IGNORECASE)
#: A remark under a heading that belongs to it: `(Deliberated)`, `(continued)`.
_REMARK = re.compile(r"\([^()]{3,60}\)")
#: The heading of an item in a report on a meeting, `Agenda item 8. Title`.
_AGENDA_ITEM = re.compile(r"agenda items?\s+\d+(?:[.:]\s+\w|\s*\(continued\)$|$)", re.IGNORECASE)
#: Most words in the title of an act's section, its number included.
SECTION_WORDS = 8
#: Numbers that outlines use: their headings may run over a line.
_OUTLINE_STYLES = frozenset({"I.", "A."})
_NUMBERED_STYLES = frozenset({"I.", "A.", "1.", "1.1", "(a)", "(I)", "(A)", "1)", "a)", "a."})


def with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with the kind of those that are headings set; a bare `Article 2` takes the title on the next line."""
    content = [piece for piece in pieces if piece.kind != PassageKind.FOOTNOTE]
    marked = sum(piece.is_heading for piece in content) >= MARKS_HEADINGS
    counted = Counter(counted_noun(piece.text, titled=True) for piece in content)
    nouns = {noun for noun, count in counted.items() if noun and count > 1}
    kinds = {id(piece): _is_heading(content, index, nouns, marked=marked) for index, piece in enumerate(content)}
    if is_act(content):
        kinds.update((id(piece), True) for index, piece in enumerate(content) if _heads_section(content, index))
    kinds.update((id(content[index]), True) for index in numerals(content))
    kinds.update((id(one), True) for one, other in pairwise(content) if _heads_table(one, other))
    kinds.update((id(content[index]), heads) for index, heads in entries(content).items())
    kinds.update((id(one), True) for one, other in pairwise(pieces) if _heads_notes(one, other))
    decided = [_decide(piece, heading=kinds.get(id(piece), False)) for piece in pieces]
    return _titled(decided)


def _heads_table(piece: Piece, after: Piece) -> bool:
    """Whether a bold line, be it a long one, is the title of the table below."""
    short = piece.is_text and len(piece.text) <= MARKED and not SENTENCE_END.search(piece.text)
    return short and piece.bold and after.kind == PassageKind.TABLE


def _heads_notes(piece: Piece, after: Piece) -> bool:
    """Whether a line such as `Notes` stands over the bodies of notes."""
    return after.kind == PassageKind.FOOTNOTE and piece.is_text and bool(NOTES.fullmatch(piece.text))


def _decide(piece: Piece, *, heading: bool) -> Piece:
    if heading:
        return replace(piece, kind=PassageKind.HEADING)
    return replace(piece, kind=PassageKind.PARAGRAPH) if piece.is_heading else piece


def _is_heading(content: Sequence[Piece], index: int, nouns: Collection[str], *, marked: bool) -> bool:
    """Whether a piece is a heading; `nouns` count headings: `Conclusion 1`, `Conclusion 2`."""
    piece = content[index]
    if piece.is_heading:
        return len(piece.text) <= MARKED
    if piece.kind != PassageKind.PARAGRAPH:
        return False
    if keyword(piece.text) or counted_noun(piece.text, titled=True) in nouns:
        return _opened_heading(piece)
    if not _heads_something(content, index):
        return bool(_KNOWN.fullmatch(piece.text))
    if ordinal(piece.text) or _AGENDA_ITEM.match(piece.text):
        return _opened_heading(piece)
    return _plain_heading(content, index, marked=marked)


def _heads_section(content: Sequence[Piece], index: int) -> bool:
    """Whether a piece of an act is a section's number and title, `1. Short title.`, with its text below."""
    piece = content[index]
    found = enumerator(piece.text)
    if (
        not piece.is_text
        or not found
        or found.style != "1."
        or len(piece.text.split()) > SECTION_WORDS
        or index + 1 == len(content)
    ):
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
    sentence = bool(SENTENCE_END.search(piece.text)) and len(piece.text.split()) > PLAIN_WORDS
    return len(piece.text) <= OPENED and not sentence


def _plain_heading(content: Sequence[Piece], index: int, *, marked: bool) -> bool:
    """Whether a piece without mark or keyword is a heading, by its number, its emphasis or its neighbours."""
    piece = content[index]
    found = enumerator(piece.text)
    longest = OPENED if found and found.style in _OUTLINE_STYLES else PLAIN
    if not looks_like_heading(piece, longest=longest):
        return False
    if _SIGNATURE.match(piece.text):
        return False
    lead = piece.text.endswith((":", "—", "–"))
    leads = lead and (len(piece.text.split()) > LEAD_WORDS or _list_follows(content, index))
    if found:
        item = has_sibling(content, index) or asks_on(content, index) or is_initial(content, index)
        return found.style in _NUMBERED_STYLES and not leads and not item
    if emphasised(piece) or _KNOWN.fullmatch(piece.text):
        return True
    unmarked = marked and not _titles_division(content, index)
    return not (
        unmarked
        or leads
        or _goes_on(content, index)
        or _in_run(content, index)
        or (_NO_HEADING.match(piece.text) and not _titles_articles(content, index))
    )


def _titles_articles(content: Sequence[Piece], index: int) -> bool:
    """Whether an article stands right below: `The General Assembly` names what it is about, and enacts nothing."""
    opened = keyword(content[index + 1].text) if index + 1 < len(content) else None
    return opened is not None and opened.word in ARTICLES and not content[index].text.endswith(":")


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


def _heads_something(content: Sequence[Piece], index: int) -> bool:
    """Whether text that a heading can stand over follows, and no lead-in comes right before."""
    piece = content[index]
    led = index > 0 and content[index - 1].is_text and content[index - 1].text.endswith(":")
    if led and not emphasised(piece) and not enumerator(piece.text) and not ordinal(piece.text):
        return False
    below = [other for other in content[index + 1 : index + 1 + 2 * RUN] if not emphasised(other) or other.is_heading]
    for piece in below[:RUN]:
        if piece.is_heading or piece.kind in {PassageKind.TABLE, PassageKind.LIST_ITEM, PassageKind.QUOTE}:
            return True
        if len(piece.text) >= BODY_LENGTH or SENTENCE_END.search(piece.text) or piece.text.endswith(":"):
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
    opened = keyword(piece.text) is not None or emphasised(piece)
    return piece.kind == PassageKind.PARAGRAPH and looks_like_heading(piece) and not opened


def _titled(pieces: Sequence[Piece]) -> list[Piece]:
    """Glue the title line that follows a bare `Article 2` or `CHAPTER I` to it."""
    out: list[Piece] = []
    for piece in pieces:
        before = out[-1] if out else None
        if before and _takes_title(before, piece):
            out[-1] = before.glued(piece, " – ")
        elif before and (_breaks_off(before, piece) or _remarks(before, piece)):
            out[-1] = before.glued(piece)
        else:
            out.append(piece)
    return out


def _remarks(before: Piece, piece: Piece) -> bool:
    return before.is_heading and piece.block.gap == 0 and bool(_REMARK.fullmatch(piece.text))


def _breaks_off(before: Piece, piece: Piece) -> bool:
    """Whether a heading ends with the dash behind its number, `Article 4 —`, and its title stands below."""
    open_end = before.is_heading and keyword(before.text) is not None and before.text.endswith(("—", "–"))
    title = piece.is_heading or (piece.is_text and len(piece.text) < BODY_LENGTH)
    return open_end and title and not SENTENCE_END.search(piece.text) and not enumerator(piece.text)


def _takes_title(before: Piece, piece: Piece) -> bool:
    if not (before.is_heading and piece.is_heading):
        return False
    opened = keyword(before.text)
    if not opened or opened.title or keyword(piece.text) or enumerator(piece.text) or not opened.number:
        return False
    same_sort = before.block.shape == piece.block.shape and before.block.level == piece.block.level
    italic = Emphasis.ITALIC in {before.block.emphasis, piece.block.emphasis}
    return (same_sort and (before.block.shape != Shape.HEADING or italic)) or piece.block.gap == 0

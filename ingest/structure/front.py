"""The front of a document: titles and bibliographic lines before the text begins, and its outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.model import PassageKind
from ingest.blocks import Shape
from ingest.enumerators import counted_noun, enumerator, keyword
from ingest.structure.contents import CONTENTS, LONG_TITLE, TEXT_LENGTH, is_sentence, normalised, with_contents
from ingest.structure.headingforms import LARGE, looks_like_heading
from ingest.structure.piece import Piece
from ingest.structure.preamble import is_enacting, is_participle_clause

#: The front of a document is at most this many pieces long; past that there is none.
MAX_FRONT = 40
#: A heading that stands before the first paragraph, a string that tells a title or running header, lines of a title.
SHORT_LINE, TELLING, TITLE_LINES = 60, 4, 2

_OPENING = re.compile(
    r"(?:\d{1,2}\.?\s+|[IVX]+\.\s+)?(?:introduction|summary|executive summary|abstract|foreword|preface|preamble|"
    r"recitals|background|"
    r"key (?:findings|messages|points)|highlights|overview|at a glance|resumen|résumé)\W*$",
    re.IGNORECASE,
)
#: Salutations of an address.
_SALUTATION = re.compile(
    r"(?:mr|mrs|ms|madam|mister|dear|your|honou?rable)\b.*[,:]$|excellenc|distinguished|ladies and gentlemen",
    re.IGNORECASE,
)
#: A question in a record of evidence, with the person who asks: `Q12 Chair: ...`.
_ASKED = re.compile(r"Q\d{1,4}\.?\s+[^:.;]{2,60}:\s+\S")
#: The short title of an act, under which `CHAPTER 14` is the act's number.
_ACT_TITLE = re.compile(r"\b(?:Act|Ordinance|Code|Statute),? \d{4}$", re.IGNORECASE)
#: The title line of a resolution: `74/190. Report of ...`, `Resolution 1316 (2000)`.
_NUMBERED_TITLE = re.compile(
    r"\d+/\d+[A-Z]?\.\s+\w|resolution \d+(?:/\d+)?(?: \(\d{4}\))?(?: of |$)|"
    r"recommendation (?:no\. ?|cm/rec ?|rec ?|r ?)\(?\d",
    re.IGNORECASE,
)
#: Lines of a masthead that never are the title: bodies, distribution, dates, sessions, symbols, course codes.
_MASTHEAD = re.compile(
    r"united nations$|general assembly$|security council$|distr\.|original:|agenda item \d+$|.{0,40}session$|"
    r"\d{1,2} \w+ \d{4}$|\w/|course\b|semester\b|subject\b|name of\b|faculty of\b|department of\b|by\b|\S+@|\[|"
    r"supervis|(?:(?:a )?(?:thesis|dissertation|paper|note|report|memorandum|document) )?"
    r"(?:prepared|submitted|presented|transmitted|drafted|written|by)\b|"
    r"(?:[\w-]+ ){0,3}(?:university|faculty|institute|academy|forum)(?: (?:of|for|on)(?: \w+){1,4})?$",
    re.IGNORECASE,
)
#: A line, however long, that announces an address; the title stands beside it.
_ANNOUNCEMENT = re.compile(
    r"(?:\w+ )?(?:speech|address|statement|remarks|lecture|message|intervention)\b[^:?.]{0,60}\b"
    r"(?:by|of (?:the )?(?:H\. ?E|His|Her|Mr|Mrs|Ms|Dr|Prof|President|Secretary|Minister|Director|Judge))\b.*[^.?]$",
    re.IGNORECASE,
)
#: A line wholly in quotation marks: the title of a lecture.
_QUOTED = re.compile(r"[“\"«][^“”\"«»]+[”\"»]")
_AGENDA_HEADING = re.compile(r"agenda items?\s+\d+[.:]\s+\w", re.IGNORECASE)
#: The same with the content on the same line: `Keywords: luggage; loss`.
_ABOUT_LINE = re.compile(
    r"(?:key ?words|index terms|subject terms|jel classification|doi|received|accepted|submitted|how to cite|"
    r"suggested citation|to cite this)\b[^:]{0,40}:\s*\S",
    re.IGNORECASE,
)
#: Headings whose content says how to find or cite the work.
_ABOUT = re.compile(r"(?:key ?words|how to cite(?: this article)?|index terms|subject terms)\W*$", re.IGNORECASE)


def with_front(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Pieces with the kinds of titles, metadata and outline entries set; `title` is the known title or ""."""
    end = _front_end(pieces)
    titles = _titles(pieces[:end], title)
    front = [_front_piece(piece, is_title=index in titles) for index, piece in enumerate(pieces[:end])]
    seen = {normalised(piece.text) for piece in front}
    rest = [piece for piece in pieces[end:] if not _repeats(piece, seen)]
    return [*front, *_about(with_contents(rest))]


def _front_piece(piece: Piece, *, is_title: bool) -> Piece:
    if piece.kind in {PassageKind.FOOTNOTE, PassageKind.TABLE}:
        return piece
    return replace(piece, kind=PassageKind.TITLE if is_title else PassageKind.METADATA)


def _front_end(pieces: Sequence[Piece]) -> int:
    """Index of the first piece of the text."""
    for index, piece in enumerate(pieces[:MAX_FRONT]):
        if piece.kind == PassageKind.FOOTNOTE:
            continue
        if _opens_text(pieces, index):
            before = pieces[index - 1] if index else None
            titled = any(not _MASTHEAD.match(other.text) for other in pieces[: max(0, index - 1)])
            heads = before is not None and titled and _heads_text(before, piece, index)
            return index - 1 if heads else index
    return int(bool(pieces) and pieces[0].is_heading)


def _opens_text(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is the first of the text: by what it says, by its number, or as a marked heading."""
    piece = pieces[index]
    if _speaks(pieces, index) or _looks_like_later(pieces, index):
        return True
    item_follows = index + 1 < len(pieces) and pieces[index + 1].block.shape == Shape.ITEM
    if piece.block.shape == Shape.ITEM or (piece.is_text and piece.text.endswith(":")):
        return item_follows or _leads_quote(pieces, index)
    counted = _counts_first(pieces, index)
    return counted if counted is not None else piece.is_heading and index > 0 and _starts_section(pieces, index)


def _leads_quote(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line with a colon leads in to a quoted sentence; a title in quotation marks has no full stop."""
    after = pieces[index + 1].text if index + 1 < len(pieces) else ""
    said = after.startswith(("“", '"')) and bool(re.search(r"[.!?][”\"]?(?: ?\([^()]*\))?$", after))
    return said and pieces[index].text.endswith(":") and len(pieces[index].text) > SHORT_LINE


def _speaks(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is running text, an address, an enacting line or a heading that texts begin with."""
    piece = pieces[index]
    text = piece.text
    long = not piece.bold and not piece.is_heading and len(text) >= TEXT_LENGTH
    said = piece.is_text and not piece.bold and (is_sentence(text) or is_participle_clause(text))
    known = _OPENING.fullmatch(text) or CONTENTS.fullmatch(text) or is_enacting(text) or LONG_TITLE.match(text)
    addressed = _ASKED.match(text) or _SALUTATION.match(text) or _AGENDA_HEADING.match(text)
    opens = long or said or known or addressed or _introduces(pieces, index)
    return bool(opens) and not _ANNOUNCEMENT.fullmatch(text)


def _counts_first(pieces: Sequence[Piece], index: int) -> bool | None:
    """Whether a piece carries the first of the text's numbers, as `Article 1` or `1. ...` do; None without a number."""
    text = pieces[index].text
    if key := keyword(text):
        cites_act = key.word == "chapter" and not key.title and index > 0 and _ACT_TITLE.search(pieces[index - 1].text)
        return (key.word not in {"title", "part"} or index > 0) and not cites_act
    if noun := counted_noun(text, titled=True):
        return any(counted_noun(other.text, titled=True) == noun for other in pieces[index + 1 :])
    if text == "I":
        return any(other.text == "II" for other in pieces[index + 1 :])
    if found := enumerator(text):
        return found.follows(None) and found.style in {"I.", "A.", "1.", "1.1", "(1)", "1)"}
    return None


def _looks_like_later(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line has the size and emphasis of several later headings, under a title that is larger."""
    block = pieces[index].block
    if block.size < LARGE or _MASTHEAD.match(pieces[index].text) or not looks_like_heading(pieces[index]):
        return False
    larger = any(piece.block.size > block.size for piece in pieces[:index])
    alike = [
        piece
        for piece in pieces[index + 1 :]
        if (piece.block.size, piece.block.emphasis) == (block.size, block.emphasis) and looks_like_heading(piece)
    ]
    return larger and len(alike) >= TITLE_LINES and pieces[index + 1].block.size < block.size


def _introduces(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line opens the sentence that an organ ends: `On the status of docks,` above `THE COURT,`."""
    piece = pieces[index]
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return piece.is_text and not piece.bold and piece.text.endswith(",") and bool(after and is_enacting(after.text))


def _starts_section(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a marked heading opens the text rather than being the title or its second line."""
    before = sum(piece.is_heading for piece in pieces[:index])
    following = next((piece for piece in pieces[index + 1 :] if piece.kind != PassageKind.FOOTNOTE), None)
    if before == 0 or following is None:
        return False
    heads = following.is_heading and following.block.level > pieces[index].block.level
    runs = len(following.text) >= TEXT_LENGTH / 2 or following.text.endswith((".", ":", ";"))
    return before >= TITLE_LINES or heads or (runs and not following.is_heading)


def _heads_text(before: Piece, piece: Piece, index: int) -> bool:
    """Whether the line right before the first text is a heading of it rather than the end of the front."""
    if index <= 1 or not looks_like_heading(before) or piece.is_heading or not piece.is_text:
        return False
    if _NUMBERED_TITLE.match(before.text) or _QUOTED.fullmatch(before.text):
        return False
    says_who_or_when = re.search(r"\d{4}|@|:|^by\b|\(", before.text) or _MASTHEAD.match(before.text)
    words = re.search(r"\s[a-z]{3,}", before.text)  # a name has capitals only
    return len(before.text) <= SHORT_LINE and bool(words) and not says_who_or_when


def _titles(front: Sequence[Piece], title: str) -> set[int]:
    """Places of the lines that make up the title."""
    wanted = normalised(title)
    if wanted:
        found = {i for i, piece in enumerate(front) if _overlap(normalised(piece.text), wanted)}
        if found:
            return found
    lines = [i for i, piece in enumerate(front) if not _MASTHEAD.match(piece.text)]
    lines = [i for i in lines if not _ANNOUNCEMENT.fullmatch(front[i].text)]
    marked = [i for i in lines if front[i].is_heading]
    if marked:
        return set(marked)
    named = [i for i, piece in enumerate(front) if _names_document(piece.text)]
    if named:
        return {named[-1]}
    large = max((front[i].block.size for i in lines), default=1.0)
    if large >= LARGE:
        return {i for i in lines if front[i].block.size == large}
    strong = [i for i in lines if front[i].bold or (front[i].text.isupper() and " " in front[i].text)]
    return set(strong[:TITLE_LINES]) or set(sorted(lines, key=lambda i: -len(front[i].text))[:1])


def _names_document(text: str) -> bool:
    """Whether a line of the front is a title by its form: of a resolution, an act, a lecture in quotation marks."""
    return bool(_NUMBERED_TITLE.match(text) or _ACT_TITLE.search(text) or _QUOTED.fullmatch(text))


def _overlap(text: str, title: str) -> bool:
    return len(text) >= TELLING and (text in title or title in text)


def _repeats(piece: Piece, seen: set[str]) -> bool:
    """Whether a later plain line says again what the front says: a running header that stands there only twice."""
    return (
        piece.block.shape == Shape.TEXT
        and piece.kind == PassageKind.PARAGRAPH
        and TELLING <= len(piece.text) <= 2 * TEXT_LENGTH
        and not piece.text.endswith((".", ",", ":"))
        and normalised(piece.text) in seen
    )


def _about(pieces: Sequence[Piece]) -> list[Piece]:
    """Keywords and how-to-cite lines are metadata, their labels too; so are lines on receipt and acceptance."""
    out: list[Piece] = []
    inside = False
    entries = 0  # lines under the label in force
    for piece in pieces:
        label = bool(_ABOUT.fullmatch(piece.text) or _ABOUT_LINE.match(piece.text)) or bool(
            re.fullmatch(r"abstract\W*", piece.text, re.IGNORECASE)
        )
        received = re.match(r"(?i)(?:article |manuscript )?(?:received|accepted|submitted)\b.{0,80}\d{4}", piece.text)
        inside = (inside and not piece.is_heading and len(piece.text) < 2 * TEXT_LENGTH) or bool(
            _ABOUT.fullmatch(piece.text)
        )
        entries = 0 if label else entries + 1
        if entries > 1 and piece.is_text and looks_like_heading(piece):
            inside = False
        kind = PassageKind.METADATA if label or received or inside else piece.kind
        out.append(replace(piece, kind=kind) if piece.kind != PassageKind.FOOTNOTE else piece)
    return out

"""Pinpoints: which printed numbers label passages, and which sub-items belong inside a labelled one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.model import PassageKind
from ingest.blocks import Shape
from ingest.structure.enumerators import ANNEXES, Enumerator, enumerator, keyword
from ingest.structure.piece import Piece

#: Numbered paragraphs that make a document a numbered one, their typical length, and their share of its paragraphs.
MIN_NUMBERED, MIN_LENGTH, MIN_SHARE = 3, 60, 0.5
_COMMENTARY = re.compile(
    r"explanatory (?:report|memorandum|note)|commentar(?:y|ies)|travaux|guide to enactment", re.IGNORECASE
)
_RECITALS = re.compile(r"recitals?|whereas|preamble", re.IGNORECASE)
_RECOMMENDATION = re.compile(r"recommendation", re.IGNORECASE)
_SUB_STYLES = frozenset({"(a)", "a)", "a.", "a", "(A)", "(I)"})
_NUMBER_STYLES = frozenset({"1.", "(1)", "1)", "1"})


@dataclass(slots=True)
class _State:
    """What is open while the pieces are read: the division, its article or comment, the running numbers."""

    division: int = -1
    article: str | None = None
    commentary: bool = False
    recitals: bool = False
    comment: str | None = None
    number: int = 0
    paragraph: int = 0
    label: str | None = None
    open: int | None = None  # place in `out` of the labelled piece that takes sub-items


def labelled(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with labels (`para 10`, `art 16(2)`, `rec 1.9`, `art 1 comment 1`); sub-items go into their paragraph."""
    return _Labeller(pieces).run()


class _Labeller:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.numbered = numbered_places(pieces)
        self.state = _State()
        self.out: list[Piece] = []

    def run(self) -> list[Piece]:
        for place, piece in enumerate(self.pieces):
            if piece.is_heading:
                self._heading(piece)
                self.out.append(piece)
            elif piece.is_text:
                self._text(place, piece)
            else:
                self.out.append(piece)
        return self.out

    # -- headings ------------------------------------------------------------------------------------------------

    def _heading(self, piece: Piece) -> None:
        state, path = self.state, (*piece.section, piece.text)
        key = keyword(piece.text)
        paragraph = 0 if key and key.word in ANNEXES else state.paragraph
        commentary = any(_COMMENTARY.search(text) for text in path)
        article = _article(path)
        comment = None
        if commentary and article:
            found = enumerator(piece.text)
            comment = found.value if found and found.style in _NUMBER_STYLES else None
            if not found and not key:
                comment = state.comment if state.article == article else None
        self.state = _State(
            division=piece.division,
            article=article,
            commentary=commentary,
            recitals=bool(_RECITALS.match(piece.text)),
            comment=comment,
            paragraph=paragraph,
        )

    # -- texts ---------------------------------------------------------------------------------------------------

    def _text(self, place: int, piece: Piece) -> None:
        state = self.state
        if state.article and not state.commentary:
            self._in_article(piece)
        elif state.article and state.commentary:
            self._in_commentary(piece)
        elif place in self.numbered:
            found = enumerator(piece.text)
            state.paragraph = found.ranks[0] if found else state.paragraph + 1
            self._open(piece, f"para {state.paragraph}")
        elif state.recitals and (found := enumerator(piece.text)) and found.style == "(1)":
            self._open(piece, f"recital {found.value}")
        elif (found := enumerator(piece.text)) and found.style == "1.1" and _is_decimal_label(found):
            self._open(piece, _decimal_label(found, piece))
        elif state.open is not None and self._belongs(piece):
            self._absorb(piece)
        else:
            state.open = None
            self.out.append(piece)

    def _in_article(self, piece: Piece) -> None:
        state = self.state
        found = enumerator(piece.text, bare=True)
        if found and found.style in _NUMBER_STYLES and self._counts_on(found):
            state.number = found.ranks[0]
            self._open(piece, f"art {state.article}({found.value})")
        elif state.open is not None and self._belongs(piece):
            self._absorb(piece)
        elif state.number:
            self._open(piece, f"art {state.article}({state.number})")
        else:
            self._open(piece, f"art {state.article}")

    def _counts_on(self, found: Enumerator) -> bool:
        """Whether a number is the next paragraph of the article; one may be missing, `1a` follows `1`."""
        inserted = not found.value.isdecimal() and found.ranks[0] == self.state.number
        return inserted or found.ranks[0] in {self.state.number + 1, self.state.number + 2}

    def _in_commentary(self, piece: Piece) -> None:
        state = self.state
        found = enumerator(piece.text)
        if found and found.style in _NUMBER_STYLES and piece.kind == PassageKind.PARAGRAPH:
            state.comment = found.value
        state.open = None
        label = f"art {state.article} comment {state.comment}" if state.comment else None
        self.out.append(replace(piece, label=label if piece.kind == PassageKind.PARAGRAPH else None))

    def _open(self, piece: Piece, label: str) -> None:
        self.state.label, self.state.open = label, len(self.out)
        self.out.append(replace(piece, label=label, kind=PassageKind.PARAGRAPH))

    def _belongs(self, piece: Piece) -> bool:
        """Whether the piece is a sub-item or the closing words of the open passage, or the text of a bare number."""
        assert self.state.open is not None  # noqa: S101  (callers checked it)
        before = self.out[self.state.open].text
        if (found := enumerator(before, bare=True)) and not before[found.end :].strip():
            return True
        found = enumerator(piece.text, bare=piece.block.shape == Shape.ITEM or self.state.article is not None)
        if found and (found.style in _SUB_STYLES or (found.style == "I." and found.value.islower())):
            return True
        if self.state.article and piece.block.shape == Shape.ITEM:
            return True
        return piece.text[:1].islower()

    def _absorb(self, piece: Piece) -> None:
        assert self.state.open is not None  # noqa: S101  (callers checked it)
        bare = enumerator(self.out[self.state.open].text, bare=True)
        only_number = bare is not None and not self.out[self.state.open].text[bare.end :].strip()
        self.out[self.state.open] = self.out[self.state.open].glued(piece, " " if only_number else "\n")


def _article(path: Sequence[str]) -> str | None:
    keys = [key for text in path if (key := keyword(text)) and key.word == "article"]
    return keys[-1].number if keys else None


def _is_decimal_label(found: Enumerator) -> bool:
    return found.value.count(".") in {1, 2}


def _decimal_label(found: Enumerator, piece: Piece) -> str:
    unit = "rec" if any(_RECOMMENDATION.search(text) for text in piece.section) else "para"
    return f"{unit} {found.value}" + "".join(f"({sub})" for sub in found.sub)


def numbered_places(pieces: Sequence[Piece]) -> frozenset[int]:
    """Places of the pieces whose `1.` `2.` ... number the document's own paragraphs, not the items of a list.

    Paragraph numbers run on across headings, start again only in an annex, hold sentences, and most paragraphs carry
    one; the clauses of a preamble before the first do not count.
    """
    found: set[int] = set()
    for first, last in _containers(pieces):
        found |= _stream(pieces, first, last)
    return frozenset(found)


def _containers(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    starts = [0]
    for place, piece in enumerate(pieces):
        if place and piece.container != pieces[place - 1].container:
            starts.append(place)
    return list(zip(starts, [*starts[1:], len(pieces)], strict=True))


def _stream(pieces: Sequence[Piece], first: int, last: int) -> set[int]:
    places: list[int] = []
    expected, others = 1, 0
    for place in range(first, last):
        piece = pieces[place]
        found = enumerator(piece.text) if piece.is_text else None
        if found and found.style == "1." and found.ranks[0] == expected:
            places.append(place)
            expected += 1
        elif found and found.style == "1." and found.ranks[0] == 1:
            others += 1
    if len(places) < MIN_NUMBERED or others:
        return set()
    clauses = [place for place in range(first, places[0]) if pieces[place].text.endswith((",", ";"))]
    plain = [place for place in range(first, last) if _is_own_paragraph(pieces[place]) and place not in clauses]
    typical = median(len(pieces[place].text) for place in places)
    leads = places[0] > 0 and pieces[places[0] - 1].text.endswith(":") and pieces[places[0] - 1].is_text
    sections = {pieces[place].division for place in places}
    if (
        typical < MIN_LENGTH
        or len(places) < MIN_SHARE * len(plain)
        or (leads and len(sections) == 1 and typical < 3 * MIN_LENGTH)
    ):
        return set()
    return set(places)


def _is_own_paragraph(piece: Piece) -> bool:
    found = enumerator(piece.text) if piece.is_text else None
    return piece.is_text and not (found and found.style in _SUB_STYLES) and piece.block.shape != Shape.QUOTE

"""Pinpoints: which printed numbers label passages, and which sub-items belong inside a labelled one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.model import PassageKind
from ingest.blocks import Shape
from ingest.enumerators import (
    ANNEXES,
    ARTICLES,
    NUMBER_STYLES,
    SUB_STYLES,
    Enumerator,
    enumerator,
    keyword,
)
from ingest.structure.piece import Piece
from ingest.structure.preamble import ends_as_clause, is_enacting
from ingest.structure.sections import ActNumbering
from ingest.structure.streams import numbered_places

_COMMENTARY = re.compile(
    r"explanatory (?:report|memorandum|note)|commentar(?:y|ies)|travaux|guide to enactment", re.IGNORECASE
)
_RECITALS = re.compile(r"recitals?|whereas|preamble", re.IGNORECASE)
#: A recommendation that says what it is: `Recommendation 1.9 Each port ...`; not `Recommendation 3 of the report`.
_SELF_NAMED = re.compile(r"(?i:recommendation)\s+(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:\s*[.:–—]\s*|\s+)(?=[A-Z“])")
_RECOMMENDATION = re.compile(r"recommend(?:ation|ed|s)\b|recommendations", re.IGNORECASE)
#: The words that close a treaty, behind its last article.
_TESTIMONIUM = re.compile(r"in (?:witness|faith) whereof|done (?:at|in) |en foi de quoi", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """What is open while the pieces are read: the article or comment of the division, the running numbers."""

    article: str | None = None  # as labels begin: "art 16"
    commentary: bool = False
    recitals: bool = False
    comment: Enumerator | None = None
    number: int = 0  # latest paragraph of the article
    open: int | None = None  # place in `out` of the labelled piece that takes sub-items
    sub: Enumerator | None = None  # the latest item of a paragraph that starts with one ("7 a")
    clause: int | None = None  # clauses of the preamble so far, None outside of one


def labelled(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with labels (`para 10`, `art 16(2)`, `rec 1.9`, `art 1 comment 1`); sub-items go into their paragraph."""
    return _Labeller(pieces).run()


class _Labeller:
    """Reads the pieces from top to bottom; each rule of `_text` takes a piece or leaves it to the next."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.numbered = numbered_places(pieces)
        self.act = ActNumbering(pieces)
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
        path = (*piece.section, piece.text)
        commentary = any(_COMMENTARY.search(text) for text in path)
        article = _article(path) or self.act.headed(piece)
        self.state = _State(
            article=article,
            commentary=commentary,
            recitals=bool(_RECITALS.match(piece.text)),
            comment=self._comment_of(piece, article) if commentary and article else None,
        )

    def _comment_of(self, piece: Piece, article: str) -> Enumerator | None:
        """The comment that a heading inside a commentary opens, or goes on with if it has no number."""
        found = enumerator(piece.text)
        if found or keyword(piece.text):
            return found if found and found.style in NUMBER_STYLES else None
        return self.state.comment if self.state.article == article else None

    # -- texts ---------------------------------------------------------------------------------------------------

    def _text(self, place: int, piece: Piece) -> None:
        state = self.state
        if state.article and _TESTIMONIUM.match(piece.text):
            state.article, state.open = None, None
        if state.article and not state.commentary:
            self._in_article(piece)
        elif state.article and place not in self.numbered:
            self._in_commentary(piece)
        elif label := self._label(place, piece):
            self._open(piece, label)
        elif state.open is not None and self._belongs(piece):
            self._absorb(piece)
        elif self.act.section and piece.text.startswith(("“", '"')):
            self._open(piece, self.act.section)  # a term that the section defines
        else:
            state.open = None
            state.clause = 0 if is_enacting(piece.text) else None
            state.recitals = state.recitals or bool(_RECITALS.fullmatch(piece.text.rstrip(":, ")))
            self.out.append(piece)

    def _label(self, place: int, piece: Piece) -> str | None:
        """The label of a piece outside articles, by the first rule that knows one."""
        found = enumerator(piece.text)
        if label := self.act.label(piece) or self._number_label(place):
            return label
        if self.state.clause is not None and self._is_clause(piece):
            self.state.clause += 1
            return f"preambular para {self.state.clause}"
        if found and self.state.recitals and found.style == "(1)":
            return f"recital {found.value}"
        if found and found.style == "1.1" and found.value.count(".") in {1, 2}:
            return _decimal_label(found, piece)
        return self._recommendation(piece, found)

    def _recommendation(self, piece: Piece, found: Enumerator | None) -> str | None:
        if named := _SELF_NAMED.match(piece.text):
            return f"rec {named['number']}"
        numbered = found is not None and found.style in {"1.", "1)"} and self._recommends(piece, found)
        return f"rec {found.value}" if found and numbered else None

    def _number_label(self, place: int) -> str | None:
        return f"para {self.numbered[place]}" if place in self.numbered else None

    def _recommends(self, piece: Piece, found: Enumerator) -> bool:
        """Whether a numbered item is a recommendation: by its heading, or by what leads in to the list."""
        if self.out and self.out[-1].label == f"rec {found.ranks[0] - 1}":
            return True
        led = bool(self.out) and self.out[-1].text.endswith(":") and bool(_RECOMMENDATION.search(self.out[-1].text))
        headed = bool(piece.section) and bool(_RECOMMENDATION.search(piece.section[-1]))
        return found.follows(None) and (led or headed)

    def _is_clause(self, piece: Piece) -> bool:
        """Whether the piece is a clause of the preamble in force."""
        return ends_as_clause(piece.text) and not enumerator(piece.text) and not piece.text[:1].islower()

    def _in_article(self, piece: Piece) -> None:
        state = self.state
        found = enumerator(piece.text, bare=True)
        if found and found.style in NUMBER_STYLES and self._counts_on(found):
            state.number = found.ranks[0]
            state.sub = _first_item(piece.text[found.end :].lstrip())
            self._open(piece, f"{state.article}({found.value})" + (f"({state.sub.value})" if state.sub else ""))
        elif state.sub and found and found.follows(state.sub):
            state.sub = found
            self._open(piece, f"{state.article}({state.number})({found.value})")
        elif state.open is not None and self._belongs(piece):
            self._absorb(piece)
        else:
            self._open(piece, f"{state.article}({state.number})" if state.number else f"{state.article}")

    def _counts_on(self, found: Enumerator) -> bool:
        """Whether a number is the next paragraph of the article; one may be missing, `1a` follows `1`."""
        inserted = not found.value.isdecimal() and found.ranks[0] == self.state.number
        return inserted or found.ranks[0] in {self.state.number + 1, self.state.number + 2}

    def _in_commentary(self, piece: Piece) -> None:
        state = self.state
        found = enumerator(piece.text)
        if found and found.style in NUMBER_STYLES and found.follows(state.comment):
            state.comment = found
        state.open = None
        commented = piece.kind == PassageKind.PARAGRAPH and not (found and found.style in SUB_STYLES)
        label = f"{state.article} comment {state.comment.value}" if commented and state.comment else None
        self.out.append(replace(piece, label=label))

    # -- the open passage ----------------------------------------------------------------------------------------

    def _open(self, piece: Piece, label: str) -> None:
        self.state.open = len(self.out)
        self.out.append(replace(piece, label=label, kind=PassageKind.PARAGRAPH))

    def _opened(self) -> Piece | None:
        return None if self.state.open is None else self.out[self.state.open]

    def _belongs(self, piece: Piece) -> bool:
        """Whether the piece is a sub-item or the closing words of the open passage, or the text of a bare number."""
        opened = self._opened()
        if opened and _only_number(opened.text):
            return True
        inside = self.state.article is not None
        found = enumerator(piece.text, bare=piece.block.shape == Shape.ITEM or inside)
        if found and (found.style in SUB_STYLES or (found.style == "I." and found.value.islower())):
            return True
        if found and found.style == "(1)" and not inside:
            return True
        if inside and piece.block.shape == Shape.ITEM:
            return True
        return piece.text[:1].islower()

    def _absorb(self, piece: Piece) -> None:
        opened = self._opened()
        if opened and self.state.open is not None:
            self.out[self.state.open] = opened.glued(piece, " " if _only_number(opened.text) else "\n")


def _only_number(text: str) -> bool:
    found = enumerator(text, bare=True)
    return found is not None and not text[found.end :].strip()


def _first_item(rest: str) -> Enumerator | None:
    """The item that a numbered paragraph starts with: in `7 a Each Party` it is `a`."""
    found = enumerator(rest, bare=True)
    return found if found and found.style in SUB_STYLES and found.follows(None) and rest[found.end :].strip() else None


def _article(path: Sequence[str]) -> str | None:
    """The innermost article or the like in a path of headings, as its labels begin: `art 16`, `rule 3`."""
    keys = [key for text in path if (key := keyword(text)) and (key.word in ARTICLES or key.word in ANNEXES)]
    return f"{ARTICLES[keys[-1].word]} {keys[-1].number}" if keys and keys[-1].word in ARTICLES else None


def _decimal_label(found: Enumerator, piece: Piece) -> str:
    said = _RECOMMENDATION.match(piece.text[found.end :].lstrip(" *"))
    unit = "rec" if said or any(_RECOMMENDATION.search(text) for text in piece.section) else "para"
    return f"{unit} {found.value}" + "".join(f"({sub})" for sub in found.sub)

"""Acts of parliaments in the common-law style: `1.—(1) A ship ...`, `2. No dues ...`, `(2) ...`, schedules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import PassageKind
from ingest.enumerators import enumerator
from ingest.structure.piece import Piece

#: What an act says of itself in its front.
_ACT = re.compile(
    r"(?:[A-Z][\w'’()-]*,? )+(?:Act|Ordinance|Code|Statute),? (?:No\.? ?\d+ of )?\d{4}$|"
    r"be it (?:therefore )?enacted|an act to ",
    re.IGNORECASE,
)
#: A section's number, with its first subsection: `1.—(1)`, `3. (1)`, `2.`, `14A.`.
_SECTION = re.compile(r"(?P<section>\d{1,3}[A-Z]{0,2})\.\s?(?:[—–-]\s?)?(?:\((?P<part>\d{1,3})\))?(?=\s|$)")
#: Pieces of the front in which an act says what it is, the arrangement of its sections (ten times as long) apart.
FRONT = 12


def is_act(pieces: Sequence[Piece]) -> bool:
    """Whether the front of a document says that it is an act of a parliament."""
    front = [piece for piece in pieces[: 10 * FRONT] if piece.kind != PassageKind.OUTLINE]
    return any(_ACT.match(piece.text) for piece in front[:FRONT])


class ActNumbering:
    """Sections and subsections of an act, paragraphs of its schedules; knows nothing in other documents."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.active = is_act(pieces)
        self._container: object = ()
        self._number = self._part = 0
        self._shown = ""
        #: The section in force outside of schedules, `s 2`; None before the first.
        self.section: str | None = None

    def headed(self, heading: Piece) -> str | None:
        """`s 1` for the heading `1. Short title`, under which the section's text stands."""
        self.section = None
        match = _SECTION.match(heading.text) if self.active and not heading.container else None
        return f"s {match['section']}" if match else None

    def label(self, piece: Piece) -> str | None:
        """`s 3(1)`, `s 2`, in a schedule `para 2(1)`; None for what carries no such number."""
        if not self.active:
            return None
        if piece.container != self._container:
            self._container, self._number, self._part = piece.container, 0, 0
        unit = "para" if piece.container else "s"
        match = _SECTION.match(piece.text)
        if match and int(re.sub(r"\D", "", match["section"])) in {self._number + 1, self._number + 2}:
            self._number = int(re.sub(r"\D", "", match["section"]))
            self._part = int(match["part"] or 0)
            self._shown = match["section"]
            self.section = None if piece.container else f"s {self._shown}"
            return f"{unit} {self._shown}" + (f"({self._part})" if self._part else "")
        found = enumerator(piece.text)
        if self._number and self._part and found and found.style == "(1)" and found.ranks[0] == self._part + 1:
            self._part += 1
            return f"{unit} {self._shown}({self._part})"
        return None

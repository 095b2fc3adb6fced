"""True nesting of headings, whatever level their markup claims.

Every heading has a *style*: its keyword (`chapter`), the style of its number (`I.`, `(i)`), or the level of its
markup. A style that is open is continued; a style met before returns to the parent it had; a new style goes under what
is open, unless it outranks it. This reads `###` inside `##`, bold lines and plain lines alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.locator import Step
from corpus.model import PassageKind
from ingest.enumerators import (
    ANNEXES,
    ARTICLES,
    Enumerator,
    Keyword,
    counted_noun,
    enumerator,
    keyword,
    numeral_heading,
    ordinal,
)
from ingest.structure.contents import CONTENTS
from ingest.structure.piece import Piece

#: Rank of the keywords, outermost first; `title` moves to where a document puts it.
RANKS = {
    "part": 1,
    "book": 1,
    "chapter": 2,
    "section": 3,
    "title": 4,
    "subsection": 5,
    "sub-section": 5,
} | dict.fromkeys(ARTICLES, 6)


#: Headings of a text's opening: the numbered parts and articles that follow stand beside them, not under them.
_INTRODUCTORY = re.compile(
    r"(?:introduction|preface|foreword|abstract|summary|executive summary|background|recitals|preamble|whereas)\W*",
    re.IGNORECASE,
)
#: Matter that stands beside the text, under whatever is open.
_BOX = re.compile(r"(?:box|case study|example|exhibit)\s+\w{1,4}\b", re.IGNORECASE)
#: What stands under an article and speaks of it.
_COMMENT = re.compile(r"(?:commentar(?:y|ies)|comments?|remarks|explanatory notes?)\W*", re.IGNORECASE)
#: What a judge adds to the decision of a court; it stands beside all of it.
_OPINION = re.compile(
    r"(?:(?:joint|partly|partially|separate|dissenting|concurring|individual|and)[ ,]*)+opinion\b|"
    r"declaration of (?:vice-)?(?:president|judge)\b",
    re.IGNORECASE,
)
#: Matter at the end that stands beside the numbered parts of a work.
_CLOSING = re.compile(
    r"\W*(?:(?:select(?:ed)? )?(?:bibliography|references)|further reading|works cited|(?:foot|end)?notes|"
    r"acknowledge?ments?|about the authors?|(?:list of )?abbreviations|questions and answers|discussion)\W*",
    re.IGNORECASE,
)
#: Numbers of a whole document's outline; a marked heading that carries one can close an article or chapter.
_OUTLINE_STYLES = frozenset({"1.", "I.", "A."})


@dataclass(frozen=True, slots=True)
class Open:
    """A heading that is in force."""

    style: str
    text: str
    level: int
    keyword: Keyword | None
    number: Enumerator | None
    division: int
    titles_annex: bool = False
    weight: tuple[float, bool] = (1.0, False)  # font size and boldness: what looks heavier stands higher


class Outline:
    """The headings in force while a document is read from top to bottom."""

    def __init__(self) -> None:
        self.stack: list[Open] = []
        self.parents: dict[str, set[str]] = {}
        self.divisions = 0
        self.bodiless = False  # whether the latest heading has nothing under it yet

    @property
    def path(self) -> tuple[str, ...]:
        """Texts of the headings in force, outermost first."""
        return tuple(heading.text for heading in self.stack)

    @property
    def container(self) -> tuple[Step, ...]:
        """The annex in force: `(Step("appendix", ("1",)),)`."""
        found = [heading.keyword for heading in self.stack if heading.keyword and heading.keyword.word in ANNEXES]
        return tuple(Step(key.word, (key.number.casefold(),) if key.number else ()) for key in found)

    def innermost(self, *words: str) -> Open | None:
        """The innermost heading in force that has one of the keywords."""
        return next(
            (heading for heading in reversed(self.stack) if heading.keyword and heading.keyword.word in words), None
        )

    def enter(self, piece: Piece) -> tuple[str, ...]:
        """Take a heading; returns the path of its parents."""
        new = self._read(piece)
        self._close(new)
        parents = self.path
        self.parents.setdefault(new.style, set()).add(self.stack[-1].style if self.stack else "")
        titles = self.bodiless and len(self.stack) == 1 and self.stack[0].style == "annex" and not new.keyword
        self.stack.append(replace(new, titles_annex=titles))
        self.bodiless = True
        return parents

    def close_contents(self) -> None:
        """End a table of contents."""
        if self.stack and CONTENTS.fullmatch(self.stack[-1].text):
            self.stack.pop()

    def _read(self, piece: Piece) -> Open:
        self.divisions += 1
        key, number = keyword(piece.text), enumerator(piece.text)
        if numeral_heading(piece.text):
            number = enumerator(f"{piece.text}.")
        level = piece.block.level
        if key:
            style = "annex" if key.word in ANNEXES else key.word
        elif number:
            style = self._number_style(number)
        elif ordinal(piece.text):
            style = "ordinal"
        elif _OPINION.match(piece.text):
            style = "opinion"
        elif noun := counted_noun(piece.text, titled=True):
            style = f"noun {noun}"
        elif _BOX.match(piece.text):
            style = "box"
        elif _COMMENT.fullmatch(piece.text) and self.innermost(*ARTICLES):
            style = "commentary"
        else:
            style = f"level {level}" if level else f"plain {piece.block.size:.2f} {piece.block.emphasis}"
        weight = (round(piece.block.size, 2), piece.bold)
        return Open(style, piece.text, level, key, number, self.divisions, weight=weight)

    def _number_style(self, number: Enumerator) -> str:
        """The style of a number; `C.` or `I.` is a letter where the letter before it is open."""
        if number.style == "1.1":
            return ".".join("1" * (number.value.count(".") + 1))
        letters = [heading.number for heading in self.stack if heading.style == "A." and heading.number]
        if number.style == "I." and letters and any(rank - 1 in letters[-1].ranks[:1] for rank in number.ranks[:1]):
            return "A."
        return number.style

    def _close(self, new: Open) -> None:
        self.close_contents()
        if (new.number or new.keyword) and self.stack and _INTRODUCTORY.fullmatch(self.stack[-1].text):
            self.stack.pop()
        styles = [heading.style for heading in self.stack]
        if not new.level and _CLOSING.fullmatch(new.text) and not self.container:
            while self.stack and self.stack[-1].number:
                self.stack.pop()
        if new.style in {"annex", "opinion"}:
            self.stack.clear()
        elif new.style.startswith("level") or (new.style in styles and self._restarts(new)):
            self._close_levels(new)
        elif new.style in styles:
            while self.stack.pop().style != new.style:
                pass
        elif new.keyword:
            self._close_keywords(new)
        elif new.level and new.number and new.style not in self.parents:
            self._close_levels(new)
        else:
            self._close_to_parent(new)

    def _restarts(self, new: Open) -> bool:
        """Whether a number starts again at 1 deeper than the heading of its style in force: then it is nested in it."""
        same = next(heading for heading in reversed(self.stack) if heading.style == new.style)
        return bool(new.number and 1 in new.number.ranks and new.level > same.level > 0)

    def _close_keywords(self, new: Open) -> None:
        rank = self._rank(new.style)
        outer = [i for i, heading in enumerate(self.stack) if heading.keyword and self._rank(heading.style) < rank]
        inner = [i for i, heading in enumerate(self.stack) if heading.keyword and self._rank(heading.style) >= rank]
        if inner:
            del self.stack[inner[0] :]
        elif not outer:
            if rank <= RANKS["chapter"]:
                self._close_plain()
            self._close_to_parent(new)

    def _close_plain(self) -> None:
        """Before the first part or chapter: what stood in front of it were introductory headings, no parents."""
        while self.stack and self.stack[-1].style.startswith("plain"):
            self.stack.pop()

    def _rank(self, style: str) -> int:
        if style == "annex":
            return 0
        if style == "title" and "chapter" in self.parents and "title" in self.parents["chapter"]:
            return 1
        return RANKS.get(style, 9)

    def _close_to_parent(self, new: Open) -> None:
        """A known style returns under a parent that it had; a new one stays under what is open."""
        if self.bodiless and not new.number and self.stack and self.stack[-1].number:
            return  # a plain heading right under a numbered one is its first part
        known = self.parents.get(new.style, set())
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].style in known:
                del self.stack[index + 1 :]
                return
        if not known:
            self._close_lighter(new)
        elif "" in known:
            del self.stack[self._annex_base() :]

    def _close_lighter(self, new: Open) -> None:
        """Before a style that is met for the first time, close the plain headings that look lighter than it."""
        while self.stack and self.stack[-1].style.startswith("plain") and self.stack[-1].weight < new.weight:
            self.stack.pop()

    def _close_levels(self, new: Open) -> None:
        """Close the marked headings that are as deep or deeper; a numbered one stays in its annex or article."""
        if self.bodiless and self.stack and self.stack[-1].style != new.style and self.stack[-1].level <= new.level:
            return
        floor = self._annex_base() if new.number else 0
        while len(self.stack) > floor and self._is_closed_by(new):
            if new.number and new.number.style not in _OUTLINE_STYLES and self.stack[-1].keyword:
                return
            if self._opens_list_under(new):
                return
            self.stack.pop()

    def _is_closed_by(self, new: Open) -> bool:
        """Whether the innermost heading is as deep as a marked one; an unmarked one is if it looks lighter."""
        top = self.stack[-1]
        return top.level >= new.level if top.level else top.weight < new.weight

    def _opens_list_under(self, new: Open) -> bool:
        """Whether a first number comes under a number of another style that claims the same level (`I.`, then `A.`)."""
        top = self.stack[-1]
        return bool(new.number and new.number.follows(None) and top.number and top.level == new.level)

    def _annex_base(self) -> int:
        """Number of headings that stay open inside an annex: the annex and the title right under it."""
        if not self.stack or self.stack[0].style != "annex":
            return 0
        return 2 if len(self.stack) > 1 and self.stack[1].titles_annex else 1


def nested(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with their section paths, containers and divisions."""
    outline = Outline()
    out = []
    for piece in pieces:
        if piece.kind == PassageKind.HEADING:
            section = outline.enter(piece)
        else:
            if piece.is_text:
                outline.close_contents()
            section = outline.path
            outline.bodiless = outline.bodiless and piece.kind == PassageKind.FOOTNOTE
        out.append(replace(piece, section=section, container=outline.container, division=outline.divisions))
    return out

"""Builds the clean text of one block out of a format's runs, with the places of its note calls.

The readers of PDF, DOCX and HTML meet text in pieces (glyphs, runs, nodes), some of them raised. This is the one
place that joins the pieces, makes every white space one blank and decides whether a raised number calls a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.directions import undirected
from corpus.model import NoteCall
from ingest.blocks import Emphasis

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
# The number of a raised mark, bare or bracketed; must not match "st" (of "1st") or "a" (table notes).
_NUMBER = re.compile(r"[\[(]?\s*(\d{1,3})\s*[\])]?[.,]?")
# What a note call can follow: a word of three letters or more, closing punctuation, or another call;
# not "km", "m" or a digit, where a raised number is an exponent.
_CALLABLE = re.compile(r"(?:[^\W\d_]{3,}|[^\w\s(\[+=/-])\s*$")
# Raised letters that refer to a table's own notes ("a", "b,c"); must not match "st", "th", nor French "e" and "o".
_TABLE_MARK = re.compile(r"[a-df-np-z](?:\s*,\s*[a-df-np-z])*")
#: Share of a block's letters that must be bold or italic for the block to count as such.
WHOLE = 0.9


def note_number(mark: str) -> int | None:
    """The number in a raised mark (`12`, `[12]`), None if it is no number."""
    match = _NUMBER.fullmatch(mark.strip().translate(_SUPERSCRIPTS))
    return int(match[1]) if match else None


@dataclass(slots=True)
class Runs:
    """The text of one block in the making; `lead` is the raised number in front of all text, if any.

    `known` are numbers of notes that stand close by: they are called even after a digit, where a raised number may
    also be an exponent.
    """

    lead: int | None = None
    known: frozenset[int] = frozenset()
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _calls: list[NoteCall] = field(default_factory=list)
    _letters: int = 0
    _bold: int = 0
    _italic: int = 0

    def add(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Append text; superscript digits of Unicode are treated like raised ones."""
        for part in _RAISED.split(text):
            if _RAISED.fullmatch(part):
                self.add_raised(part)
            else:
                self._append(part, bold=bold, italic=italic)

    def add_raised(self, text: str) -> None:
        """Append raised text.

        A number is a note call after a word and the `lead` in front of all text; a letter that marks a table's note is
        dropped; all else (`1st`, `km2`) is plain text.
        """
        number = note_number(text)
        if number is None:
            marks_table = self._length and _TABLE_MARK.fullmatch(text.strip())
            self._append("" if marks_table else text.translate(_SUPERSCRIPTS))
        elif not self._length and self.lead is None:
            self.lead = number
        elif (
            number in self.known
            or _CALLABLE.search(self._tail())
            or (self._calls and self._calls[-1].at == self._length)
        ):
            self.call(number)
        else:
            self._append(text.strip())

    def call(self, number: int) -> None:
        """Record that note `number` is called here, whatever stands before."""
        at = self._length
        if self._parts and self._parts[-1].endswith(" "):
            at -= 1
        self._calls.append(NoteCall(number, at))

    @property
    def text(self) -> str:
        """The clean text so far."""
        return "".join(self._parts).strip()

    @property
    def calls(self) -> tuple[NoteCall, ...]:
        """The note calls, their places counted in `text`."""
        return tuple(self._calls)

    @property
    def emphasis(self) -> Emphasis:
        """Bold or italic if nearly all letters are, bold first."""
        if not self._letters:
            return Emphasis.NONE
        if self._bold >= WHOLE * self._letters:
            return Emphasis.BOLD
        return Emphasis.ITALIC if self._italic >= WHOLE * self._letters else Emphasis.NONE

    def _tail(self) -> str:
        return "".join(self._parts[-3:])[-20:]

    def _append(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        clean = re.sub(r"\s+", " ", undirected(text).replace("\u00ad", "").replace("\u200b", ""))
        if not self._parts or self._parts[-1].endswith(" "):
            clean = clean.removeprefix(" ")
        if not clean:
            return
        self._parts.append(clean)
        self._length += len(clean)
        letters = sum(char.isalnum() for char in clean)
        self._letters += letters
        self._bold += letters if bold else 0
        self._italic += letters if italic else 0

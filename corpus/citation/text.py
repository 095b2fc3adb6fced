"""Text with italics, put together from parts and turned into plain text or HTML at the very end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

#: A part that ends with one of these takes no further full stop.
_STOPS = ".?!"
_CLOSING_QUOTES = "”’\"'"
_SINGLE, _DOUBLE = "‘’", "“”"
_OTHER = {_SINGLE: _DOUBLE, _DOUBLE: _SINGLE}
_CLOSING = {"‘": "’", "“": "”", '"': '"'}
_OUTSIDE = re.compile(r"(”)([.,])")
_OUTSIDE_BOTH = re.compile(r"(‘[^‘’]+)’([.,])”")
#: A quotation that ends where the title does; not an apostrophe there (`the States’`).
_ENDING_QUOTATION = re.compile(r"‘[^‘’]+’$")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters in one type."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Runs in order; false when empty, so that missing facts can be left out by truth."""

    runs: tuple[Run, ...] = ()

    def __bool__(self) -> bool:
        return any(run.text for run in self.runs)

    @property
    def plain(self) -> str:
        """The characters alone."""
        return "".join(run.text for run in self.runs)

    @property
    def html(self) -> str:
        """Escaped, with italics as `<i>`."""
        return "".join(f"<i>{escape(run.text)}</i>" if run.italic else escape(run.text) for run in self.runs)


def text(*pieces: str | Text) -> Text:
    """The pieces one after another."""
    return Text(tuple(run for piece in pieces for run in _runs(piece) if run.text))


def italic(words: str) -> Text:
    """The words in italics."""
    return Text((Run(words, italic=True),)) if words else Text()


def join(separator: str, *pieces: str | Text) -> Text:
    """The pieces that are not empty, with the separator between them."""
    joined: list[str | Text] = []
    for piece in pieces:
        if piece:
            joined += [separator, piece] if joined else [piece]
    return text(*joined)


def ended(piece: str | Text, mark: str = ".") -> Text:
    """The piece closed by `mark`, unless it is empty or a stop closes it already (inside quotation marks too)."""
    whole = text(piece)
    bare = whole.plain.rstrip(_CLOSING_QUOTES)
    closed = whole.plain.endswith(tuple(_STOPS)) or bare.endswith(tuple(_STOPS))
    return whole if not whole or closed else text(whole, mark)


def american(whole: Text) -> Text:
    """Full stops and commas moved inside closing quotation marks, as American styles print them."""
    merged: list[Run] = []
    for run in whole.runs:
        words = run.text
        if merged and merged[-1].text.endswith("”") and words[:1] in {".", ","}:
            merged[-1] = Run(f"{merged[-1].text[:-1]}{words[0]}”", merged[-1].italic)
            words = words[1:]
        merged.append(Run(_OUTSIDE.sub(r"\2\1", words), run.italic))
    return Text(tuple(Run(_OUTSIDE_BOTH.sub(r"\1\2’”", run.text), run.italic) for run in merged))


def single_quoted(title: str) -> str:
    """British quotation marks: ‘a “nested” title’."""
    return f"‘{_quotations(title, _DOUBLE)}’" if title else ""


def double_quoted(title: str, mark: str = "") -> str:
    """American quotation marks, punctuation inside: “a ‘nested’ title,”; a title's own ? or ! replaces the mark."""
    if not title:
        return ""
    inner = _quotations(title, _SINGLE)
    if not mark or inner.endswith(("?", "!", mark)):
        return f"“{inner}”"
    return f"“{inner[:-1]}{mark}’”" if _ENDING_QUOTATION.search(inner) else f"“{inner}{mark}”"


def italic_british(title: str) -> Text:
    """An italic title, in which quotations stand between single marks."""
    return italic(_quotations(title, _SINGLE))


def unquoted(title: str) -> str:
    """A title without marks of its own, in which quotations stand between double marks."""
    return _quotations(title, _DOUBLE)


def italic_american(title: str) -> Text:
    """An italic title, in which quotations stand between double marks."""
    return italic(unquoted(title))


def _quotations(title: str, marks: str) -> str:
    """Quotations in a title between `marks`, those inside them between the others; single straight marks stay.

    A single curly mark opens a quotation only where one follows that could close it, and closes one only behind a
    word: others are apostrophes (“The States’ duties”).
    """
    result: list[str] = []
    opened: list[str] = []
    for index, char in enumerate(title):
        pair = marks if len(opened) % 2 == 0 else _OTHER[marks]
        if char == "“" or (char == '"' and '"' not in opened) or (char == "‘" and "’" in title[index:]):
            result.append(pair[0])
            opened.append(char)
        elif opened and _closes(char, opened[-1], title[index + 1 : index + 2]):
            opened.pop()
            result.append((marks if len(opened) % 2 == 0 else _OTHER[marks])[1])
        else:
            result.append(char)
    return "".join(result)


def _closes(char: str, opening: str, following: str) -> bool:
    return char == _CLOSING[opening] and not (char == "’" and following.isalnum())


def _runs(piece: str | Text) -> tuple[Run, ...]:
    return piece.runs if isinstance(piece, Text) else (Run(piece),)

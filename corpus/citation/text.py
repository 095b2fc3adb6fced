"""Text with italics, put together from parts and turned into plain text or HTML at the very end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

#: A part that ends with one of these takes no further full stop.
_STOPS = ".?!"
_CLOSING_QUOTES = "”’\"'"
_OUTSIDE = re.compile(r"(”)([.,])")


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
        if merged and merged[-1].italic == run.italic:
            merged[-1] = Run(merged[-1].text + run.text, run.italic)
        else:
            merged.append(run)
    return Text(tuple(Run(_OUTSIDE.sub(r"\2\1", run.text), run.italic) for run in merged))


def single_quoted(title: str) -> str:
    """British quotation marks: ‘a “nested” title’."""
    return f"‘{_nested(title, '“', '”')}’" if title else ""


def double_quoted(title: str, mark: str = "") -> str:
    """American quotation marks, punctuation inside: “a ‘nested’ title,”; a title's own ? or ! replaces the mark."""
    if not title:
        return ""
    inner = _nested(title, "‘", "’")
    return f"“{inner}”" if not mark or inner.endswith(("?", "!", mark)) else f"“{inner}{mark}”"


def _nested(title: str, opening: str, closing: str) -> str:
    """Quotation marks inside a quoted title take the other form; single straight ones may be apostrophes and stay."""
    result, is_open = [], False
    for index, char in enumerate(title):
        if char == "“" or (char == '"' and not is_open):
            result.append(opening)
            is_open = True
        elif char in '”"':
            result.append(closing)
            is_open = False
        elif char == "‘" and "’" in title[index:]:
            result.append(opening)
            is_open = True
        elif char == "’" and is_open and not title[index + 1 : index + 2].isalnum():
            result.append(closing)
            is_open = False
        else:
            result.append(char)
    return "".join(result)


def _runs(piece: str | Text) -> tuple[Run, ...]:
    return piece.runs if isinstance(piece, Text) else (Run(piece),)

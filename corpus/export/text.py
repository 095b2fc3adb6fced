"""Texts on their way into files: what no format holds is left out, what XML takes for markup is escaped."""

from __future__ import annotations

import re
from html import escape

#: Characters that XML 1.0 cannot hold and that no reader shows; they reach texts through damaged sources.
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF))
#: At least one line that holds nothing but blanks.
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")


def printable(text: str) -> str:
    """The text without control characters; line breaks and tabs stay."""
    return text.translate(_UNPRINTABLE)


def paragraphs(text: str) -> list[str]:
    """What empty lines part, without control characters; line breaks inside stay."""
    return [part.strip("\n") for part in _EMPTY_LINES.split(printable(text)) if part.strip()]


def one_line(text: str) -> str:
    """The text with every run of blanks and line breaks as one blank."""
    return " ".join(printable(text).split())


def xml(text: str) -> str:
    """The text as character data or a quoted attribute; a carriage return would be read back as a line feed."""
    return escape(printable(text)).replace("\r", "&#13;")

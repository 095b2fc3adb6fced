"""Prints list numbers the way word processors and browsers do: decimal, letters, roman."""

from __future__ import annotations

import roman

#: Above it no numeral is written in letters or roman: `roman` ends at 4,999, and nobody numbers so far.
MAX_SPELT = 780


def numeral(number: int, style: str) -> str:
    """`number` in a style named as in WordprocessingML (ISO/IEC 29500-1, 17.18.59); unknown styles are decimal."""
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "none":
        return ""
    if not 0 < number <= MAX_SPELT or style not in {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}:
        return str(number)
    text = roman.toRoman(number) if style.endswith("Roman") else _letters(number)
    return text.lower() if style.startswith("lower") else text


def _letters(number: int) -> str:
    """A to Z, then AA, BB, ... as word processors count (ISO/IEC 29500-1: the letter is repeated)."""
    repeats, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (repeats + 1)

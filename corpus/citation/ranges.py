"""Ranges of numbers: which digits of the last number each guide leaves out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

#: Takes the first and the last number of a range and gives the last one as it is printed.
Elision = Callable[[str, str], str]
#: Numbers below a hundred are printed whole in every guide.
_SHORTENED_FROM = 3


def whole(_first: str, last: str) -> str:
    """APA: every digit, `321–328`."""
    return last


def two_digits(first: str, last: str) -> str:
    """MLA and the Bluebook (rule 3.2(a)): the last two digits and those that change, `103–04`, `1608–774`."""
    return _tail(first, last, 2)


def british(first: str, last: str) -> str:
    """OSCOLA 1.3.2: as few digits as possible, two at least, but no leading zero: `1782–83`, `201–203`."""
    tail = _tail(first, last, 2)
    return last if tail.startswith("0") else tail


def chicago(first: str, last: str) -> str:
    """Chicago 9.61: whole after a full hundred, what changes after 101–109, else two digits at least."""
    if first.endswith("00"):
        return last
    return _tail(first, last, 1 if first[-2:-1] == "0" else 2)


def _tail(first: str, last: str, kept: int) -> str:
    """The digits of the last number that differ from the first, `kept` at least; roman numerals stay whole."""
    alike = first.isdecimal() and last.isdecimal() and len(first) == len(last)
    if not alike or len(first) < _SHORTENED_FROM or first >= last:
        return last
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=True))))
    return last[min(shared, len(last) - kept) :]

"""Bodies of law that number what they adopt: each a pattern, a check and a way to the id; the walking is written here.

A new body of law is a small module with a table of `Form`s, one line in `corpus.authority.instruments.FORMS`, and its
names in `instruments/*.yaml`. CONTRIBUTING.md shows one from start to end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.authority.symbols import InstrumentId, Written
from corpus.model import InstrumentType


@dataclass(frozen=True, slots=True)
class Form:
    """One written form.

    `pattern` finds it; a group `form` in it narrows the span (what stands around only decides). `identify` gives the id
    as the issuing body prints it, or None if the match is none after all. `sign` is a word without which the pattern
    cannot match, so that most texts are passed over. `registered` forms name only what the register holds.
    """

    pattern: re.Pattern[str]
    type: InstrumentType
    identify: Callable[[re.Match[str]], str | None]
    sign: str
    registered: bool = False


def walk(forms: Iterable[Form], text: str) -> Iterator[tuple[Form, Written]]:
    """Every match of the forms in `text` that has an id, with its form; matches may overlap."""
    for form in forms:
        if form.sign not in text:
            continue
        for match in form.pattern.finditer(text):
            identifier = form.identify(match)
            if identifier:
                start, end = match.span("form" if "form" in form.pattern.groupindex else 0)
                yield form, Written(start, end, InstrumentId(identifier, form.type))

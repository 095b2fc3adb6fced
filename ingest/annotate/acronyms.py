"""Short forms that a document defines itself: `Asian-African Legal Consultative Organization (AALCO)` and the reverse.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003): the
letters of the short form must be found in the long form from right to left, the first one at the start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: A word that begins with a capital: `Asian-African`, `U.S.`, `Commissioners'`, `Xi'an`.
CAPITAL_WORD = r"\b(?:(?:[A-Z]\.){2,}|[A-ZÀ-ÖØ-Þ]\w*(?:[’'‐-]\w+){0,6}(?:[’'](?=\s[A-Z]))?)"
#: Small words inside names.
LINK = r"(?:of|on|for|and|the|against|in|to|or|de|la|du|des|del|et|&)"

_SHORT = r"(?P<short>[A-Z][\w&.\-]{1,14})"
_OPENING = r"\((?:(?:the|or|also|hereinafter|hereafter|henceforth|referred to as|called|known as)[ ,]+)*[“\"‘']?"
_CLOSING = r"[”\"’']?\)"
#: Must match `(AALCO)`, `(hereinafter referred to as the “CCPCJ”)`; must not match `(the Committee)`, `(2009)`.
_SHORT_BEHIND = re.compile(rf"\s*{_OPENING}{_SHORT}{_CLOSING}")
#: Must match `AALCO (Asian-African Legal Consultative Organization)`.
_SHORT_BEFORE = re.compile(
    rf"\b{_SHORT}\s*{_OPENING}(?P<long>{CAPITAL_WORD}(?:,?\s+(?:{LINK}\s+){{0,3}}{CAPITAL_WORD}){{1,20}}){_CLOSING}"
)
_CAPITAL_RUN = re.compile(rf"{CAPITAL_WORD}(?:,?\s+(?:{LINK}\s+){{0,3}}{CAPITAL_WORD}){{0,30}}$")
_WORD = re.compile(CAPITAL_WORD)
#: A long form lies within this distance of its short form.
_REACH = 160


@dataclass(frozen=True, slots=True)
class Definition:
    """`short` stands at `short_span`, the long form that it abbreviates at `long_span` ([start, end) of the text)."""

    short: str
    long: str
    short_span: tuple[int, int]
    long_span: tuple[int, int]


def find_definitions(text: str) -> list[Definition]:
    """The short forms that `text` defines beside their long forms, in either order, in reading order."""
    return sorted((*_behind(text), *_before(text)), key=lambda found: found.short_span)


def short_form_at(text: str, position: int) -> tuple[str, tuple[int, int]] | None:
    """The short form in parentheses that directly follows `position` and its span, None if none does."""
    match = _SHORT_BEHIND.match(text, position)
    return (match["short"], match.span("short")) if match and looks_like_acronym(match["short"]) else None


def capital_runs(text: str) -> Iterator[tuple[str, int, int]]:
    """Each acronym in parentheses with the span [start, end) of the capitalised words directly before it."""
    for match in _SHORT_BEHIND.finditer(text):
        run = _CAPITAL_RUN.search(text, max(0, match.start() - _REACH), match.start())
        if run and looks_like_acronym(match["short"]):
            yield match["short"], run.start(), run.end()


def looks_like_acronym(word: str) -> bool:
    """Whether a word has two capitals or a capital and a digit: `AALCO`, `IberRed`, `G8`; not `Brazil`."""
    capitals = sum(char.isupper() for char in word)
    return capitals > 1 or (capitals == 1 and any(char.isdigit() for char in word))


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` occur in `long` in their order, the first at the very start of `long`."""
    letters = [char for char in short.casefold() if char.isalnum()]
    rest = long.casefold()
    for letter in reversed(letters[1:]):
        place = rest.rfind(letter)
        if place <= 0:
            return False
        rest = rest[:place]
    return bool(letters) and rest.startswith(letters[0])


def _behind(text: str) -> Iterator[Definition]:
    for short, begin, end in capital_runs(text):
        start = _start_of_long_form(text, begin, end, short)
        if start is not None:
            at = text.index(short, end)
            yield Definition(short, text[start:end], (at, at + len(short)), (start, end))


def _start_of_long_form(text: str, begin: int, end: int, short: str) -> int | None:
    """Where the words begin whose initials are `short`, else the shortest part that holds its letters in order."""
    starts = [word.start() for word in _WORD.finditer(text, begin, end) if " " in text[word.start() : end]]
    letters = "".join(char for char in short.casefold() if char.isalnum())
    for start in starts:
        if "".join(re.findall(r"\b[A-ZÀ-Þ]", text[start:end])).casefold() == letters:
            return start
    for start in reversed(starts):
        if abbreviates(short, text[start:end]) and len(text[start:end].split()) <= 2 * len(short) + 1:
            return start
    return None


def _before(text: str) -> Iterator[Definition]:
    for match in _SHORT_BEFORE.finditer(text):
        if looks_like_acronym(match["short"]) and abbreviates(match["short"], match["long"]):
            yield Definition(match["short"], match["long"], match.span("short"), match.span("long"))

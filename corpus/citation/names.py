"""Names of authors: taken apart once, printed in the order that each style wants."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Parts of a family name that stand before its main word ("von der Leyen", "Al Azzam"); compared without case.
PARTICLES = frozenset(
    (
        "abu",
        "al",
        "ap",
        "ben",
        "bin",
        "bint",
        "d'",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "le",
        "lo",
        "st",
        "ten",
        "ter",
        "van",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
    )
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
#: Titles that no citation style prints (OSCOLA 4th edn, 1.1.1; Chicago 17, 14.73).
HONORIFICS = frozenset(
    (
        "dr",
        "dr.",
        "prof",
        "prof.",
        "professor",
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "h.e.",
        "he",
        "hon",
        "hon.",
        "judge",
        "ambassador",
        "amb",
        "amb.",
        "adv",
        "adv.",
    )
)
#: Words that only names of bodies hold; such an author is printed as it stands.
BODY_WORDS = re.compile(
    r"\b(?:agency|assembly|association|bank|bureau|cent(?:er|re)|chambers?|commission|committee|commonwealth|company|"
    r"conference|congress|corporation|council|court|department|directorate|faculty|federation|forum|foundation|"
    r"government|group|institut(?:e|ion)|league|ministry|nations|network|office|organi[sz]ation|parliament|police|"
    r"programme|project|school|secretariat|senate|service|society|task force|team|tribunal|union|university|inc|ltd)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts, or a body's in `literal`."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def full(self) -> str:
        """`Kennedy Gastorn`, `Martin Luther King Jr`."""
        return self.literal or " ".join(filter(None, (self.given, self.family, self.suffix)))

    @property
    def inverted(self) -> str:
        """`Gastorn, Kennedy`, for lists in alphabetical order."""
        return self.literal or ", ".join(filter(None, (self.family, self.given, self.suffix)))

    @property
    def initials(self) -> str:
        """`Al Azzam, F. A. F.`, the way of APA; hyphenated given names keep their hyphen (`J.-P.`)."""
        short = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in self.given.split())
        return self.literal or ", ".join(filter(None, (self.family, short, self.suffix)))

    @property
    def short(self) -> str:
        """What a reference in the text calls the author: the family name or the body."""
        return self.literal or self.family


def parse_name(written: str) -> Name:
    """Read `Given Family`, `Family, Given` or a body's name (`{...}` forces the latter)."""
    written = " ".join(written.split())
    if written.startswith("{") and written.endswith("}"):
        return Name(literal=written[1:-1])
    if BODY_WORDS.search(written):
        return Name(literal=written)
    family, comma, given = written.partition(", ")
    if comma and given.casefold() not in SUFFIXES:
        given, _, suffix = given.partition(", ")
        return Name(family, _without_titles(given), suffix)
    return _parse_words(_without_titles(written.replace(",", "")).split())


def _parse_words(words: list[str]) -> Name:
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in SUFFIXES else ""  # noqa: PLR2004  # given + family
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].casefold() in HONORIFICS:
        words.pop(0)
    return " ".join(words)


def listed(names: list[str], last: str, *, several: str, most: int) -> str:
    """`A, B and C`: `last` joins the final two ("A{last}B"); beyond `most` names, the first and `several`."""
    if len(names) > most:
        return f"{names[0]}{several}"
    return ", ".join(names[:-1]) + last + names[-1] if len(names) > 1 else "".join(names)

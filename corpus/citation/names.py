"""Names of authors: taken apart once, printed in the order that each style wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

#: Parts of a family name that stand before its main word ("von der Leyen", "Al Azzam"); compared without case.
PARTICLES = frozenset(
    (
        "abu",
        "af",
        "al",
        "ap",
        "av",
        "ben",
        "bin",
        "bint",
        "d'",
        "da",
        "dal",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "le",
        "las",
        "lo",
        "los",
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
#: Particles that join two family names.
_AND = frozenset({"y", "e", "i"})
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
class Spelling:
    """How a style writes names in reading order: what follows an initial, what parts two, what precedes `Jr`."""

    stop: str
    gap: str
    before_suffix: str = " "


#: OSCOLA 1.3.1: `JAG Griffith`, `Martin Luther King Jr`.
BRITISH = Spelling("", "")
#: Chicago 10.12 and MLA: `J. A. G. Griffith`, `Martin Luther King Jr.`.
AMERICAN = Spelling(".", " ")
#: The Bluebook, rules 6.1(b) and 15.1: `J.A.G. Griffith`, `Martin Luther King, Jr.`.
BLUEBOOK = Spelling(".", "", ", ")
#: `J.`, `J.A.G.` and `JAG`; not `Jo`, not a name in capitals (`JOHN`).
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}|[A-Z]{1,3}")
#: Braces mark a family name that could be taken for another: `Gabriel {García Márquez}`, `{Ban} Ki-moon`.
_MARKED = re.compile(r"(?P<before>[^{}]*)\{(?P<family>[^{}]+)\}(?P<after>[^{}]*)")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts, or a body's in `literal`; `family_first` where the name is read in that order."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""
    family_first: bool = False

    @property
    def full(self) -> str:
        """`Kennedy Gastorn`, `Martin Luther King Jr`, as the source spells it."""
        return self.literal or self._joined(self.given, self.suffix and f" {self.suffix}")

    def spelled(self, spelling: Spelling) -> str:
        """`full` with initials and suffix in a style's spelling."""
        stop = spelling.stop if self.suffix.rstrip(".").casefold() in {"jr", "sr"} else ""
        suffix = f"{spelling.before_suffix}{self.suffix.rstrip('.')}{stop}" if self.suffix else ""
        return self.literal or self._joined(self._respelled(spelling), suffix)

    @property
    def inverted(self) -> str:
        """`Gastorn, Kennedy`, for lists in alphabetical order."""
        if self.family_first:
            return self.full
        return self.literal or ", ".join(filter(None, (self.family, self._respelled(AMERICAN), self.suffix)))

    @property
    def initials(self) -> str:
        """`Al Azzam, F. A. F.`, the way of APA; hyphens (`J.-P.`) and particles (`Beauvoir, S. de`) are kept."""
        words = self._respelled(AMERICAN).split()
        short = " ".join(word if word in PARTICLES else _initial(word) for word in words)
        return self.literal or ", ".join(filter(None, (self.family, short, self.suffix)))

    @property
    def short(self) -> str:
        """What a reference in the text calls the author: the family name or the body."""
        return self.literal or self.family

    def _joined(self, given: str, suffix: str) -> str:
        order = (self.family, given) if self.family_first else (given, self.family)
        return " ".join(filter(None, order)) + suffix

    def _respelled(self, spelling: Spelling) -> str:
        """The given names with runs of initials spelled alike; a name set in capitals throughout has none to tell."""
        if self.family.isupper():
            return self.given
        runs = groupby(self.given.split(), key=lambda word: bool(_INITIALS.fullmatch(word)))
        return " ".join(
            spelling.gap.join(letter + spelling.stop for letter in "".join(words).replace(".", ""))
            if are_initials
            else " ".join(words)
            for are_initials, words in runs
        )


def _initial(word: str) -> str:
    return "-".join(f"{part[0]}." for part in word.split("-") if part)


def parse_name(written: str) -> Name:
    """Read `Given Family`, `Family, Given`, a family name marked by braces, or a body's name (`{...}` forces it)."""
    written = " ".join(written.split())
    if marked := _MARKED.fullmatch(written):
        return _marked(marked["before"].strip(), marked["family"], marked["after"].strip())
    if BODY_WORDS.search(written):
        return Name(literal=written)
    family, comma, given = written.partition(", ")
    if comma and given.casefold() not in SUFFIXES:
        given, _, suffix = given.partition(", ")
        return Name(family, _without_titles(given), suffix)
    return _parse_words(_without_titles(written.replace(",", "")).split())


def _marked(before: str, family: str, after: str) -> Name:
    if not (before or after):
        return Name(literal=family)
    if not before:
        return Name(family, after, family_first=True)
    return Name(family, _without_titles(before), after.strip(" ,"))


def _parse_words(words: list[str]) -> Name:
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in SUFFIXES else ""  # noqa: PLR2004  # given + family
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        # "Ortega y Gasset" is one family name
        start -= 2 if words[start - 1] in _AND and start > 2 else 1  # noqa: PLR2004  # a given name stays in front
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

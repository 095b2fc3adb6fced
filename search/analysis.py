"""How text becomes tokens: one set of rules for indexing, for queries and for highlighting.

A token is a run of letters and digits, one character long or longer, so that the parts of `A/RES/55/63` and `16(2)`
all count. Two forms of it are indexed: the *folded* form (case, accents and apostrophes ironed out) for exact words,
phrases and prefixes, and its *stem*, where also British and American spellings meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.snowball.english import EnglishStemmer

#: Changes whenever a rule below changes what is indexed; an index made under other rules is rebuilt.
ANALYSIS_VERSION = 1

_ACCENTS = "\u0300-\u036f"  # combining marks of decomposed letters
_APOSTROPHE = "['’ʼ]"
_LETTER = rf"(?:[^\W_][{_ACCENTS}]*)"
#: Letters each followed by a dot (`U.N.`, `U.S`, `e.g.`) are one token, `para.2` (more letters) and `3.1` are two.
_DOTTED = rf"(?<!\w)(?:[^\W\d_]\.){{1,6}}[^\W\d_](?!\w)\.?(?:{_APOSTROPHE}s(?!\w))?"
#: A run of letters and digits, apostrophes inside included (`Interpol's`); `cyber-crime` and `55/63` are two.
_RUN = rf"{_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*"
#: Plain letters and digits that are part of no longer token, as nearly every word is: told at once.
_PLAIN = rf"(?<!\w)(?:[A-Za-z](?!\.)|[0-9]|[A-Za-z0-9]{{2,}})(?![\w{_ACCENTS}'’ʼ])"
_TOKEN = re.compile(rf"(?P<plain>{_PLAIN})|{_DOTTED}|{_RUN}")
_POSSESSIVE = re.compile(rf"(?:{_APOSTROPHE}s)+$", re.IGNORECASE)
_NOT_ALNUM = re.compile(r"[\W_]+")

#: Words that carry no subject: they are not required of a passage unless the query holds nothing else.
STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been before being but by can could did do does for from had
    has have he her his how i if in into is it its may more most my no nor not of on or our shall she should so some
    such than that the their them then there these they this those to under upon was we were what when where which
    who whom whose why will with would you your
    """.split()  # noqa: SIM905  (a list of 120 quoted words is harder to read)
)

#: British words whose American spelling follows no rule below; both get the stem of the right-hand side.
SPELLINGS = {
    "artefact": "artifact",
    "centre": "center",
    "cheque": "check",
    "defence": "defense",
    "fulfil": "fulfill",
    "grey": "gray",
    "judgement": "judgment",
    "licence": "license",
    "metre": "meter",
    "offence": "offense",
    "practise": "practice",
    "pretence": "pretense",
    "programme": "program",
    "sceptic": "skeptic",
    "theatre": "theater",
}
#: `organization`, `analyze` -> the spelling with s; where that is wrong (`prize`) it is so on both sides.
_IZE = re.compile(r"(?<=[a-z]{2})([iy])z(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)")
#: `behaviour`, `labour`, `honourable` -> `or`; at least three letters before, so `four`, `hour` and `tour` stay.
_OUR = re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|ite|able|al|er|ers|ful)?$)")
#: First parts that this field writes joined, hyphenated and apart. A longer list does harm: `counter` in `counterpart`.
COMBINING = ("cyber",)
#: Letters of a second part: `cyberspace` is cyber space, `cybers` is not.
_SHORTEST_PART = 3
_HYPHENS = frozenset("-\u2010\u2011")
_CACHED_WORDS = 65_536  # vocabulary of a large collection; a stem takes about 20 µs to compute


class Token(NamedTuple):
    """A token's folded form and its place in the text as a half-open span; a possessive `'s` stands outside."""

    text: str
    start: int
    end: int


class Stem(NamedTuple):
    """A stem, its span in the text, and the number of the token that it starts at."""

    text: str
    start: int
    end: int
    place: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; spans point into the text as it was given."""
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup:
            found.append(Token(match[0].lower(), start, end))
            continue
        word = _POSSESSIVE.sub("", match[0])
        if folded := fold(word):
            found.append(Token(folded, start, start + len(word)))
    return found


def stems(text: str) -> list[Stem]:
    """The stems of a text in order, compounds also as their parts and parts also as their compound.

    `cybercrime`, `cyber-crime` and `cyber crime` all give `cyber`, `crime` and `cybercrime`; `co-operation` also gives
    `cooperation`.
    """
    return stems_of(text, tokens(text))


def stems_of(text: str, tokens: Sequence[Token]) -> list[Stem]:
    """The stems of a text whose tokens are known."""
    found: list[Stem] = []
    for place, (folded, start, end) in enumerate(tokens):
        found.append(Stem(stem(folded), start, end, place))
        combining = folded.startswith(COMBINING)
        if combining:
            found += (Stem(stem(part), start, end, place) for part in _parts(folded))
        if (combining or text[end : end + 1] in _HYPHENS) and place + 1 < len(tokens):
            following = tokens[place + 1]
            if following.start == end + 1 and _is_compound(folded, following.text, text[end]):
                found.append(Stem(stem(folded + following.text), start, following.end, place))
    return found


def _parts(folded: str) -> tuple[str, ...]:
    """The parts of a word that starts with a first part of compounds."""
    prefix = next(each for each in COMBINING if folded.startswith(each))
    rest = folded.removeprefix(prefix)
    return (prefix, rest) if len(rest) >= _SHORTEST_PART else ()


def _is_compound(word: str, following: str, between: str) -> bool:
    joined = between in _HYPHENS or (between == " " and word in COMBINING)
    return joined and word.isalpha() and following.isalpha()


def words(text: str) -> tuple[str, ...]:
    """The folded forms of a text's tokens."""
    return tuple(token.text for token in tokens(text))


@lru_cache(maxsize=_CACHED_WORDS)
def fold(word: str) -> str:
    """One word without case, accents, dots and apostrophes: `É.U.` -> `eu`, `O’Brien` -> `obrien`."""
    plain_letters = unicodedata.normalize("NFKD", word)  # before casefold, which leaves letters such as 𝓐 as they are
    decomposed = unicodedata.normalize("NFKD", plain_letters.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_ALNUM.sub("", plain)


@lru_cache(maxsize=_CACHED_WORDS)
def stem(folded: str) -> str:
    """The form under which a folded word's inflections and spellings meet; numbers and symbols are their own stem."""
    if not folded.isascii() or not folded.isalpha():
        return folded
    plural = folded.endswith("s") and folded[:-1] in SPELLINGS
    base = SPELLINGS[folded[:-1]] if plural else SPELLINGS.get(folded, folded)
    return str(_STEMMER.stem(_OUR.sub("or", _IZE.sub(r"\1s", base))))


_STEMMER = EnglishStemmer()

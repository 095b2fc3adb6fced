"""One key for all spellings of one name, shared by the gazetteers, the annotators and the query box."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Word endings and words that differ between British and American spelling, each towards the American form.
#: The rules need not make real words ("raising" -> "raizing"): both sides of a comparison pass through them.
_SPELLINGS = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"is(ed|ing|er|ers)$"), r"iz\1"),
    (re.compile(r"^centre(s?)$"), r"center\1"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
    (re.compile(r"^(def|off|lic)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"^(lab|hon|neighb)our"), r"\1or"),
)
_POSSESSIVE = re.compile(r"['’]s\b|['’`]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
#: Words that come and go within one name ("the" Palestine Liberation Organization, Trade "and" Development).
_UNSTABLE = frozenset({"the", "and"})


def plain(text: str) -> str:
    """Lower-case text without accents: `Conseil supérieur` -> `conseil superieur`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """One word in the spelling that comparisons use: lower case, no accents or dots, American endings."""
    key = plain(word).replace(".", "")
    for pattern, replacement in _SPELLINGS:
        key = pattern.sub(replacement, key)
    return key


def name_key(name: str) -> str:
    """A whole name as letters and digits only: `The Organisation's G 8` and `organization g8` share one key."""
    text = _POSSESSIVE.sub("", plain(name)).replace(".", "")
    return "".join(word_key(word) for word in _WORD.findall(text) if word not in _UNSTABLE)


def acronym_key(acronym: str) -> str:
    """An acronym in its own capitals, without dots, blanks and hyphens: `U.N.` -> `UN`, `G 8` -> `G8`."""
    return re.sub(r"[.\s-]", "", re.sub(r"['’]s$", "", acronym.strip()))

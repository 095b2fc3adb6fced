"""Which words are English: a word that no passage holds is not misspelled for that."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker


def is_english(word: str) -> bool:
    """Whether a folded word is in the dictionary, which is read at the first question."""
    return bool(_dictionary().known([word]))


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")

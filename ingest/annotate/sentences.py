"""Where sentences begin and end: enough of it to tell what a citation hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

#: Texts whose sentences are kept: those that the references of one text look back on.
_KEPT = 256
# A full stop, question or exclamation mark, with closing quotes and brackets, before a blank and a capital; a line end.
_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z§0-9])|\n+")
# Abbreviations that a full stop ends without ending the sentence, and initials.
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Art|Arts|art|arts|para|paras|pp?|Mr|Mrs|Ms|Dr|Prof|St|Res|Doc|Vol|vol|Sect|sect|chap|Chap|cf|Cf|"
    r"ed|eds|al|e\.g|i\.e|v|vs|s|ss|U\.N|U\.S|H\.E|et|Rec|Sec|sec|Cap|ch|Ch|n|Add|Corr)|\b[A-Z])\.\s*$"
)


@lru_cache(_KEPT)
def sentences(text: str) -> Sequence[tuple[int, int]]:
    """Half-open spans of the sentences, in order; together they hold the whole text."""
    spans, start = [], 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text) or not spans:
        spans.append((start, len(text)))
    return spans


def sentence_at(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """The sentence that holds the character `at`."""
    return next((span for span in spans if span[0] <= at < span[1]), spans[-1])

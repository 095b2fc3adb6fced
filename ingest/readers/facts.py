"""Which of the facts in a file's metadata to believe."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.blocks import Block

#: Title pages hold their title and authors within the first blocks; further on any name may stand.
FIRST_BLOCKS = 40


def confirmed(facts: Mapping[str, str], blocks: Sequence[Block]) -> dict[str, str]:
    """The title and the authors that the document itself prints at its beginning, and every other fact.

    Programs fill these two with file names, template titles and the name of whoever typed.
    """
    opening = _plain(" ".join(block.text for block in blocks[:FIRST_BLOCKS]))
    return {
        fact: value
        for fact, value in facts.items()
        if value and (fact not in {"title", "authors"} or _plain(value) in opening)
    }


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))

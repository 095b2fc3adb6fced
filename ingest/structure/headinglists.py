"""Short lines that belong together: items of a list, names under signatures, entries of a bibliography, numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.enumerators import Enumerator, enumerator, keyword, numeral_heading
from ingest.structure.headingforms import looks_like_heading
from ingest.structure.kinds import REFERENCES
from ingest.structure.piece import Piece

#: As many pieces back as a letter or number before another is looked for.
FAR = 300
#: Most words of a heading among the entries of a bibliography: `Books`, `Secondary sources`.
ENTRY_WORDS = 4


def has_sibling(content: Sequence[Piece], index: int) -> bool:
    """Whether the next piece carries the next number or the one before the last: then both are items of a list."""
    here = enumerator(content[index].text)
    before = enumerator(content[index - 1].text) if index else None
    after = enumerator(content[index + 1].text) if index + 1 < len(content) else None
    counts_on = here and before and _same_list(here, before) and here.follows(before)
    return bool(counts_on or (here and after and _same_list(here, after) and after.follows(here)))


def is_initial(content: Sequence[Piece], index: int) -> bool:
    """Whether a letter is that of a name, `M. SCHULZ`: it is not the first, and the one before opens nothing above."""
    here = enumerator(content[index].text)
    if not here or here.style != "A." or here.follows(None):
        return False
    letter = chr(ord(here.value) - 1)
    above = content[max(0, index - FAR) : index]
    return not any(piece.text.startswith((f"{letter}.", f"({letter})")) for piece in above)


def asks_on(content: Sequence[Piece], index: int) -> bool:
    """Whether a numbered question counts on from a paragraph, as in a list of questions, and not from a heading."""
    here = enumerator(content[index].text)
    if not here or not content[index].text.endswith("?"):
        return False
    for piece in reversed(content[max(0, index - FAR) : index]):
        if (other := enumerator(piece.text)) and _same_list(here, other) and here.follows(other):
            return not looks_like_heading(piece)
        if piece.is_heading:
            return False
    return False


def _same_list(one: Enumerator, other: Enumerator) -> bool:
    """Whether two numbers belong to one list: the same style, and what stands before their last part."""
    return one.style == other.style and one.value.rpartition(".")[0] == other.value.rpartition(".")[0]


def numerals(content: Sequence[Piece]) -> list[int]:
    """Places of Roman numerals that stand alone and count on from `I`: they head what follows."""
    found = [index for index, piece in enumerate(content) if piece.is_text and numeral_heading(piece.text)]
    ranks = [numeral_heading(content[index].text) for index in found]
    return found if len(found) > 1 and ranks == list(range(1, len(ranks) + 1)) else []


def entries(content: Sequence[Piece]) -> dict[int, bool]:
    """Places of the short lines under `References`: True for a heading such as `Books`, False for an entry."""
    found: dict[int, bool] = {}
    inside = False
    for index, piece in enumerate(content):
        if REFERENCES.fullmatch(piece.text):
            inside = found[index] = piece.is_text or piece.is_heading
        elif inside and (piece.is_heading or piece.bold or piece.text.isupper() or keyword(piece.text)):
            inside = False
        elif inside and looks_like_heading(piece):
            entry = re.search(r"[\d,“\"]", piece.text) or len(piece.text.split()) > ENTRY_WORDS
            found[index] = not entry and index + 1 < len(content)
    return found

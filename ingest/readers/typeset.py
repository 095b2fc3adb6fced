"""How wide words are in print, for texts that were set in a proportional type and came to us line by line.

Counted in characters, such lines end raggedly; measured in a book face, they fill the measure to the last word, as the
type-setting program filled it. Then room for the next word tells where a paragraph ends, and also where one begins,
whose indentation was lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

#: Advance widths of Times Roman in thousandths of an em (Adobe's font metrics), rounded where they lie close together.
_ADVANCES = {
    250: " .,",
    278: "ijlt:;/",
    333: "frI-!()‘’'[]`",
    389: "sJ",
    408: '"',
    444: "acezéèêàáç?“”",
    500: "bdghknopquvxy0123456789–$",
    556: "FPS",
    611: "ELTZ",
    667: "BCR",
    722: "wADGHKNOQUVXYÉ",
    778: "m&",
    833: "%",
    889: "M",
    944: "W",
    1000: "—…",
}
_ADVANCE = {character: advance for advance, characters in _ADVANCES.items() for character in characters}
#: Of all other characters.
_USUAL = 500
_SPACE = 250

#: Share of the lines that break off in mid-sentence which must leave no room for the next word.
PROOF = 0.9
#: Fewer such lines prove nothing.
MIN_PAIRS = 20
#: Rank of the line that is as long as the measure: the few longer ones were squeezed in, or are misread.
RANK = 0.98

#: How far in paragraphs begin, in thousandths of an em.
INDENT = 2000

#: Share of the measure that the lines of a block quotation fill at most.
INSET = 0.93

_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
#: What of a word must fit: its first half, if a hyphen lets the rest stand on the next line.
_FIRST_HALF = re.compile(r"[^\W\d_]{2,}-(?=\w)")


def measure_of(groups: Sequence[Sequence[str]]) -> float:
    """The measure in thousandths of an em that the lines of a text fill; 0 if they were not set in such a type."""
    open_ends = sorted(_width(line) for group in groups for line in group[:-1] if not _ends(line))
    if len(open_ends) < MIN_PAIRS:
        return 0
    measure = open_ends[min(len(open_ends) - 1, int(RANK * len(open_ends)))]
    pairs = list(_inner(groups))
    full = sum(not has_room(before, after, measure) for before, after in pairs)
    return measure if len(pairs) >= MIN_PAIRS and full >= PROOF * len(pairs) else 0


def has_room(line: str, after: str, measure: float) -> bool:
    """Whether the line would have taken the first word of the line after it, had that belonged to it."""
    word = after.split(maxsplit=1)[0]
    half = _FIRST_HALF.match(word)
    between = 0 if line.rstrip().endswith("-") else _SPACE
    return _width(line) + between + _width(half[0] if half else word) <= measure


def _inner(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Neighbouring lines of one sentence; not the first of a paragraph, which its indentation makes shorter."""
    for group in groups:
        for (before, line), (_, after) in pairwise(pairwise(_outside_quotations(group))):
            if not _ends(before) and not _ends(line) and not line.rstrip().endswith("-"):
                yield line, after


def _outside_quotations(group: Sequence[str]) -> list[str]:
    """The lines of a group without block quotations, whose lines are shorter: from a mark that opens a line on."""
    out: list[str] = []
    quoted = False
    for line in group:
        quoted = quoted or line.lstrip().startswith("“")
        if not quoted:
            out.append(line)
        quoted = quoted and "”" not in line
    return out


def is_inset(lines: Sequence[str], after: str, measure: float) -> bool:
    """Whether lines are the beginning of a block quotation: a mark opens them, and none fills, nor the one `after`.

    The last of the lines may shut the quotation.
    """
    opened = lines[0].lstrip().startswith("“") and not any("”" in line for line in lines[:-1])
    return opened and max(map(_width, [*lines, "" if "”" in lines[-1] else after])) <= INSET * measure


def _ends(line: str) -> bool:
    return bool(_SENTENCE_END.search(line.rstrip()))


def _width(text: str) -> float:
    return sum(_ADVANCE.get(character, _USUAL) for character in text.strip())

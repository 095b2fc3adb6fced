"""Notes of acts of the European Union, rendered as text: `(3)` in the sentence, `(3) Directive ...` at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model import NoteCall
from ingest.blocks import Block, Shape

#: The words behind which an act's notes stand.
_CLOSING = re.compile(r"done (?:at|in) |for the (?:european parliament|council|commission)\b", re.IGNORECASE)
_BODY = re.compile(r"\((?P<number>\d{1,3})\)\s*")
#: A call in a sentence: a number in brackets behind a blank, not behind what it would belong to.
_CALL = re.compile(
    r"(?<!paragraph)(?<!paragraphs)(?<!point)(?<!points)(?<!Article)(?<!subparagraph)(?<!,)(?<!and)(?<!or) "
    r"\((?P<number>\d{1,3})\)(?=[\s.,;:)]|$)"
)


def with_bracket_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with the numbered lines behind the signatures as notes, and their numbers in the text as calls."""
    closing = max((place for place, block in enumerate(blocks) if _CLOSING.match(block.text)), default=len(blocks))
    tail = list(_notes(blocks[closing:]))
    numbers = [int(block.marker) for block in tail if block.shape == Shape.NOTE]
    if numbers[:1] != [1] or numbers != list(range(1, len(numbers) + 1)):
        return tuple(blocks)
    return (*(_called(block, frozenset(numbers)) for block in blocks[:closing]), *tail)


def _notes(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with `(n)` and what follows it as a note; a mark that stands alone takes the next block."""
    mark = ""
    for block in blocks:
        match = _BODY.match(block.text)
        if mark:
            yield replace(block, shape=Shape.NOTE, marker=mark)
            mark = ""
        elif match and match.end() == len(block.text):
            mark = match["number"]
        elif match:
            yield replace(block, shape=Shape.NOTE, marker=match["number"], text=block.text[match.end() :])
        else:
            yield block


def _called(block: Block, numbers: frozenset[int]) -> Block:
    """The block with the calls of these notes lifted out."""
    text, calls, end = "", list(block.calls), 0
    for match in _CALL.finditer(block.text):
        if int(match["number"]) in numbers:
            text += block.text[end : match.start()]
            calls.append(NoteCall(int(match["number"]), len(text)))
            end = match.end()
    return replace(block, text=text + block.text[end:], calls=tuple(calls)) if end else block

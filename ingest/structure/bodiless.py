"""Calls of notes whose bodies are lost: old resolutions came to us without the foot of the page, but with its numbers.

Where nothing but a call can stand, a number needs no body for proof: behind the comma or semicolon that closes a
clause, with the next clause below. Its neighbours in the count are then believed behind a full date.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import NoteCall
from corpus.months import MONTHS
from ingest.blocks import Block, Shape
from ingest.clauses import opens_clause
from ingest.enumerators import enumerator

#: `to the United Nations, 203` and `of 3 May 1991; 110` at the end; not `of paragraphs 5, 8, 203`.
_CLOSING = re.compile(r"(?:(?<=[a-zß-ÿ)”][a-zß-ÿ)”][,;])|(?<=\s(?:19|20)\d\d[,;]))\s(\d{1,3})$")
#: `of 7 May 1991 28 submitted`; not `on 7 May 1991 28 States voted`.
_DATED = re.compile(
    rf"\d (?:{'|'.join(MONTHS)}) (?:19|20)\d\d(\s(\d{{1,3}}))(?=\s(?:and|of|on|to|in|by|from|which|that|addressed|"
    r"calling|concerning|containing|entitled|pursuant|regarding|submitted|transmitting)\b)"
)


def with_bodiless_calls(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with calls lifted out of their texts that no body proves, but that can be nothing else."""
    if any(block.shape in {Shape.NOTE, Shape.HEADING} for block in blocks):
        return tuple(blocks)  # the notes are there
    closing = [_closing(block, after) for block, after in pairwise([*blocks, None]) if block]
    proved = {int(match[1]) + step for match in closing if match for step in (-1, 0, 1)}
    return (
        tuple(_lifted(block, match, proved) for block, match in zip(blocks, closing, strict=True))
        if proved
        else tuple(blocks)
    )


def _closing(block: Block, after: Block | None) -> re.Match[str] | None:
    """The call behind the last clause of a block, if the next one opens a clause or is numbered."""
    clause = after is not None and (opens_clause(after.text) or enumerator(after.text) is not None)
    return _CLOSING.search(block.text) if clause and block.shape == Shape.TEXT else None


def _lifted(block: Block, closing: re.Match[str] | None, proved: Collection[int]) -> Block:
    """The block without the marks of its calls: of the closing one, and of those behind dates that are proved."""
    dated = _DATED.finditer(block.text) if block.shape == Shape.TEXT else iter(())
    spans = [match.span(1) for match in dated if int(match[2]) in proved]
    spans += [(closing.start(1) - 1, closing.end(1))] if closing else []
    text = block.text
    calls = list(block.calls)
    for start, end in reversed(spans):
        width = end - start
        calls = [replace(call, at=call.at - width if call.at >= end else call.at) for call in calls]
        calls.append(NoteCall(int(text[start:end]), start))
        text = text[:start] + text[end:]
    return replace(block, text=text, calls=tuple(sorted(calls, key=lambda call: call.at))) if spans else block

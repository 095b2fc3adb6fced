"""Bodies of notes whose mark lost its superscript: `[12] See ...`, `12. See ...`, `12 See ...`, found by their order.

A candidate is no proof: numbered paragraphs and the entries of a bibliography look the same. `ingest.notecalls` keeps
the candidates that the text calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, Shape

#: Headings over notes; over entries that `[12]` may cite, which are no notes.
_NOTES = re.compile(r"\W*(?:foot|end)?notes?(?: and references)?\W*", re.IGNORECASE)
_REFERENCES = re.compile(
    r"(?:\W|\d|[IVX]+\.)*(?:references|bibliography|works cited|(?:list of )?references|literature(?: cited)?|"
    r"select(?:ed)? bibliography)\W*",
    re.IGNORECASE,
)
# The mark of a body: `[12] See`, `(12) See`, `12. See`, `12) See`, `12 See`; must not match `12.5`, `12th` or `2001`.
_MARK = re.compile(r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)\s+(?=\S)")
# The most likely form of a body: `12 See`, not `12. See`, which numbers paragraphs.
_BARE = re.compile(r"\d{1,3}\s+[^\W\d]")
#: Longest heading over notes.
SHORT = 40


@dataclass(frozen=True, slots=True)
class Body:
    """A block that is or may be the body of note `number`: `sure` if the reader saw it; its mark ends at `end`."""

    index: int
    number: int
    sure: bool
    end: int = 0

    def taken(self, block: Block) -> Block:
        """The block as a note."""
        if self.sure:
            return block
        calls = tuple(replace(call, at=max(0, call.at - self.end)) for call in block.calls)
        return replace(block, text=block.text[self.end :], shape=Shape.NOTE, marker=str(self.number), calls=calls)


def runs_of(blocks: Sequence[Block]) -> list[list[Body]]:
    """Bodies of notes, sure or not, in runs of rising numbers: notes count through a document, a chapter or a page."""
    runs: list[list[Body]] = []
    for body in _bodies(blocks):
        if runs and body.number > runs[-1][-1].number:
            runs[-1].append(body)
        else:
            runs.append([body])
    return runs


def _bodies(blocks: Sequence[Block]) -> Iterator[Body]:
    """Sure bodies, and numbered blocks where notes stand: under a rule or heading, next after a note, at the end."""
    zone, references, last = False, False, 0
    tail = _tail(blocks)
    for index, block in enumerate(blocks):
        if block.shape == Shape.FURNITURE:
            continue
        heading = _heading_of(block)
        if heading or block.shape in {Shape.RULE, Shape.HEADING}:
            zone, references = heading == "notes" or block.shape == Shape.RULE, heading == "references"
            continue
        body = _body(block, index)
        if body is None:
            zone = zone and (block.gap == 0 or block.shape == Shape.NOTE)
        elif body.sure or (
            not references and (zone or index >= tail or body.number == last + 1 > 1 or block.text.startswith("["))
        ):
            yield body
            zone, last = True, body.number
        else:
            zone = False


def _heading_of(block: Block) -> str:
    if len(block.text) > SHORT or block.shape not in {Shape.TEXT, Shape.HEADING}:
        return ""
    if _REFERENCES.fullmatch(block.text):
        return "references"
    return "notes" if _NOTES.fullmatch(block.text) else ""


def _body(block: Block, index: int) -> Body | None:
    if block.shape == Shape.NOTE:
        return Body(index, int(block.marker), sure=True) if block.marker.isdecimal() else None
    match = _MARK.match(block.text) if block.shape == Shape.TEXT else None
    if match is None:
        return None
    return Body(index, int(match[1] or match[2] or match[3]), sure=False, end=match.end())


def _tail(blocks: Sequence[Block]) -> int:
    """The first of the blocks at the end that a bare number opens, as notes stand below a short text without a rule.

    Where blocks further up begin in the same way, bare numbers count paragraphs: there is no such tail.
    """
    tail = len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if _is_bare(block):
            tail = index
        elif block.shape not in {Shape.NOTE, Shape.RULE, Shape.FURNITURE} and block.text:
            break
    return len(blocks) if any(map(_is_bare, blocks[:tail])) else tail


def _is_bare(block: Block) -> bool:
    return block.shape == Shape.TEXT and bool(_BARE.match(block.text))

"""Reads the plain text that the PDF and Word documents of the sample collection are made from.

A file opens with `key: value` lines. After a blank line follow blocks, one to a line: `# heading`, `> quote`,
`- bullet`, `12. numbered paragraph`, `(a) item`, `(ii) sub-item`, `| table | row |`, `[^1]: note`, or a paragraph.
Inside a block `*italic*` and `[^1]` (a note call) are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Labels that are roman numerals when they follow a lettered item.
ROMAN = ("i", "ii", "iii", "iv", "v", "vi")

_BLOCK = re.compile(
    r"(?P<heading>#+)\s+(?P<title>.+)|>\s+(?P<quote>.+)|-\s+(?P<bullet>.+)|(?P<number>\d+)\.\s+(?P<paragraph>.+)"
    r"|\((?P<letter>[a-z]+)\)\s+(?P<item>.+)|\|(?P<row>.+)\|"
)
_NOTE = re.compile(r"\[\^(\d+)\]:\s+(.+)")
_INLINE = re.compile(r"\*([^*]+)\*|\[\^(\d+)\]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one style, or the call of a note."""

    text: str
    italic: bool = False
    note: int = 0


@dataclass(frozen=True)
class SourceBlock:
    """One block: `kind` is heading, quote, bullet, numbered, item, row or text; `level` its depth."""

    kind: str
    text: str
    level: int = 0
    label: str = ""


@dataclass(frozen=True)
class Source:
    """A read file: its facts, blocks and notes by number."""

    facts: dict[str, str]
    blocks: tuple[SourceBlock, ...]
    notes: dict[int, str] = field(default_factory=dict)


def read_source(path: Path) -> Source:
    """Read one source file."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    lines = [line for line in body.splitlines() if line.strip()]
    notes = {int(match[1]): match[2] for line in lines if (match := _NOTE.fullmatch(line))}
    blocks = tuple(_block(line) for line in lines if not _NOTE.fullmatch(line))
    return Source(facts, blocks, notes)


def _block(line: str) -> SourceBlock:
    match = _BLOCK.fullmatch(line)
    if not match:
        return SourceBlock("text", line)
    if match["heading"]:
        return SourceBlock("heading", match["title"], len(match["heading"]))
    if match["number"]:
        return SourceBlock("numbered", match["paragraph"], 0, f"{match['number']}.")
    if match["letter"]:
        return SourceBlock("item", match["item"], 2 if match["letter"] in ROMAN else 1, f"({match['letter']})")
    kind = next(kind for kind in ("quote", "bullet", "row") if match[kind])
    return SourceBlock(kind, match[kind])


def pieces(text: str) -> Iterator[Piece]:
    """The stretches of a block's text."""
    at = 0
    for match in _INLINE.finditer(text):
        if text[at : match.start()]:
            yield Piece(text[at : match.start()])
        yield Piece(match[1], italic=True) if match[1] else Piece(match[2], note=int(match[2]))
        at = match.end()
    if text[at:]:
        yield Piece(text[at:])

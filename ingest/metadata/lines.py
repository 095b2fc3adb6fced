"""Which lines make up a document's front: its masthead line by line, its running headers, its notes on itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.model import Passage, PassageKind
from ingest.blocks import Block, Shape
from ingest.metadata.dates import is_date_line
from ingest.metadata.front import CITATION, HEADER, Front, Line
from ingest.metadata.masthead import is_masthead_line, opens_with_place
from ingest.metadata.words import is_institution, keyed

#: Headings that follow a title without text between them may belong to it; more of them are the text's own.
MAX_LINES = 24
#: Characters of a line that are looked at: a title page has no longer ones, a damaged file may.
LONGEST = 1000
#: A short block that comes so often is a running header.
HEADER_TIMES, HEADER_LENGTH = 3, 160

#: Headings with which the text itself begins.
_TEXT_BEGINS = re.compile(
    r"(?:table of )?contents|outline|summary|abstract|introduction|preamble|recitals|(?:[IVX]+|\d+|[A-Z])[.)]\s.*|"
    r"(?:article|chapter|part|section|title)\s+(?:\d|[ivx]).*",
    re.IGNORECASE,
)
#: `91/17. Harbours of refuge`, `Resolution 12/7. Oceans`, `2625 (XXV). Declaration`
_NUMBERED = re.compile(r"(?:resolution\s+)?(?:\d+/\d+[A-Z]?|\d+ \([IVXL]+\))[.:]\s", re.IGNORECASE)
_ANNOUNCEMENT = re.compile(
    r"(?:\w+ )?(?:speech|statement|remarks|address|lecture|keynote|talk|presentation)\b.{0,40}\b(?:by|of)\b",
    re.IGNORECASE,
)
#: Lines that stand for themselves on a title page, whatever stands around them.
_ALONE = re.compile(
    r"(?:done|adopted|signed|opened for signature|held|by|prepared|presented)\s+(?:at|by|in)\b.*", re.IGNORECASE
)


def front_of(passages: Sequence[Passage], blocks: Sequence[Block]) -> Front:
    """The front of a structured document; `blocks` are what its reader gave."""
    headers = _headers(blocks)
    first = next((i for i, block in enumerate(blocks) if block.shape != Shape.FURNITURE), 0)
    above = [block.text.strip() for block in blocks[: first + 1] if block.shape == Shape.FURNITURE]
    start = _masthead(passages)
    printed = [block.text.strip() for block in blocks[: 3 * MAX_LINES] if block.text.strip()]
    texts: list[tuple[str, Passage | None]] = [(text, None) for text in dict.fromkeys(above) if text]
    texts += [(text, passage) for passage in start for text in _taken_apart(passage.text, printed)]
    lines = tuple(
        Line(
            text[:LONGEST],
            f"masthead line {number}",
            is_title=passage is not None and passage.kind == PassageKind.TITLE,
            is_heading=passage is not None and passage.kind == PassageKind.HEADING,
        )
        for number, (text, passage) in enumerate(texts, 1)
    )
    later = [passage for passage in passages if passage.kind == PassageKind.METADATA and passage not in start]
    notes = tuple(Line(passage.text[:LONGEST], CITATION) for passage in later)
    return Front(lines, notes, headers, passages)


def _masthead(passages: Sequence[Passage]) -> list[Passage]:
    """Title and metadata passages in front of the text, and headings that stand between or right behind them."""
    out: list[Passage] = []
    for passage in passages[:MAX_LINES]:
        if passage.kind == PassageKind.FOOTNOTE:
            continue
        is_front = passage.kind in {PassageKind.TITLE, PassageKind.METADATA} or _announces(passage)
        if not is_front and (passage.kind != PassageKind.HEADING or _TEXT_BEGINS.fullmatch(passage.text)):
            break
        out.append(passage)
    last = max((i for i, passage in enumerate(out) if passage.kind != PassageKind.HEADING), default=-1)
    behind = out[last + 1 :]
    # one heading behind the masthead is the text's first, unless it is numbered like a resolution
    belongs = len(behind) > 1 or any(_NUMBERED.match(passage.text) for passage in behind)
    return out if belongs else out[: last + 1]


def _taken_apart(text: str, printed: Sequence[str]) -> list[str]:
    """The lines that a passage of the front was put together from, those of a wrapped title left together."""
    out: list[str] = []
    for line in _lines_of(text, printed):
        if out and not (_stands_alone(line) or _stands_alone(out[-1]) or out[-1].isupper() != line.isupper()):
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
    return out


def _lines_of(text: str, printed: Sequence[str]) -> Iterator[str]:
    rest = text
    while rest:
        line = max((line for line in printed if rest.startswith(line)), key=len, default=rest)
        yield line
        rest = rest[len(line) :].lstrip()


def _stands_alone(line: str) -> bool:
    apart = is_masthead_line(line) or is_date_line(line) or opens_with_place(line) or is_institution(line)
    return apart or keyed(line) is not None or bool(_ALONE.fullmatch(line))


def _announces(passage: Passage) -> bool:
    """Whether what looks like a paragraph announces a speech: `Speech to be delivered by ... on 3 May 2031`."""
    return bool(_ANNOUNCEMENT.match(passage.text)) and not passage.text.endswith((".", ":", ";"))


def _headers(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Running headers: what the reader knew by its place, and short lines that come again and again."""
    may = (block for block in blocks if block.shape in {Shape.TEXT, Shape.FURNITURE} and not block.text.endswith("."))
    short = [block.text.strip() for block in may if 0 < len(block.text) <= HEADER_LENGTH]
    times = Counter(re.sub(r"\d+", "#", text) for text in short)
    known = {block.text.strip() for block in blocks if block.shape == Shape.FURNITURE}
    often = (text for text in short if text in known or times[re.sub(r"\d+", "#", text)] >= HEADER_TIMES)
    return tuple(Line(text, HEADER) for text in dict.fromkeys(often) if not text.isdecimal())

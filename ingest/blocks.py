"""What every reader returns: a document as a sequence of blocks, before its structure is understood.

A reader undoes its format (markup, glyphs, XML) and nothing else: it does not drop running headers, join pages,
number notes or nest headings. That is the work of `ingest.structure`, once, for all formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.model import NoteCall


class Shape(StrEnum):
    """What the format itself says that a block is."""

    TEXT = "text"  # a paragraph or a line; the structure stage decides
    HEADING = "heading"  # marked as a heading, at `level`
    ITEM = "item"  # a list item, at nesting depth `level`, printed mark in `marker`
    QUOTE = "quote"  # a block quote
    NOTE = "note"  # a footnote's or endnote's body, number in `marker`
    TABLE = "table"  # one table row, cells joined by tabs
    RULE = "rule"  # a rule such as `---`
    FURNITURE = "furniture"  # known by its place to be a running header or footer or a page number


class Emphasis(StrEnum):
    """Emphasis of a block as a whole, "" if it is mixed or absent."""

    NONE = ""
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source in reading order.

    `text` is clean: markup gone, footnote calls removed and kept in `calls` with their place in `text`, words
    hyphenated at line ends rejoined where the reader sees lines. `level` is the heading level (1-9) or the item's
    depth (from 0). `marker` is the printed list or note mark ("1.", "(a)", "•", "12"), "" if it stands in `text`.
    `page` is the page's number, counted from 1. `gap` is the number of blank lines before (1 where the format has
    none). `line` is the physical line (from 1) or 0. `size` is the font size relative to the document's body text, 1.0
    if unknown. `lines` counts the physical lines that the block was put together from; `full` tells that the last of
    them reaches the edge of the column, so that the text may go on.
    """

    text: str
    shape: Shape = Shape.TEXT
    level: int = 0
    marker: str = ""
    emphasis: Emphasis = Emphasis.NONE
    page: int | None = None
    calls: tuple[NoteCall, ...] = ()
    gap: int = 1
    line: int = 0
    size: float = 1.0
    lines: int = 1
    full: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A read file: its blocks, and the bibliographic facts that the format itself states.

    `facts` uses the names of a catalogue entry (`title`, `authors`, `date`, `language`, ...). `page_labels` are what
    pages call themselves (`iv`, `287`) by their count, where that differs. `unread` are the pages whose text, if any,
    is in a picture and was not recognised.
    """

    blocks: tuple[Block, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    page_labels: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[int, ...] = ()

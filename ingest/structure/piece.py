"""The draft of a passage while its document's structure is being worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.locator import Step
from corpus.model import NoteCall, PassageKind
from ingest.blocks import Block, Emphasis, Shape


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on its way to a passage.

    `cut` tells that furniture, a rule or notes stood between this piece and the body piece before it. `division`
    numbers the heading that the piece stands under, `container` the annex that it stands in.
    """

    text: str
    kind: PassageKind
    block: Block
    calls: tuple[NoteCall, ...] = ()
    pages: tuple[int, int] | None = None
    cut: bool = False
    section: tuple[str, ...] = ()
    label: str | None = None
    container: tuple[Step, ...] = ()
    division: int = 0

    @classmethod
    def of(cls, block: Block, *, cut: bool = False) -> Piece:
        """The first draft: an enumerating list mark becomes part of the text, as it is printed."""
        lead = f"{block.marker} " if block.shape in {Shape.ITEM, Shape.HEADING} and _enumerates(block.marker) else ""
        text = lead + block.text.strip()
        shift = len(lead) - (len(block.text) - len(block.text.lstrip()))
        calls = tuple(NoteCall(call.number, min(call.at + shift, len(text))) for call in block.calls)
        pages = None if block.page is None else (block.page, block.page)
        return cls(text, _FIRST_KIND.get(block.shape, PassageKind.PARAGRAPH), block, calls, pages, cut)

    @property
    def is_heading(self) -> bool:
        """Whether the piece is a heading."""
        return self.kind == PassageKind.HEADING

    @property
    def is_text(self) -> bool:
        """Whether the piece is body text: a paragraph, an item or a quote."""
        return self.kind in {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.QUOTE}

    @property
    def bold(self) -> bool:
        """Whether the whole block is bold."""
        return self.block.emphasis == Emphasis.BOLD

    def glued(self, other: Piece, separator: str = " ") -> Piece:
        """Return this piece with the other one's text behind its own; calls and pages follow."""
        offset = len(self.text) + len(separator)
        calls = (*self.calls, *(NoteCall(call.number, call.at + offset) for call in other.calls))
        pages = self.pages or other.pages
        if pages and other.pages:
            pages = (pages[0], max(pages[1], other.pages[1]))
        block = replace(self.block, full=other.block.full, lines=self.block.lines + other.block.lines)
        return replace(self, text=f"{self.text}{separator}{other.text}", calls=calls, pages=pages, block=block)


_FIRST_KIND = {
    Shape.HEADING: PassageKind.HEADING,
    Shape.ITEM: PassageKind.LIST_ITEM,
    Shape.QUOTE: PassageKind.QUOTE,
    Shape.NOTE: PassageKind.FOOTNOTE,
    Shape.TABLE: PassageKind.TABLE,
}


def _enumerates(marker: str) -> bool:
    return any(character.isalnum() for character in marker)

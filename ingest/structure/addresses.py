"""Every piece gets its locator: stable for labelled passages, counted for the others, unique in the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.errors import LocatorError
from corpus.locator import COUNTED, STRUCTURE, Locator, Step
from corpus.model import BODY_KINDS
from ingest.enumerators import keyword
from ingest.structure.piece import Piece


def locators(pieces: Sequence[Piece]) -> list[Locator]:
    """One locator a piece, in order.

    A labelled passage keeps its label's locator inside its annex whatever stands elsewhere. A label that comes again
    under another heading is told apart by its chapter (`chapter-4/art-5-1`), a further passage at the same place by a
    count.
    """
    counts: Counter[str] = Counter()
    owners: dict[str, int] = {}
    used: Counter[str] = Counter()
    out = []
    for piece in pieces:
        base = _labelled(piece) or _counted(piece, counts)
        if owners.setdefault(base.path, piece.division) != piece.division and piece.label:
            base = Locator((*base.container, *_chapters(piece), *base.steps[len(base.container) :]))
        used[base.path] += 1
        out.append(Locator(base.steps, used[base.path]))
    return out


def _labelled(piece: Piece) -> Locator | None:
    if not piece.label:
        return None
    # notes are numbered through the whole document, annexes included
    container = () if piece.label.startswith("fn ") else piece.container
    try:
        return Locator.from_label(piece.label, container)
    except LocatorError:
        return None


def _counted(piece: Piece, counts: Counter[str]) -> Locator:
    unit = COUNTED if piece.kind in BODY_KINDS else STRUCTURE
    counts[unit] += 1
    return Locator((Step(unit, (str(counts[unit]),)),))


def _chapters(piece: Piece) -> tuple[Step, ...]:
    keys = [key for text in piece.section if (key := keyword(text)) and key.word in {"part", "chapter", "section"}]
    return tuple(Step(key.word, (key.number.casefold(),)) for key in keys)

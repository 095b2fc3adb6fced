"""Which instrument a document is the text of, as its symbol or title tells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from corpus.authority import instruments
from corpus.model import Document, DocumentKind

#: Kinds of documents that may be the text of the instrument that their title names; a lecture is called after one.
TEXTS = frozenset({DocumentKind.TREATY, DocumentKind.RESOLUTION, DocumentKind.LEGISLATION, DocumentKind.OTHER})
#: Names whose instrument is remembered.
_REMEMBERED = 1 << 14


def instrument_of(document: Document) -> str:
    """The id of the registered instrument, or of the resolution, that a document is the text of; "" if it is none."""
    written = [document.symbol, *(_names(document.title) if document.kind in TEXTS else ())]
    return next(filter(None, map(_registered, written)), "")


def _names(title: str) -> Iterator[str]:
    """A title whole, without what stands in brackets behind it, and the parts before and behind its colon."""
    yield title
    yield title.partition("(")[0]
    before, colon, behind = title.partition(":")
    if colon:
        yield from (behind, before)


@lru_cache(maxsize=_REMEMBERED)
def _registered(name: str) -> str:
    found = instruments.parse(name) if name.strip() else None
    return found.id if found else ""

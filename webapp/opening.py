"""The page of a document that a request asks for: its part, passages with what they name, and the ways to the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from corpus.model import Document, Passage
from corpus.store import Store
from webapp import links
from webapp.links import Selection
from webapp.order import Entry, Order
from webapp.parts import Parts


@dataclass(frozen=True)
class Asked:
    """What of a document is asked for: a part by its number or by a place in it, or all of it on one page."""

    selection: Selection
    part: int = 1
    at: str = ""
    whole: bool = False


class Opened:
    """A document opened at a part. Passages of long documents are read with their annotations for this part alone."""

    def __init__(self, store: Store, document: Document, asked: Asked) -> None:
        self._store, self._asked = store, asked
        self._urls: dict[int, str] = {}
        self._is_long = links.may_be_divided(document.id)
        self.document = document
        self.passages = store.plain(document.id) if self._is_long else store.passages(document.id)
        self.order = Order(document, self.passages)
        self.parts = Parts(self.order.entries)
        self.number = 0 if asked.whole else min(self.parts.of(asked.at) or max(asked.part, 1), self.parts.count)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What stands on the page."""
        return self.parts.held(self.number) if self.number else self.order.entries

    @property
    def page_before(self) -> int | None:
        """The page of the source on which the part before ends."""
        before = self.parts.before(self.number) if self.number else None
        return before.passage.page[1] if before and before.passage.page else None

    @cached_property
    def shown(self) -> Mapping[str, Passage]:
        """The passages on the page by id, with their annotations."""
        passages = [passage for entry in self.entries for passage in entry.passages]
        if self._is_long:
            passages = self._store.passages_by_id([passage.id for passage in passages])
        return {passage.id: passage for passage in passages}

    def address(self, anchor: str) -> str:
        """Where a place of the document is, from this page."""
        part = self.parts.of(anchor)
        elsewhere = self.number and part not in {0, self.number}
        return (self.url(part) if elsewhere else "") + f"#{quote(anchor, safe=links.READABLE)}"

    def url(self, number: int) -> str:
        """The address of a part, of the whole document for 0."""
        if number not in self._urls:
            part = number or links.WHOLE
            self._urls[number] = links.document_url(self.document.id, asked=self._asked.selection, part=part)
        return self._urls[number]

    def title(self, number: int) -> str:
        """The first heading in a part, "" if it has none."""
        headings = (entry.passage.text for entry in self.parts.held(number) if entry.is_heading)
        return next(headings, "")

    @property
    def neighbours(self) -> Iterator[tuple[str, int]]:
        """The parts before and behind, as `rel` names them."""
        for rel, number in (("prev", self.number - 1), ("next", self.number + 1)):
            if self.number and 1 <= number <= self.parts.count:
                yield rel, number

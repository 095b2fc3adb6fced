"""A document to read: headings with their level, passages with anchors, notes beside their callers, page breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus.model import Annotation, AnnotationType, Passage, PassageKind
from webapp import links
from webapp.highlighting import Call, Mark, Span, calls_for, marks_for, render
from webapp.lines import is_item
from webapp.order import Entry, Order, level_of

#: Kinds whose names are not marked.
_PLAIN = frozenset({PassageKind.HEADING, PassageKind.TITLE})
#: HTML has six heading levels, the first of which is the document's title.
_DEEPEST = 6
#: Facet that an annotation leads to; a provision leads to its instrument.
_FACETS = {
    AnnotationType.ORGANISATION: "organisation",
    AnnotationType.INSTRUMENT: "instrument",
    AnnotationType.PROVISION: "instrument",
    AnnotationType.COUNTRY: "country",
    AnnotationType.YEAR: "year",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or passage in reading order, with the notes it calls and the page that begins before or inside it."""

    passage: Passage
    text: Markup
    anchor: str
    url: str
    level: int = 0
    notes: tuple[Block, ...] = ()
    back: str = ""
    page_before: str | None = None
    page_after: str | None = None

    @property
    def bulleted(self) -> bool:
        """Whether it is a list item whose own mark was only a bullet, which the text does not keep."""
        return self.passage.kind == PassageKind.LIST_ITEM and not is_item(self.passage.text)

    @property
    def number(self) -> str:
        """The note's own number, "" for what is no note."""
        return self.passage.locator.steps[-1].numbers[0] if self.passage.kind == PassageKind.FOOTNOTE else ""


class Reader:
    """Turns a document's passages into blocks.

    `known` holds the values that have a page, by facet; names outside it (in a masthead, say) are marked but not
    linked. None links every name. `hits` are the spans to mark, by passage. `address` gives that of a place in the
    document where it does not stand on the page as a whole.
    """

    def __init__(
        self,
        order: Order,
        known: Mapping[str, Container[str]] | None = None,
        hits: Mapping[str, Sequence[Span]] | None = None,
        address: Callable[[str], str] | None = None,
    ) -> None:
        self.order, self.known, self.hits = order, known, hits or {}
        self._address = address
        self._pages: dict[tuple[str, str], str] = {}

    def blocks(
        self,
        entries: Iterable[Entry] | None = None,
        annotated: Mapping[str, Passage] | None = None,
        page: int | None = None,
    ) -> Iterator[Block]:
        """Blocks of the entries, all if None; behind page `page`, if it is given.

        `annotated` are the passages of the entries with their annotations, by id, where those of the document were
        read without.
        """
        given = annotated or {}
        for entry in self.order.entries if entries is None else entries:
            passage = entry.passage
            begins, ends = passage.page or (page, page)
            first, last = passage.pages or (None, None)
            turned = first if page is not None and begins != page else None
            inside = last if ends != begins else None
            page = ends
            yield self._block(entry, given, page_before=turned, page_after=inside)

    def _block(
        self,
        entry: Entry,
        annotated: Mapping[str, Passage],
        page_before: str | None = None,
        page_after: str | None = None,
    ) -> Block:
        passage = annotated.get(entry.passage.id, entry.passage)
        return Block(
            passage=passage,
            text=render(
                passage.text,
                hits=self.hits.get(passage.id, ()),
                marks=self._marks(passage),
                calls=self._calls(passage) if passage.calls else (),
            ),
            anchor=entry.anchor,
            url=links.passage_url(passage.id),
            level=min(level_of(passage) + 1, _DEEPEST) if entry.is_heading else 0,
            notes=tuple(self._block(note, annotated) for note in entry.notes),
            back=self._back(passage),
            page_before=page_before,
            page_after=page_after,
        )

    def _marks(self, passage: Passage) -> tuple[Mark, ...]:
        # Headings are structure: what they name is named below them, and a heading full of links reads badly.
        return marks_for(passage.annotations, self.link) if passage.kind not in _PLAIN else ()

    def link(self, ann: Annotation) -> str:
        """The address of what an annotation stands for, "" if it has no page."""
        if ann.type == AnnotationType.NOTE:
            place = self._address or (lambda anchor: links.document_url(self.order.document.id, anchor))
            return place(ann.value) if ann.value else ""
        facet = _FACETS.get(ann.type, "")
        if not facet:
            return ""
        if self.known is not None and ann.value not in self.known.get(facet, ()):
            return ""
        article = re.match(r"\d+", ann.articles) if ann.articles else None
        return self._page_of(facet, ann.value) + (f"#art-{article[0]}" if article else "")

    def _page_of(self, facet: str, value: str) -> str:
        """The address of a name's page, worked out once for a document."""
        if (facet, value) not in self._pages:
            self._pages[facet, value] = links.entity_url(facet, value)
        return self._pages[facet, value]

    def _calls(self, passage: Passage) -> tuple[Call, ...]:
        def link(number: int) -> str:
            note = self.order.note(number, passage)
            return self._place(note.id.partition("/")[2]) if note else ""

        found = calls_for((call for call in passage.calls if link(call.number)), link)
        first = {call.number: call for call in reversed(found)}
        # Only the first call of a number can be returned to: a name may stand once on a page.
        return tuple(
            replace(call, id=_call_id(passage, call.number)) if first[call.number] is call else call for call in found
        )

    def _back(self, note: Passage) -> str:
        caller = self.order.caller(note)
        if caller is None:
            return ""
        number = note.locator.steps[-1].numbers[0]
        return f"#{_call_id(caller, int(number))}" if number.isdecimal() else ""

    def _place(self, anchor: str) -> str:
        return self._address(anchor) if self._address else f"#{anchor}"


def _call_id(caller: Passage, number: int) -> str:
    return f"call-{number}-in-{caller.sequence}"

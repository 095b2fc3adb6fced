"""A document to read: headings with their level, passages with anchors, notes beside their callers, page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from corpus.model import Annotation, AnnotationType, Document, Passage, PassageKind
from webapp import links
from webapp.highlighting import Call, Mark, Span, calls_for, marks_for, render
from webapp.lines import is_item

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


@dataclass
class _Notes:
    """Which note a call means: the first of its number at or behind the caller, else the last before it."""

    by_number: dict[str, list[Passage]] = field(default_factory=dict)

    def find(self, number: int, caller: Passage) -> Passage | None:
        candidates = self.by_number.get(str(number), [])
        behind = [note for note in candidates if note.sequence > caller.sequence]
        return behind[0] if behind else candidates[-1] if candidates else None


class Reader:
    """Turns a document's passages into blocks.

    `known` holds the values that have a page, by facet; names outside it (in a masthead, say) are marked but not
    linked. None links every name. `hits` are the spans to mark, by passage.
    """

    def __init__(
        self,
        document: Document,
        passages: Sequence[Passage],
        known: Mapping[str, frozenset[str]] | None = None,
        hits: Mapping[str, Sequence[Span]] | None = None,
    ) -> None:
        self.document, self.passages, self.known, self.hits = document, passages, known, hits or {}
        self._notes = _Notes()
        for note in passages:
            if note.kind == PassageKind.FOOTNOTE:
                self._notes.by_number.setdefault(note.locator.steps[-1].numbers[0], []).append(note)
        self._callers: dict[str, Passage] = {}
        # A note that only another note calls keeps its own place: taken along in a circle it would be lost.
        for passage in (passage for passage in passages if passage.kind != PassageKind.FOOTNOTE):
            for note in self._called_by(passage):
                self._callers.setdefault(note.id, passage)

    def blocks(self, chosen: Iterable[Passage] | None = None) -> Iterator[Block]:
        """Blocks of the chosen passages (all, if None) in reading order; called notes stand with their callers."""
        shown = list(self.passages if chosen is None else chosen)
        page: int | None = None
        for passage in shown:
            if passage.id in self._callers or self._repeats_title(passage):
                continue
            begins, ends = passage.page or (page, page)
            first, last = passage.pages or (None, None)
            turned = first if page is not None and begins != page else None
            inside = last if ends != begins else None
            page = ends
            yield self._block(passage, page_before=turned, page_after=inside)

    def caller(self, note: Passage) -> Passage | None:
        """The passage that calls the note first, None if none does."""
        return self._callers.get(note.id)

    def contents(self) -> tuple[tuple[int, str, str], ...]:
        """(level from 1, anchor, text) of every heading."""
        return tuple((level_of(p), p.locator.path, p.text) for p in self.passages if p.kind == PassageKind.HEADING)

    def _repeats_title(self, passage: Passage) -> bool:
        same = passage.text.casefold() == self.document.title.casefold()
        return passage.kind == PassageKind.TITLE and same and not passage.calls

    def _called_by(self, passage: Passage) -> list[Passage]:
        found = (self._notes.find(number, passage) for number in passage.notes)
        return [note for note in found if note is not None]

    def _block(self, passage: Passage, page_before: str | None = None, page_after: str | None = None) -> Block:
        called = dict.fromkeys(self._called_by(passage))
        notes = [note for note in called if self._callers.get(note.id) is passage]
        return Block(
            passage=passage,
            text=render(
                passage.text,
                hits=self.hits.get(passage.id, ()),
                marks=self._marks(passage),
                calls=self._calls(passage),
            ),
            anchor=passage.locator.path,
            url=links.passage_url(passage.id),
            level=min(level_of(passage) + 1, _DEEPEST) if passage.kind == PassageKind.HEADING else 0,
            notes=tuple(self._block(note) for note in notes),
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
            return links.document_url(self.document.id, ann.value) if ann.value else ""
        facet = _FACETS.get(ann.type, "")
        if not facet:
            return ""
        if self.known is not None and ann.value not in self.known.get(facet, ()):
            return ""
        article = re.match(r"\d+", ann.articles)
        return links.entity_url(facet, ann.value) + (f"#art-{article[0]}" if article else "")

    def _calls(self, passage: Passage) -> tuple[Call, ...]:
        def link(number: int) -> str:
            note = self._notes.find(number, passage)
            return f"#{note.locator.path}" if note else ""

        found = calls_for((call for call in passage.calls if link(call.number)), link)
        first = {call.number: call for call in reversed(found)}
        # Only the first call of a number can be returned to: a name may stand once on a page.
        return tuple(
            replace(call, id=_call_id(passage, call.number)) if first[call.number] is call else call for call in found
        )

    def _back(self, note: Passage) -> str:
        caller = self._callers.get(note.id)
        number = note.locator.steps[-1].numbers[0]
        return f"#{_call_id(caller, int(number))}" if caller and number.isdecimal() else ""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the `total` passages on a page that answer a search: its number, its anchor and those beside it."""

    number: int
    total: int
    anchor: str
    before: str = ""
    behind: str = ""


def places(blocks: Iterable[Block], hits: Mapping[str, Sequence[Span]]) -> dict[str, Place]:
    """The passages that answer, by id, numbered as they stand on the page: notes behind their callers."""
    shown = [each for block in blocks for each in (block, *block.notes) if each.passage.id in hits]
    anchors = ["", *(each.anchor for each in shown), ""]
    return {
        each.passage.id: Place(at + 1, len(shown), each.anchor, anchors[at], anchors[at + 2])
        for at, each in enumerate(shown)
    }


def level_of(heading: Passage) -> int:
    """Depth of a heading from 1; its own text may or may not close its section path."""
    path = heading.section[:-1] if heading.section and heading.section[-1] == heading.text else heading.section
    return len(path) + 1


def _call_id(caller: Passage, number: int) -> str:
    return f"call-{number}-in-{caller.sequence}"

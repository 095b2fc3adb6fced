"""The order of a document on its page: headings and passages as they follow, notes with the passages that call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Document, Passage, PassageKind


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading or passage with the notes that stand with it."""

    passage: Passage
    notes: tuple[Entry, ...] = ()

    @property
    def anchor(self) -> str:
        """Where links to it arrive."""
        return self.passage.id.partition("/")[2]

    @property
    def is_heading(self) -> bool:
        """Whether it stands in the table of contents."""
        return self.passage.kind == PassageKind.HEADING

    @property
    def passages(self) -> Iterator[Passage]:
        """The passage, then its notes and theirs."""
        yield self.passage
        for note in self.notes:
            yield from note.passages


class Order:
    """A document's passages in reading order; which note a call means, and which passage calls a note."""

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        self.document = document
        self._by_number: dict[int, list[Passage]] = {}
        for note in passages:
            number = note.locator.steps[-1].numbers[0] if note.kind == PassageKind.FOOTNOTE else ""
            if number.isdecimal():
                self._by_number.setdefault(int(number), []).append(note)
        self._callers: dict[str, Passage] = {}
        # A note that only another note calls keeps its own place: taken along in a circle it would be lost.
        for passage in passages:
            if passage.calls and passage.kind != PassageKind.FOOTNOTE:
                for note in self.called_by(passage):
                    self._callers.setdefault(note.id, passage)
        self.entries = tuple(self._entries(passages))

    def note(self, number: int, caller: Passage) -> Passage | None:
        """The note that a call means: the first of its number at or behind the caller, else the last before it."""
        candidates = self._by_number.get(number, [])
        behind = [note for note in candidates if note.sequence > caller.sequence]
        return behind[0] if behind else candidates[-1] if candidates else None

    def caller(self, note: Passage) -> Passage | None:
        """The passage that calls the note first, None if none does."""
        return self._callers.get(note.id)

    def called_by(self, passage: Passage) -> list[Passage]:
        """The notes that a passage calls."""
        found = (self.note(number, passage) for number in passage.notes)
        return list({note.id: note for note in found if note is not None}.values())

    def _entries(self, passages: Iterable[Passage]) -> Iterator[Entry]:
        shown = (each for each in passages if each.id not in self._callers and not self._repeats_title(each))
        return map(self._entry, shown)

    def _entry(self, passage: Passage) -> Entry:
        called = self.called_by(passage) if passage.calls else ()
        notes = (note for note in called if (caller := self.caller(note)) and caller.id == passage.id)
        return Entry(passage, tuple(map(self._entry, notes)))

    def _repeats_title(self, passage: Passage) -> bool:
        if passage.kind != PassageKind.TITLE or passage.calls:
            return False
        return passage.text.casefold() == self.document.title.casefold()


@dataclass(frozen=True, slots=True)
class Place:
    """One of the `total` passages on a page that answer a search: its number, its anchor and those beside it."""

    number: int
    total: int
    anchor: str
    before: str = ""
    behind: str = ""


def places(entries: Iterable[Entry], hits: Mapping[str, object]) -> dict[str, Place]:
    """The passages that answer, by id, numbered as they stand on the page: notes behind their callers."""
    shown = [each for entry in entries for each in (entry, *entry.notes) if each.passage.id in hits]
    anchors = ["", *(each.anchor for each in shown), ""]
    return {
        each.passage.id: Place(at + 1, len(shown), each.anchor, anchors[at], anchors[at + 2])
        for at, each in enumerate(shown)
    }


def level_of(heading: Passage) -> int:
    """Depth of a heading from 1; its own text may or may not close its section path."""
    path = heading.section[:-1] if heading.section and heading.section[-1] == heading.text else heading.section
    return len(path) + 1

"""Passage sets: named, ordered passages with a note each. Frozen values, and the steps from one to the next.

The entries of one heading (a week, a topic) stand together: a set is a row of sections, each with its entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Self

from corpus.errors import PinciteError

#: Passages of a set: more than a course reads, and few enough to be stored and shown in one go.
MOST_ENTRIES = 1000
#: Characters of a title, a heading or a tag; of an introduction or a note (ten printed pages); and tags of an entry.
LONGEST_TITLE, LONGEST_TEXT, MOST_TAGS = 200, 30_000, 20


class SetError(PinciteError):
    """A step that a passage set cannot take, or a file that holds none."""


class FrozenSetError(SetError):
    """A change of a set that is frozen."""


class NotInSetError(SetError):
    """A passage or heading that a set does not hold."""


class State(StrEnum):
    """What has become of an entry's passage."""

    PRESENT = "present"
    CHANGED = "changed"  # its text is no longer the one that was frozen
    MISSING = "missing"  # the library holds no such passage; the entry stays


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage of a set, by its id; `text` and its `sha256` are kept while the set is frozen, else empty."""

    passage_id: str
    note: str = ""
    tags: tuple[str, ...] = ()
    heading: str = ""
    text: str = ""
    sha256: str = ""

    def state(self, text: str | None) -> State:
        """What has become of the passage whose text is now `text`, None if the library does not hold it."""
        if text is None:
            return State.MISSING
        return State.CHANGED if self.sha256 and self.sha256 != fingerprint(text) else State.PRESENT


@dataclass(frozen=True, slots=True)
class PassageSet:
    """A set as it stands; `id` is "" until it is stored, `frozen` the UTC time of freezing in ISO form or ""."""

    title: str
    introduction: str = ""
    entries: tuple[Entry, ...] = ()
    frozen: str = ""
    id: str = ""

    @property
    def passage_ids(self) -> tuple[str, ...]:
        """Ids of the passages, in order."""
        return tuple(entry.passage_id for entry in self.entries)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Headings in order, each with its entries."""
        return tuple((heading, tuple(held)) for heading, held in groupby(self.entries, lambda entry: entry.heading))

    def renamed(self, title: str, introduction: str | None = None) -> Self:
        """Another title, and another introduction if one is given; raises `SetError`."""
        text = self.introduction if introduction is None else prose(introduction, "introduction")
        return replace(self._open(), title=named(title), introduction=text)

    def adding(self, passage_ids: Iterable[str]) -> Self:
        """The passages that are not in it yet, behind the last one and under its heading; raises `SetError`."""
        heading = self.entries[-1].heading if self.entries else ""
        new = [name for name in dict.fromkeys(passage_ids) if name not in self.passage_ids]
        return self._holding((*self.entries, *(Entry(name, heading=heading) for name in new)))

    def without(self, passage_id: str) -> Self:
        """The entry taken out; raises `SetError`."""
        at = self._at(passage_id)
        return self._holding((*self.entries[:at], *self.entries[at + 1 :]))

    def moved(self, passage_id: str, *, up: bool) -> Self:
        """The entry one place up or down; over the edge of its section, into the one beside it. Raises `SetError`."""
        entries, at = list(self.entries), self._at(passage_id)
        beside = at - 1 if up else at + 1
        if not 0 <= beside < len(entries):
            return self._open()
        if entries[beside].heading == entries[at].heading:
            entries[at], entries[beside] = entries[beside], entries[at]
        else:
            entries[at] = replace(entries[at], heading=entries[beside].heading)
        return self._holding(entries)

    def section_moved(self, heading: str, *, up: bool) -> Self:
        """All entries of a heading before or behind those of the heading beside it; raises `SetError`."""
        sections = list(self.sections)
        at = next((i for i, (name, _) in enumerate(sections) if name == heading), None)
        if at is None:
            raise NotInSetError(f"“{self.title}” has no heading {heading!r}")
        beside = at - 1 if up else at + 1
        if 0 <= beside < len(sections):
            sections[at], sections[beside] = sections[beside], sections[at]
        return self._holding([entry for _, held in sections for entry in held])

    def annotated(
        self, passage_id: str, *, note: str | None = None, tags: Iterable[str] | None = None, heading: str | None = None
    ) -> Self:
        """Another note, other tags, or another heading, under which it stands last; raises `SetError`."""
        at = self._at(passage_id)
        before = self.entries[at]
        after = replace(
            before,
            note=before.note if note is None else prose(note, "note"),
            tags=before.tags if tags is None else _tags(tags),
            heading=before.heading if heading is None else line(heading, "heading"),
        )
        if after.heading == before.heading:
            return self._holding((*self.entries[:at], after, *self.entries[at + 1 :]))
        return self._holding(_filed(self.without(passage_id).entries, after))

    def merged(self, other: PassageSet) -> Self:
        """The entries of both; what is in both has the notes and tags of both. Raises `SetError`."""
        result = self._open()
        for theirs in other.thawed().entries:
            if theirs.passage_id in result.passage_ids:
                ours = result.entries[result._at(theirs.passage_id)]  # noqa: SLF001  # of the same class
                note, tags = _both(ours.note, theirs.note), (*ours.tags, *theirs.tags)
                result = result.annotated(ours.passage_id, note=note, tags=tags)
            else:
                result = result._holding(_filed(result.entries, theirs))  # noqa: SLF001  # of the same class
        return result.renamed(result.title, _both(self.introduction, other.introduction))

    def copied(self, title: str) -> Self:
        """An open set of the same content that is not stored yet; raises `SetError`."""
        return replace(self.thawed(), id="", title=named(title))

    def frozen_with(self, texts: Mapping[str, str], at: str) -> Self:
        """Every passage with the text that it has now; raises `SetError` naming those that the library lacks."""
        missing = [name for name in self._open().passage_ids if name not in texts]
        if missing:
            raise SetError(f"only whole sets can be frozen; the library does not hold {', '.join(missing)}")
        kept = (replace(e, text=texts[e.passage_id], sha256=fingerprint(texts[e.passage_id])) for e in self.entries)
        return replace(self, entries=tuple(kept), frozen=at)

    def thawed(self) -> Self:
        """Open again, the texts of freezing forgotten."""
        return replace(self, entries=tuple(replace(entry, text="", sha256="") for entry in self.entries), frozen="")

    def _open(self) -> Self:
        if self.frozen:
            raise FrozenSetError(f"“{self.title}” is frozen; thaw it to change it, or change a copy of it")
        return self

    def _holding(self, entries: Sequence[Entry]) -> Self:
        if len(entries) > MOST_ENTRIES:
            raise SetError(f"a set holds {MOST_ENTRIES:,} passages at most")
        return replace(self._open(), entries=tuple(entries))

    def _at(self, passage_id: str) -> int:
        if passage_id not in self.passage_ids:
            raise NotInSetError(f"“{self.title}” does not hold the passage {passage_id!r}")
        return self.passage_ids.index(passage_id)


def fingerprint(text: str) -> str:
    """The SHA-256 of a passage's text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def named(title: str) -> str:
    """A title on one line; raises `SetError` for none."""
    text = line(title, "title")
    if not text:
        raise SetError("a set needs a title")
    return text


def line(text: str, what: str) -> str:
    """The text on one line; raises `SetError` naming `what` is too long."""
    return _within(" ".join(text.split()), what, LONGEST_TITLE)


def prose(text: str, what: str) -> str:
    """The text with line breaks as they are stored, blanks around it taken off; raises `SetError` if it is too long."""
    return _within("\n".join(text.splitlines()).strip(), what, LONGEST_TEXT)


def _within(text: str, what: str, most: int) -> str:
    if len(text) > most:
        raise SetError(f"the {what} is too long: {len(text):,} characters, at most {most:,}")
    return text


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    read = tuple(dict.fromkeys(filter(None, (line(tag, "tag") for tag in tags))))
    if len(read) > MOST_TAGS:
        raise SetError(f"a passage has {MOST_TAGS} tags at most")
    return read


def _filed(entries: Sequence[Entry], entry: Entry) -> tuple[Entry, ...]:
    """The entry as the last of its section; a section that is new stands last."""
    at = max((i + 1 for i, each in enumerate(entries) if each.heading == entry.heading), default=len(entries))
    return (*entries[:at], entry, *entries[at:])


def _both(ours: str, theirs: str) -> str:
    """Our text, and below it the paragraphs of theirs that it has not."""
    held = ours.split("\n\n")
    return "\n\n".join(filter(None, (ours, *(part for part in theirs.split("\n\n") if part not in held))))

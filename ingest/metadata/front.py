"""Where a document speaks of itself: its masthead, its titles, its running headers, its opening and its close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.model import Passage, PassageKind

#: Places where facts are found, as people read them; lines of the masthead are counted from 1.
TITLE, HEADER, RUNNING, CITATION, FILE = "title", "running header", "running text", "citation note", "file metadata"
#: Body passages that still belong to the opening or already to the close (testimonium, signatures).
OPENING, CLOSE = 14, 10


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in the form of a catalogue entry, and where it stands in the document."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the front: its text, where it stands, and whether the structure took it for the title."""

    text: str
    where: str
    is_title: bool = False
    is_heading: bool = False


@dataclass(frozen=True)
class Front:
    """The parts of a document that hold its bibliographic facts.

    `lines` is the masthead in reading order, page headers of the first page first; `notes` are later lines about the
    document (how to cite, keywords); `headers` the running headers; `passages` the whole text.
    """

    lines: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    headers: tuple[Line, ...] = ()
    passages: Sequence[Passage] = field(default_factory=tuple)

    @cached_property
    def text(self) -> str:
        """The masthead as one text, lines kept apart."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """Texts of the first body passages."""
        return tuple(passage.text for passage in self.passages if passage.is_body)[:OPENING]

    @cached_property
    def close(self) -> tuple[str, ...]:
        """Texts of the last body passages that are no notes or references."""
        quiet = {PassageKind.FOOTNOTE, PassageKind.REFERENCE, PassageKind.TABLE}
        return tuple(passage.text for passage in self.passages if passage.is_body and passage.kind not in quiet)[
            -CLOSE:
        ]

    @cached_property
    def running(self) -> str:
        """The body text as one, for what it says about the front's words."""
        return "\n".join(passage.text for passage in self.passages if passage.kind != PassageKind.TITLE)

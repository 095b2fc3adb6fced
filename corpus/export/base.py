"""What every export format is: something that passages are written to one by one, and that is then finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Protocol

from corpus.citation import DEFAULT_STYLE, cite
from corpus.citation.pinpoint import Words, pinpoint_of, printed
from corpus.model import Document, Passage

#: Pages are marked, because a bare number in front of a passage would pass for its own; headings stand elsewhere.
_PLACE = Words(page="p {}", pages="pp {}", heading="")
#: Characters that XML 1.0 cannot hold and that no reader shows; they reach texts through damaged sources.
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True)
class Options:
    """What a user chooses for an export: the citation style, and the public address that permalinks start with."""

    style: str = DEFAULT_STYLE
    base_url: str = ""

    def cite(self, document: Document, passage: Passage | None = None) -> str:
        """The citation in the chosen style."""
        return cite(document, passage, self.style)

    def link(self, passage: Passage) -> str:
        """The permalink, "" without a public address."""
        return f"{self.base_url.rstrip('/')}/passages/{passage.id}" if self.base_url else ""


class Exporter(Protocol):
    """One export under way; made with the stream and the options. Identical input gives identical bytes."""

    def write(self, document: Document, passage: Passage) -> None:
        """Add a passage after those written before."""

    def finalize(self) -> None:
        """Write what comes last; the stream stays open."""


class LineWriter:
    """UTF-8 text written to a binary stream."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.stream, self.options = stream, options

    def put(self, text: str) -> None:
        """Write the text as it stands."""
        self.stream.write(text.encode())


class WorkWriter:
    """Collects passages by document, documents in order of appearance, for formats that list works.

    A reference manager holds one entry for a work; thirty entries for thirty passages would be cited as 2018a, 2018b...
    """

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.stream, self.options = stream, options
        self.works: dict[str, tuple[Document, list[Passage]]] = {}

    def write(self, document: Document, passage: Passage) -> None:
        """Remember the passage under its work."""
        self.works.setdefault(document.id, (document, []))[1].append(passage)


def note(passage: Passage, options: Options) -> str:
    """A passage as a reference manager's note: pinpoint, text, permalink, on one line each."""
    place = pinpoint(passage)
    text = printable(passage.text)
    return "\n".join(filter(None, (f"{place}: {text}" if place else text, options.link(passage))))


def pinpoint(passage: Passage) -> str:
    """What stands in front of a passage in a list: its label, else its page, with the division that it stands in."""
    return printed(pinpoint_of(passage), _PLACE)


def pages(passage: Passage) -> str | None:
    """`3`, or `3–4` with an en dash, which no spreadsheet takes for the third of April; None without pages.

    These are the numbers that the pages bear: `iv`, `287`.
    """
    if passage.pages is None:
        return None
    first, last = passage.pages
    return first if first == last else f"{first}–{last}"


def printable(text: str) -> str:
    """The text without control characters; line breaks and tabs stay."""
    return text.translate(_UNPRINTABLE)


def one_line(text: str) -> str:
    """The text with every run of blanks and line breaks as one blank."""
    return " ".join(printable(text).split())


def write_all(exporter: Exporter, pairs: Iterable[tuple[Document, Passage]]) -> int:
    """Write the pairs and finish; the number of passages."""
    count = 0
    for document, passage in pairs:
        exporter.write(document, passage)
        count += 1
    exporter.finalize()
    return count

"""What every export format is: something that passages are written to one by one, and that is then finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from corpus.citation import DEFAULT_STYLE, cite
from corpus.citation.pinpoint import Words, pinpoint_of, printed
from corpus.export.collection import Collection, Remark
from corpus.export.provenance import Provenance
from corpus.export.text import paragraphs, printable
from corpus.model import Document, Passage

#: Pages are marked, because a bare number in front of a passage would pass for its own; headings stand elsewhere.
_PLACE = Words(page="p {}", pages="pp {}", heading="")
#: The title of passages that nobody gave one; what is said of a passage where nothing is.
_TITLE, _NOTHING = "Passages", Remark()
#: Bytes of what waits to be written that are kept in memory; more wait in a temporary file.
IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """What an export is made with: citation style, public address of permalinks, what the file says of itself.

    `byte_order_mark` asks for the mark by which Excel knows that a CSV file is UTF-8. `collection` is what the passages
    were put together as.
    """

    style: str = DEFAULT_STYLE
    base_url: str = ""
    provenance: Provenance | None = None
    byte_order_mark: bool = True
    collection: Collection | None = None

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself, name by name."""
        return self.provenance.facts if self.provenance else ()

    @property
    def title(self) -> str:
        """What the whole is called."""
        return self.collection.title if self.collection else _TITLE

    @property
    def introduction(self) -> list[str]:
        """The paragraphs that introduce it."""
        return paragraphs(self.collection.introduction) if self.collection else []

    def remark(self, passage: Passage) -> Remark:
        """What the collection adds to the passage, empty without one."""
        return self.collection.remarks.get(passage.id, _NOTHING) if self.collection else _NOTHING

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

    def close(self) -> None:
        """Give back temporary files, whether the export was finished or not."""


class LineWriter:
    """UTF-8 text written to a binary stream as it comes; nothing is kept."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.stream, self.options = stream, options

    def put(self, text: str) -> None:
        """Write the text as it stands."""
        self.stream.write(text.encode())

    def finalize(self) -> None:
        """Nothing comes last."""

    def close(self) -> None:
        """There is nothing to give back."""


class WorkWriter:
    """Collects passages by document, documents in order of appearance, for formats that list works.

    A reference manager holds one entry for a work; thirty entries for thirty passages would be cited as 2018a, 2018b...
    The notes wait in a temporary file: memory holds the documents, two numbers a passage, and the notes of one work.
    """

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        self.stream, self.options = stream, options
        self._waiting = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # `close` closes it
        self._works: dict[str, tuple[Document, list[tuple[int, int]]]] = {}

    def write(self, document: Document, passage: Passage) -> None:
        """Keep the passage's note under its work."""
        written = note(document, passage, self.options).encode()
        place = (self._waiting.tell(), len(written))
        self._waiting.write(written)
        self._works.setdefault(document.id, (document, []))[1].append(place)

    def works(self) -> Iterator[tuple[Document, list[str]]]:
        """The documents, each with the notes of its passages."""
        for document, places in self._works.values():
            yield document, [self._note(*place) for place in places]

    def close(self) -> None:
        """Give back the temporary file."""
        self._waiting.close()

    def _note(self, start: int, length: int) -> str:
        self._waiting.seek(start)
        return self._waiting.read(length).decode()


def note(document: Document, passage: Passage, options: Options) -> str:
    """A passage as a reference manager's note: pinpoint, text; citation; permalink; remarks, on lines of their own."""
    place = pinpoint(passage)
    text = printable(passage.text)
    quoted = f"{place}: {text}" if place else text
    remark = options.remark(passage)
    facts = ((("Heading", remark.heading),) if remark.heading else ()) + remark.facts
    remarks = (f"{name}: {value}" for name, value in facts)
    return "\n".join(filter(None, (quoted, options.cite(document, passage), options.link(passage), *remarks)))


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


def write_all(exporter: Exporter, pairs: Iterable[tuple[Document, Passage]]) -> int:
    """Write the pairs and finish; the number of passages."""
    count = 0
    with closing(exporter):
        for document, passage in pairs:
            exporter.write(document, passage)
            count += 1
        exporter.finalize()
    return count

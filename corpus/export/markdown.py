"""Markdown: passages as quotations with their citations, under a heading for each run of one document."""

from __future__ import annotations

import re
from typing import IO

from corpus.export.base import LineWriter, Options, pinpoint
from corpus.export.headings import Headings
from corpus.export.text import one_line, paragraphs, printable
from corpus.model import Document, Passage

#: Characters that Markdown (CommonMark 0.31) may take for markup inside a line.
_INLINE = re.compile(r"([\\`*_#\[\]<>&|~])")
#: Beginnings of lines that it takes for a heading, a list, a rule or a quotation.
_LINE_START = re.compile(r"^(\s*)([+=-]|\d+(?=[.)]))", re.MULTILINE)


class Markdown(LineWriter):
    """CommonMark in UTF-8."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self._headings = Headings(options)
        self.put(f"# {escape(one_line(options.title))}\n")
        self.put("".join(f"\n{_lines(part)}\n" for part in options.introduction))
        if options.facts:
            self.put("\n" + "".join(f"- {name}: {escape(value)}\n" for name, value in options.facts))

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage as a quotation, after the headings that open with it; what is said of it follows."""
        for level, heading in self._headings.before(document, passage):
            self.put(f"\n#{'#' * level} {escape(one_line(heading))}\n")
        remarks = "".join(f"{_remark(*fact)}\n\n" for fact in self.options.remark(passage).facts)
        quote = f"{self._head(passage)}{_quoted(passage.text)}"
        self.put(f"\n{quote}\n\n{remarks}{self._source(document, passage)}\n")

    def _head(self, passage: Passage) -> str:
        place = pinpoint(passage)
        return f"**{escape(place)}**\n\n" if place else ""

    def _source(self, document: Document, passage: Passage) -> str:
        link = self.options.link(passage)
        return escape(self.options.cite(document, passage)) + (f" [{escape(passage.id)}](<{link}>)" if link else "")


def escape(text: str) -> str:
    """The text so that Markdown prints it as it stands."""
    escaped = _INLINE.sub(r"\\\1", printable(text))
    return _LINE_START.sub(_escaped_start, escaped)


def _escaped_start(match: re.Match[str]) -> str:
    r"""`1.` becomes `1\.`, `-` becomes `\-`."""
    return match[1] + (f"{match[2]}\\" if match[2].isdecimal() else f"\\{match[2]}")


def _quoted(text: str) -> str:
    """A block quotation."""
    return _lines(text, "> ")


def _remark(name: str, text: str) -> str:
    """What is said of a passage, the name before its first paragraph."""
    return "\n\n".join(map(_lines, paragraphs(f"{name}: {text}")))


def _lines(text: str, margin: str = "") -> str:
    """Lines stay lines (two blanks at the end), their indents go, which would make them code."""
    return "  \n".join(f"{margin}{line.strip()}" for line in escape(text).split("\n"))

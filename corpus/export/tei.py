"""TEI P5 for text editions and text mining: passages as `cit`, a quotation with its source, in a `div` a document.

A `div` holds a run of passages of one document, which its `n` names. The `n` of a `cit` is the passage's id; its
`quote` is the passage, lines parted by `lb`; its `bibl` is the citation, with the pinpoint as `citedRange` and the
permalink as `ref`. Under the headings of a collection stand divisions of divisions; a `note` in a `cit` is what its
collector says of the passage, or the tags.
"""

from __future__ import annotations

from typing import IO

from corpus.export.base import LineWriter, Options, pinpoint
from corpus.export.headings import Headings
from corpus.export.text import one_line, xml
from corpus.model import Document, Passage

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<publicationStmt><p>Exported from a Pincite library.</p></publicationStmt>
<sourceDesc><p>The source of each quotation stands beside it.</p></sourceDesc>
</fileDesc>
"""
_BODY = "</teiHeader>\n<text>\n<body>\n"
#: A body must not be empty.
_NOTHING = "<p>No passages.</p>\n"


class Tei(LineWriter):
    """One document in UTF-8, written as the passages come; `encodingDesc` says what was asked for."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self._headings, self._open = Headings(options), 0
        self.put(_HEAD.format(title=xml(one_line(options.title))))
        if options.facts:
            facts = (f"<p>{name}: {xml(value)}</p>\n" for name, value in options.facts)
            self.put(f"<encodingDesc><samplingDecl>\n{''.join(facts)}</samplingDecl></encodingDesc>\n")
        self.put(_BODY)
        self.put("".join(f"<p>{_lines(part)}</p>\n" for part in options.introduction))

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage, in new divisions where the heading or the document changes."""
        for level, heading in self._headings.before(document, passage):
            self._close(level - 1)
            number = f' n="{xml(document.id)}"' if level == self._headings.depth else ""
            self.put(f"<div{number}>\n<head>{xml(one_line(heading))}</head>\n")
            self._open = level
        language = f' xml:lang="{xml(document.language)}"' if document.language else ""
        quote = f"<quote{language}>{_lines(passage.text)}</quote>"
        remarks = (
            f'<note type="{name.lower()}">{_lines(text)}</note>\n' for name, text in self.options.remark(passage).facts
        )
        content = f"{quote}\n{''.join(remarks)}{self._source(document, passage)}"
        self.put(f'<cit n="{xml(passage.id)}">\n{content}</cit>\n')

    def finalize(self) -> None:
        """Close the divisions and the document."""
        self.put("" if self._open else _NOTHING)
        self._close(0)
        self.put("</body>\n</text>\n</TEI>\n")

    def _close(self, level: int) -> None:
        """End the divisions below the level."""
        self.put("</div>\n" * (self._open - level))

    def _source(self, document: Document, passage: Passage) -> str:
        place, link = xml(pinpoint(passage)), xml(self.options.link(passage))
        cited = f" <citedRange>{place}</citedRange>" if place else ""
        reference = f' <ref target="{link}">{link}</ref>' if link else ""
        return f"<bibl>{xml(self.options.cite(document, passage))}{cited}{reference}</bibl>\n"


def _lines(text: str) -> str:
    return "<lb/>".join(map(xml, text.split("\n")))

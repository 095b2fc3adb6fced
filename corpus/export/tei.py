"""TEI P5 for text editions and text mining: passages as `cit`, a quotation with its source, in a `div` a document.

A `div` holds a run of passages of one document, which its `n` names. The `n` of a `cit` is the passage's id; its
`quote` is the passage, lines parted by `lb`; its `bibl` is the citation, with the pinpoint as `citedRange` and the
permalink as `ref`.
"""

from __future__ import annotations

from typing import IO

from corpus.export.base import LineWriter, Options, pinpoint
from corpus.export.text import one_line, xml
from corpus.model import Document, Passage

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>Passages</title></titleStmt>
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
        self._document = ""
        self.put(_HEAD)
        if options.facts:
            facts = (f"<p>{name}: {xml(value)}</p>\n" for name, value in options.facts)
            self.put(f"<encodingDesc><samplingDecl>\n{''.join(facts)}</samplingDecl></encodingDesc>\n")
        self.put(_BODY)

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage, in a new division where the document changes."""
        if document.id != self._document:
            self.put(_opening(document) if not self._document else f"</div>\n{_opening(document)}")
            self._document = document.id
        language = f' xml:lang="{xml(document.language)}"' if document.language else ""
        quote = f"<quote{language}>{'<lb/>'.join(map(xml, passage.text.split(chr(10))))}</quote>"
        self.put(f'<cit n="{xml(passage.id)}">\n{quote}\n{self._source(document, passage)}</cit>\n')

    def finalize(self) -> None:
        """Close the last division and the document."""
        self.put("</div>\n" if self._document else _NOTHING)
        self.put("</body>\n</text>\n</TEI>\n")

    def _source(self, document: Document, passage: Passage) -> str:
        place, link = xml(pinpoint(passage)), xml(self.options.link(passage))
        cited = f" <citedRange>{place}</citedRange>" if place else ""
        reference = f' <ref target="{link}">{link}</ref>' if link else ""
        return f"<bibl>{xml(self.options.cite(document, passage))}{cited}{reference}</bibl>\n"


def _opening(document: Document) -> str:
    return f'<div n="{xml(document.id)}">\n<head>{xml(one_line(document.title))}</head>\n'

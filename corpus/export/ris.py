"""RIS for Zotero, EndNote and Mendeley: one record a work, a note a passage (Zotero makes each a child note)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.citation import csl
from corpus.export.base import WorkWriter, note, one_line
from corpus.model import Document, Passage

#: CSL type -> RIS type; SLIDE is what Zotero reads as a presentation, GOVDOC has no field for a series.
_TYPES = {
    "article-journal": "JOUR",
    "speech": "SLIDE",
    "report": "RPRT",
    "legislation": "STAT",
    "treaty": "LEGAL",
    "book": "BOOK",
    "document": "GEN",
}
#: CSL variable -> tag.
_TAGS = {
    "container-title": "T2",
    "event-title": "T2",
    "collection-title": "T3",
    "volume": "VL",
    "issue": "IS",
    "number": "M1",
    "edition": "ET",
    "publisher": "PB",
    "publisher-place": "CY",
    "event-place": "CY",
    "DOI": "DO",
    "URL": "UR",
    "language": "LA",
}
_LINE_END = "\r\n"


class Ris(WorkWriter):
    """UTF-8 records with the line ends that the format asks for."""

    def finalize(self) -> None:
        """Write the records in the order in which works first appear."""
        for document, passages in self.works.values():
            lines = [f"{tag}  - {one_line(value)}" for tag, value in self._fields(document, passages)]
            self.stream.write((_LINE_END.join((*lines, "ER  - ", "")) + _LINE_END).encode())

    def _fields(self, document: Document, passages: list[Passage]) -> Iterator[tuple[str, str]]:
        item = csl(document)
        yield "TY", _TYPES[item["type"]]
        yield "ID", document.id
        yield "TI", item["title"]
        for name in item.get("author", ()):
            yield "AU", _name(name)
        yield from _date(item)
        yield from ((tag, item[variable]) for variable, tag in _TAGS.items() if variable in item)
        yield from _pages(item)
        yield from (("N1", note(passage, self.options)) for passage in passages)


def _name(name: Mapping[str, str]) -> str:
    """`Family, Given, Suffix`; a body ends in a comma, which tells readers not to take it apart."""
    if "literal" in name:
        return f"{name['literal']},"
    return ", ".join(filter(None, (name.get("family"), name.get("given"), name.get("suffix"))))


def _date(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`PY` is the year, `DA` is `YYYY/MM/DD/` with empty places for what is not known."""
    for parts in item.get("issued", {}).get("date-parts", ()):
        yield "PY", str(parts[0])
        month, day = (*(f"{part:02}" for part in parts[1:]), "", "")[:2]
        yield "DA", f"{parts[0]}/{month}/{day}/"


def _pages(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    first, dash, last = item.get("page", "").partition("-")
    if first:
        yield "SP", first
    if dash:
        yield "EP", last

"""RIS for Zotero, EndNote and Mendeley: one record a work, a note a passage (Zotero makes each a child note)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.citation import csl
from corpus.export.base import WorkWriter
from corpus.export.text import one_line
from corpus.model import Document

#: CSL type -> RIS type, as Zotero and EndNote read them. SLIDE is Zotero's presentation. Documents of the United
#: Nations are reports, which have a number and an institution in both. Treaties and resolutions are statutes, as LEGAL
#: is read as a court case. GEN is read as a journal article (see `_EXTRA`).
_TYPES = {
    "article-journal": "JOUR",
    "speech": "SLIDE",
    "report": "RPRT",
    "legislation": "STAT",
    "treaty": "STAT",
    "book": "BOOK",
}
_OTHER = "GEN"
#: CSL type -> what Zotero takes for a better type than RIS can say, in its field "Extra".
_EXTRA = {"treaty": "Type: treaty", "document": "Type: document"}
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
#: Tags that a type has for other things: a report's number and series, the series that treaties and laws stand in.
_TAGS_OF = {
    "RPRT": {"number": "SN", "collection-title": "T2", "event-title": "T3"},
    "STAT": {"collection-title": "T2"},
}
_LINE_END = "\r\n"


class Ris(WorkWriter):
    """UTF-8 records with the line ends that the format asks for.

    The format has no comments and readers keep nothing of the file, so that each record's last note says which export
    it comes from.
    """

    def finalize(self) -> None:
        """Write the records in the order in which works first appear."""
        for document, notes in self.works():
            lines = [f"{tag}  - {one_line(value)}" for tag, value in self._fields(document, notes)]
            self.stream.write((_LINE_END.join((*lines, "ER  - ", "")) + _LINE_END).encode())

    def _fields(self, document: Document, notes: list[str]) -> Iterator[tuple[str, str]]:
        item = csl(document)
        kind = _TYPES.get(item["type"], _OTHER)
        tags = _TAGS | _TAGS_OF.get(kind, {})
        yield "TY", kind
        yield "ID", document.id
        yield "TI", item["title"]
        for name in item.get("author", ()):
            yield "AU", _name(name)
        yield from _date(item)
        yield from ((tag, item[variable]) for variable, tag in tags.items() if variable in item)
        yield from _form(document, item)
        yield from _pages(item)
        yield from (("N1", note) for note in notes)
        if self.options.provenance:
            yield "N1", self.options.provenance.line


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


def _form(document: Document, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`M3` is the form of a talk; a report's institution is its publisher."""
    if item["type"] == "speech":
        yield "M3", document.kind.value.capitalize()
    if item["type"] == "report" and "publisher" not in item and item.get("authority"):
        yield "PB", item["authority"]
    if item["type"] in _EXTRA:
        yield "M2", _EXTRA[item["type"]]


def _pages(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    first, dash, last = item.get("page", "").partition("-")
    if first:
        yield "SP", first
    if dash:
        yield "EP", last

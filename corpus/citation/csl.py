"""CSL-JSON items (citationstyles.org, schema 1.0.2): what Zotero, Mendeley, Pandoc and citation processors read."""

from __future__ import annotations

from typing import Any

from corpus.citation.names import Name
from corpus.citation.oscola import WORDS
from corpus.citation.pinpoint import printed
from corpus.citation.source import Genre, Source, page_range
from corpus.model import Document, Passage

_TYPES = {
    Genre.ARTICLE: "article-journal",
    Genre.LECTURE: "speech",
    Genre.SPEECH: "speech",
    Genre.UN_DOCUMENT: "report",
    Genre.RESOLUTION: "legislation",
    Genre.TREATY: "treaty",
    Genre.LEGISLATION: "legislation",
    Genre.REPORT: "report",
    Genre.BOOK: "book",
    Genre.OTHER: "document",
}
#: CSL variable -> the catalogue's names of the same fact.
_DETAILS = {
    "container-title": ("journal", "publication"),
    "volume": ("volume",),
    "issue": ("issue",),
    "page": ("pages",),
    "edition": ("edition",),
    "event-title": ("event", "course"),
    "collection-title": ("treaty_series", "series"),
    "publisher": ("publisher", "institution"),
    "publisher-place": ("place",),
    "genre": ("genre",),
    "jurisdiction": ("jurisdiction", "country"),
}
#: Genres that hold a place of an event, not of a publisher.
_TALKS = {Genre.LECTURE, Genre.SPEECH}


def csl(document: Document, passage: Passage | None = None) -> dict[str, Any]:
    """The item of a document; with a passage its id is the passage's and `note` holds the pinpoint."""
    source = Source(document, passage)
    item: dict[str, Any] = {
        "id": passage.id if passage else document.id,
        "type": _TYPES[source.genre],
        "title": source.title,
        **_creators(source),
        **({"issued": {"date-parts": [source.date.parts]}} if source.date else {}),
        **{variable: value for variable, names in _DETAILS.items() if (value := source.detail(*names))},
        **_identifiers(source),
    }
    if "page" in item:
        item["page"] = page_range(item["page"]).replace("–", "-")  # CSL's own separator
    if source.genre in _TALKS and "publisher-place" in item:
        item["event-place"] = item.pop("publisher-place")
    if place := printed(source.pinpoint, WORDS):
        item["note"] = place
    return item


def _creators(source: Source) -> dict[str, Any]:
    """Authors as names; the issuing body as `authority`, and as the author where no person is named."""
    found: dict[str, Any] = {}
    if source.creators:
        found["author"] = [_name(name) for name in source.creators]
    if source.body:
        found["authority"] = [{"literal": source.body}]
    return found


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _identifiers(source: Source) -> dict[str, str]:
    document = source.document
    number = source.symbol or source.detail("number")
    found = {"number": number, "DOI": document.doi, "URL": document.url, "language": document.language}
    return {variable: value for variable, value in found.items() if value}

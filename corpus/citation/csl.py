"""CSL-JSON items (citationstyles.org, schema 1.0.2): what Zotero, Mendeley, Pandoc and citation processors read."""

from __future__ import annotations

from typing import Any

from corpus.citation.dates import Date, parse_date
from corpus.citation.names import Name
from corpus.citation.oscola import WORDS
from corpus.citation.pinpoint import printed
from corpus.citation.source import Genre, Source, page_range
from corpus.citation.treaties import made, series
from corpus.model import Document, Passage

#: `legislation` is CSL's type of laws and of resolutions that a governing body adopts (appendix III).
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
    "title-short": ("short_title",),
}
#: Genres that hold a place of an event, not of a publisher.
_TALKS = {Genre.LECTURE, Genre.SPEECH}
#: Genres whose series has a volume, a number and a page of its own.
_IN_SERIES = {Genre.TREATY, Genre.LEGISLATION}


def csl(document: Document, passage: Passage | None = None) -> dict[str, Any]:
    """The item of a document; with a passage its id is the passage's and `note` holds the pinpoint."""
    source = Source(document, passage)
    item: dict[str, Any] = {
        "id": passage.id if passage else document.id,
        "type": _TYPES[source.genre],
        "title": source.title,
        **_creators(source),
        **_dates(source),
        **{variable: value for variable, names in _DETAILS.items() if (value := source.detail(*names))},
        **_identifiers(source),
        **_series(source),
    }
    item = {variable: value for variable, value in item.items() if value}
    if "page" in item:
        item["page"] = page_range(item["page"]).replace("–", "-")  # CSL's own separator
    if source.genre in _TALKS and "publisher-place" in item:
        item["event-place"] = item.pop("publisher-place")
    if source.genre == Genre.LECTURE:
        item.setdefault("genre", "Lecture")
    if place := printed(source.pinpoint, WORDS):
        item["note"] = place
    return item


def _creators(source: Source) -> dict[str, Any]:
    """Authors as names; the issuing body as `authority` (a text), and as the author where no person is named."""
    found: dict[str, Any] = {}
    if source.creators:
        found["author"] = [_name(name) for name in source.creators]
    if source.body:
        found["authority"] = source.body
    return found


def _name(name: Name) -> dict[str, Any]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    order = {"static-ordering": True} if name.family_first else {}
    return {part: value for part, value in parts.items() if value} | order


def _dates(source: Source) -> dict[str, Any]:
    """`issued`; of a treaty the day of its making, which is `available-date` where it was opened for signature."""
    act, day = made(source) if source.genre == Genre.TREATY else ("", source.date)
    found = {"issued": day, "accessed": parse_date(source.detail("accessed"))}
    if act == "opened for signature":
        found["available-date"] = day
    return {variable: _parts(date) for variable, date in found.items() if date}


def _parts(date: Date) -> dict[str, list[list[int]]]:
    return {"date-parts": [date.parts]}


def _series(source: Source) -> dict[str, str]:
    """Volume, number and page of a series stand apart: `189 UNTS 137` is volume 189 of the UNTS, page 137."""
    where = series(source)
    if source.genre not in _IN_SERIES or not where.name:
        return {}
    volume = f"{where.part} {where.number}" if where.part else where.volume
    facts = {"container-title": where.full_name, "volume": volume, "page": where.page}
    if not where.part and where.number:
        facts["number"] = where.number
    return facts | {"collection-title": ""}


def _identifiers(source: Source) -> dict[str, str]:
    document = source.document
    number = source.symbol or source.detail("number")
    found = {"number": number, "DOI": document.doi, "URL": document.url, "language": document.language}
    return {variable: value for variable, value in found.items() if value}

"""What reference managers read from a page: a COinS span beside a result, meta tags of a passage or document.

The keys are those that Zotero's translators COinS and Embedded Metadata take; what they cannot take is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from corpus.citation import csl
from corpus.export.base import pinpoint
from corpus.export.text import printable
from corpus.model import Document, Passage

#: CSL type -> Zotero's item type; anything else is a document, as are treaties, for which Zotero has no type.
_ITEM_TYPES = {
    "article-journal": "journalArticle",
    "book": "book",
    "legislation": "statute",
    "report": "report",
    "speech": "presentation",
}
_DOCUMENT = "document"
#: Item type -> format, genre and key of the title in a context object; the others are written as Dublin Core.
_FORMATS = {
    "journalArticle": ("journal", "article", "atitle"),
    "book": ("book", "book", "btitle"),
    "report": ("book", "report", "btitle"),
}
#: CSL variable -> key of a context object.
_KEYS = {
    "container-title": "jtitle",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "edition": "edition",
    "collection-title": "series",
    "publisher": "publisher",
    "publisher-place": "place",
    "event-place": "place",
    "language": "language",
}
#: CSL variable -> meta tag.
_TAGS = {
    "container-title": "citation_journal_title",
    "event-title": "citation_conference_title",
    "volume": "citation_volume",
    "issue": "citation_issue",
    "publisher": "citation_publisher",
    "DOI": "citation_doi",
    "language": "citation_language",
}


def coins(document: Document, passage: Passage, permalink: str) -> str:
    """The work as an OpenURL context object (Z39.88-2004), the pinpoint and the permalink in its description."""
    item = csl(document, passage)
    kind = item_type(item)
    form, genre, title = _FORMATS.get(kind, ("dc", "", "title"))
    place = pinpoint(passage)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rft.genre", genre) if genre else ("rft.type", kind),
        (f"rft.{title}", item["title"]),
        *_creators(item),
        ("rft.date", "-".join(_date(item))),
        *((f"rft.{key}", item[variable]) for variable, key in _KEYS.items() if variable in item),
        ("rft_id", f"info:doi/{item['DOI']}" if "DOI" in item else ""),
        ("rft_id", item.get("URL", permalink)),
        ("rft.description", f"{place}: {permalink}" if place else permalink),
    ]
    return urlencode([(key, value) for key, value in pairs if value], quote_via=quote)


def meta(document: Document, passage: Passage | None, permalink: str) -> tuple[tuple[str, str], ...]:
    """Names and contents of the meta tags of a document's page, or of a passage's with its words as the abstract."""
    item = csl(document, passage)
    kind = item_type(item)
    first, _, last = item.get("page", "").partition("-")
    pairs = [
        ("z:itemType", kind),
        ("citation_title", item["title"]),
        *(("citation_author", _author(name)) for name in item.get("author", ())),
        ("citation_publication_date", "/".join(_date(item))),
        *((tag, item[variable]) for variable, tag in _TAGS.items() if variable in item),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        *(_report(item) if kind == "report" else ()),
        ("citation_public_url", item.get("URL", permalink)),
        ("citation_fulltext_html_url", permalink),
        ("citation_abstract", _quoted(passage) if passage else ""),
    ]
    return tuple((name, content) for name, content in pairs if content)


def item_type(item: Mapping[str, Any]) -> str:
    """Zotero's name for the type of a CSL item."""
    return _ITEM_TYPES.get(item["type"], _DOCUMENT)


def _date(item: Mapping[str, Any]) -> list[str]:
    """`["2018", "10", "18"]`, as far as the date is known."""
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    return [f"{part:02}" for part in parts]


def _creators(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Bodies whole; persons inverted, the first of them in parts as well, which link resolvers ask for."""
    authors = item.get("author", ())
    yield from (("rft.aucorp", name["literal"]) for name in authors if "literal" in name)
    persons = [name for name in authors if "literal" not in name]
    for name in persons[:1]:
        yield "rft.aulast", name.get("family", "")
        yield "rft.aufirst", name.get("given", "")
    yield from (("rft.au", _inverted(name)) for name in persons)


def _author(name: Mapping[str, str]) -> str:
    """A person inverted; the sign behind keeps Zotero from taking one name for two or a body apart.

    It splits at a comma between two names of several words each, and reads a name without a comma as a person's.
    """
    if "literal" in name:
        return f"{name['literal']},"
    written = _inverted(name)
    family, _, given = written.partition(", ")
    return f"{written};" if " " in family and " " in given else written


def _inverted(name: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (name.get("family"), name.get("given"))))


def _report(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The body that issued a report and the report's number or symbol."""
    yield "citation_technical_report_institution", item.get("authority", "")
    yield "citation_technical_report_number", item.get("number", "")


def _quoted(passage: Passage) -> str:
    """The passage's words behind its pinpoint."""
    return ": ".join(filter(None, (pinpoint(passage), printable(passage.text))))

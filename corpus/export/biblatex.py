"""BibLaTeX: one entry a work, its passages in `annotation`; dates in ISO form, types for talks, treaties and laws."""

from __future__ import annotations

from typing import IO

from corpus.export.base import Options
from corpus.export.bibtex import Dialect, Entries, Item, field_value
from corpus.model import Document

#: Languages as babel names them; a language without a name there is left out, which means the document's own.
_LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
}


class Biblatex(Entries):
    """Entries of BibLaTeX's own data model, for biber."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options, _BIBLATEX)


def _more(document: Document, item: Item) -> dict[str, str]:
    """The date with its precision; type and institution, which reports must have; a talk's form; the language."""
    parts = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    found = {"date": "-".join(f"{part:02}" for part in parts)}
    if item["type"] == "report":
        found["institution"] = item.get("authority", "")
    if item["type"] in {"report", "speech"}:
        found["type"] = item.get("genre") or document.kind.value.capitalize()
    found["langid"] = _LANGUAGES.get(document.language[:2], "")
    return {field: field_value(field, text) for field, text in found.items() if text}


#: Entry types and fields of the BibLaTeX manual, 2.1 and 2.2: `unpublished` has fields for events, `legal` is for
#: treaties, `legislation` for laws and resolutions.
_BIBLATEX = Dialect(
    kinds={
        "article-journal": "article",
        "book": "book",
        "report": "report",
        "speech": "unpublished",
        "treaty": "legal",
        "legislation": "legislation",
    },
    fields={
        "container-title": "journaltitle",
        "volume": "volume",
        "issue": "number",
        "page": "pages",
        "number": "number",
        "edition": "edition",
        "publisher": "publisher",
        "publisher-place": "location",
        "event-title": "eventtitle",
        "event-place": "venue",
        "collection-title": "series",
        "DOI": "doi",
        "URL": "url",
    },
    annotation="annotation",
    more=_more,
)

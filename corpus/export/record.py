"""The export record: the one shape in which passages leave as data (JSON Lines, the search JSON, spreadsheets)."""

from __future__ import annotations

from typing import Any

from corpus.citation import DEFAULT_STYLE, cite
from corpus.export.base import pages
from corpus.model import Document, Passage

#: Keys of a record in their order; they always exist.
KEYS = (
    "id",
    "document",
    "source",
    "sequence",
    "kind",
    "label",
    "section",
    "page",
    "text",
    "notes",
    "organisations",
    "instruments",
    "provisions",
    "years",
    "countries",
    "citation",
)


def record(document: Document, passage: Passage, *, style: str = DEFAULT_STYLE) -> dict[str, Any]:
    """The passage as plain data, keys in the order of `KEYS`.

    `label` is None without a label; `section` is the list of headings, outermost first; `page` is "3", "3–4" or None
    (text in both cases, so that a column of pages has one type and no spreadsheet turns it into a date).
    """
    return {
        "id": passage.id,
        "document": passage.document_id,
        "source": document.source,
        "sequence": passage.sequence,
        "kind": passage.kind.value,
        "label": passage.label,
        "section": list(passage.section),
        "page": pages(passage),
        "text": passage.text,
        "notes": list(passage.notes),
        "organisations": list(passage.organisations),
        "instruments": [{"id": name, "type": kind} for name, kind in passage.instruments],
        "provisions": [f"{name}|{articles}" for name, articles in passage.provisions],
        "years": list(passage.years),
        "countries": list(passage.countries),
        "citation": cite(document, passage, style),
    }

"""The styles by name, and the two ways out: plain text and HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.citation import apa, bluebook, chicago, mla, oscola
from corpus.citation.source import Source
from corpus.citation.text import Text
from corpus.errors import PinciteError
from corpus.model import Document, Passage

DEFAULT_STYLE = "oscola"
#: Style names with the titles that people know them by.
STYLES: Mapping[str, str] = MappingProxyType(
    {
        "oscola": "OSCOLA (4th edn)",
        "oscola5": "OSCOLA (5th edn)",
        "apa": "APA (7th ed.)",
        "chicago": "Chicago (17th ed., notes)",
        "mla": "MLA (9th ed.)",
        "bluebook": "Bluebook (21st ed.)",
    }
)
_FORMATTERS: Mapping[str, Callable[[Source], Text]] = {
    "oscola": oscola.cite,
    "oscola5": oscola.cite_fifth,
    "apa": apa.cite,
    "chicago": chicago.cite,
    "mla": mla.cite,
    "bluebook": bluebook.cite,
}


def cite(
    document: Document, passage: Passage | None = None, style: str = DEFAULT_STYLE, *, until: Passage | None = None
) -> str:
    """The citation of a document, of a passage with its pinpoint, or of the passages to `until`, as plain text.

    OSCOLA, Chicago and Bluebook give the note. APA and MLA give the entry of the reference list and, for a passage, the
    reference in the text after it, because only the latter holds the pinpoint. An unknown style raises `PinciteError`,
    and so do passages that no one pinpoint leads through.
    """
    return _formatted(Source(document, passage, until), style).plain


def cite_html(
    document: Document, passage: Passage | None = None, style: str = DEFAULT_STYLE, *, until: Passage | None = None
) -> str:
    """`cite` as escaped HTML with italics as `<i>`."""
    return _formatted(Source(document, passage, until), style).html


def _formatted(source: Source, style: str) -> Text:
    formatter = _FORMATTERS.get(style)
    if formatter is None:
        raise PinciteError(f"unknown citation style {style!r}; choose one of: {', '.join(STYLES)}")
    return formatter(source)

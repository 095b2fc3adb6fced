"""The formats by name, and `export`, which writes passages in one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import IO, cast

from corpus.citation import DEFAULT_STYLE, STYLES
from corpus.errors import PinciteError
from corpus.export.base import Exporter, Options, write_all
from corpus.model import Document, Passage


@dataclass(frozen=True, slots=True)
class Format:
    """A format as a user chooses it; `writer` names the module and class in `corpus` that write it."""

    name: str
    title: str
    media_type: str
    suffix: str
    writer: str
    binary: bool = False

    def open(self, stream: IO[bytes], options: Options) -> Exporter:
        """An exporter on the stream; its module is loaded now, because some bring heavy libraries with them."""
        module, _, name = self.writer.partition(":")
        return cast(Exporter, getattr(import_module(f"corpus.{module}"), name)(stream, options))


_ALL = (
    Format("jsonl", "JSON Lines", "application/x-ndjson", ".jsonl", "export.jsonl:JsonLines"),
    Format("csv", "CSV for spreadsheets", "text/csv; charset=utf-8", ".csv", "export.csv:Csv"),
    Format("csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", ".json", "export.csljson:CslJson"),
    Format("bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", ".bib", "export.bibtex:Bibtex"),
    Format("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ".ris", "export.ris:Ris"),
    Format("markdown", "Markdown", "text/markdown; charset=utf-8", ".md", "export.markdown:Markdown"),
    Format("html", "HTML", "text/html; charset=utf-8", ".html", "export.html:Html"),
    Format(
        "docx",
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
        "export.docx:Docx",
        binary=True,
    ),
    Format(
        "web-annotation",
        "W3C Web Annotation",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        ".jsonld",
        "interchange.webannotation:WebAnnotation",
    ),
    Format("doccano", "doccano JSON Lines", "application/x-ndjson", ".jsonl", "interchange.doccano:Doccano"),
    Format("docbin", "spaCy DocBin", "application/octet-stream", ".spacy", "interchange.docbin:SpacyDocs", binary=True),
)
#: Every format by the name that `--format` and the URL take.
FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in _ALL})


def export(
    form: str,
    pairs: Iterable[tuple[Document, Passage]],
    stream: IO[bytes],
    *,
    style: str = DEFAULT_STYLE,
    base_url: str = "",
) -> int:
    """Write passages in the order given and tell how many; raises `PinciteError` for an unknown format or style.

    JSON Lines, CSV, Markdown, HTML, Web Annotation and doccano are written as the pairs come; the others when all are
    there. `base_url` is the public address that permalinks start with; without it none are written.
    """
    if form not in FORMATS:
        raise PinciteError(f"unknown export format {form!r}; choose one of: {', '.join(FORMATS)}")
    if style not in STYLES:
        raise PinciteError(f"unknown citation style {style!r}; choose one of: {', '.join(STYLES)}")
    return write_all(FORMATS[form].open(stream, Options(style, base_url)), pairs)

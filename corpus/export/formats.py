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
from corpus.export.collection import Collection
from corpus.export.provenance import Provenance
from corpus.model import Document, Passage


@dataclass(frozen=True, slots=True)
class Format:
    """A format as a user chooses it; `writer` names the module and class in `corpus` that write it.

    `told` is whether its files say where they come from; those that do not are records of a fixed shape and no more.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    writer: str
    binary: bool = False
    told: bool = True

    def open(self, stream: IO[bytes], options: Options) -> Exporter:
        """An exporter on the stream; its module is loaded now, because some bring heavy libraries with them."""
        module, _, name = self.writer.partition(":")
        return cast(Exporter, getattr(import_module(f"corpus.{module}"), name)(stream, options))


#: What the media types of Microsoft's formats begin with.
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ALL = (
    Format("jsonl", "JSON Lines", "application/x-ndjson", ".jsonl", "export.jsonl:JsonLines", told=False),
    Format("csv", "CSV for spreadsheets", "text/csv; charset=utf-8", ".csv", "export.csv:Csv"),
    Format("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", ".xlsx", "export.xlsx:Xlsx", binary=True),
    Format("csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", ".json", "export.csljson:CslJson"),
    Format("bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", ".bib", "export.bibtex:Bibtex"),
    Format("biblatex", "BibLaTeX", "application/x-bibtex; charset=utf-8", ".bib", "export.biblatex:Biblatex"),
    Format("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ".ris", "export.ris:Ris"),
    Format("markdown", "Markdown", "text/markdown; charset=utf-8", ".md", "export.markdown:Markdown"),
    Format("html", "HTML", "text/html; charset=utf-8", ".html", "export.html:Html"),
    Format("docx", "Word", f"{_OFFICE}.wordprocessingml.document", ".docx", "export.docx:Docx", binary=True),
    Format("tei", "TEI", "application/tei+xml", ".xml", "export.tei:Tei"),
    Format(
        "web-annotation",
        "W3C Web Annotation",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        ".jsonld",
        "interchange.webannotation:WebAnnotation",
    ),
    Format(
        "doccano", "doccano JSON Lines", "application/x-ndjson", ".jsonl", "interchange.doccano:Doccano", told=False
    ),
    Format(
        "docbin",
        "spaCy DocBin",
        "application/octet-stream",
        ".spacy",
        "interchange.docbin:SpacyDocs",
        binary=True,
        told=False,
    ),
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
    provenance: Provenance | None = None,
    byte_order_mark: bool = True,
    collection: Collection | None = None,
) -> int:
    """Write passages in the order given and tell how many; raises `PinciteError` for an unknown format or style.

    Only DocBin collects the passages, and Web Annotation their tags; all others write them as they come, to the stream
    or to temporary files. `base_url` is the public address that permalinks start with;
    without it none are written. Passages of another number than `provenance` states are refused at the end, because
    the file states it wrongly. `byte_order_mark` is for CSV. What a `collection` adds to its passages is written in all
    formats but those of a fixed shape (`told`) and Web Annotation.
    """
    if form not in FORMATS:
        raise PinciteError(f"unknown export format {form!r}; choose one of: {', '.join(FORMATS)}")
    if style not in STYLES:
        raise PinciteError(f"unknown citation style {style!r}; choose one of: {', '.join(STYLES)}")
    options = Options(style, base_url, provenance, byte_order_mark, collection)
    count = write_all(FORMATS[form].open(stream, options), pairs)
    if provenance and provenance.count != count:
        raise PinciteError(f"{count:,} passages instead of {provenance.count:,}: the library has changed; export again")
    return count

"""The reviewed annotation of source documents, stand-off: line numbers, spans and ids, and none of the text.

Whoever holds the document gets the annotation: `reviewed` knows it by the sha256 of its bytes. A file in this folder
holds one document or a part of it, JSON lines. The first line names the `source` file and its `sha256`; every other one
annotates one line of the text:

- `line`, counted from 1; `kind`; `boundary` to the line before (`split` if it is left out, `join`, `either`) and, for
  `join`, the line that it `continues`; `label`; `notes_called`; `section`, the lines of the headings in force;
- `spans`: what the words at `[start, end)` of the line name: `type`, `value`, a `subtype` (an instrument's type), the
  `articles` of a provision, and `optional` where good annotators would differ.

What counts as what is told in the guidelines of the gold annotation; the spans were placed and read for this folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import PinciteError
from corpus.model import AnnotationType, InstrumentType, PassageKind

Part = TypeVar("Part")

#: A line that only looks like text: a running header or footer, a rule, a page mark.
FURNITURE = "furniture"
_BOUNDARIES = frozenset({"split", "join", "either"})
#: Markup that a heading's text stands without.
_MARKUP = re.compile(r"^#+\s*|\*+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `[start, end)` of a line and what they name, as in `corpus.model.Annotation`."""

    start: int
    end: int
    type: AnnotationType
    value: str
    subtype: str = ""
    articles: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One annotated line; `section` holds the numbers of the lines of the headings in force, outermost first."""

    number: int
    kind: str
    boundary: str = "split"
    continues: int | None = None
    section: tuple[int, ...] = ()
    label: str | None = None
    notes_called: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The annotation of one document or a part of it: `name` of the file here, `source` that of the document's."""

    name: str
    source: str
    sha256: str
    lines: tuple[Line, ...] = field(repr=False)

    def checked(self, document: Path) -> list[str]:
        """The lines of the document's file; raises `PinciteError` if it is not the file that was annotated."""
        content = document.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise PinciteError(f"{document.name}: not the version that the annotation {self.name} was made for")
        return content.decode("utf-8").splitlines()


@cache
def shipped() -> tuple[Reviewed, ...]:
    """All annotations of this folder by name; raises `PinciteError` naming the file and line of a fault."""
    found = sorted((each for each in files(__package__).iterdir() if each.name.endswith(".jsonl")), key=str)
    return tuple(read(each.name.removesuffix(".jsonl"), each.read_text(encoding="utf-8")) for each in found)


def reviewed(document: Path) -> tuple[Reviewed, ...]:
    """What is shipped for the bytes of this file, whatever its name; empty for a document that nobody reviewed."""
    digest = hashlib.sha256(document.read_bytes()).hexdigest()
    return tuple(each for each in shipped() if each.sha256 == digest)


def read(name: str, text: str) -> Reviewed:
    """An annotation from its JSON lines; raises `PinciteError` naming the line of a fault."""
    first, *rows = text.splitlines() or [""]
    source, sha256 = _parsed(first, _document, f"{name}.jsonl, line 1")
    lines = [_parsed(row, _line, f"{name}.jsonl, line {number}") for number, row in enumerate(rows, 2)]
    return Reviewed(name, source, sha256, tuple(lines))


def _parsed(row: str, parse: Callable[[Mapping[str, Any]], Part], place: str) -> Part:
    try:
        return parse(json.loads(row))
    except (ValueError, KeyError, TypeError) as error:
        raise PinciteError(f"{place}: {type(error).__name__}: {error}") from error


def _document(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["source"], row["sha256"]


def _line(row: Mapping[str, Any]) -> Line:
    kind, boundary = row["kind"], row.get("boundary", "split")
    if kind != FURNITURE:
        PassageKind(kind)
    if boundary not in _BOUNDARIES:
        raise ValueError(f"unknown boundary {boundary!r}")
    spans = tuple(_span(each) for each in row.get("spans", ()))
    section, notes = tuple(row.get("section", ())), tuple(row.get("notes_called", ()))
    return Line(row["line"], kind, boundary, row.get("continues"), section, row.get("label"), notes, spans)


def _span(row: Mapping[str, Any]) -> Span:
    start, end = row["at"]
    kind = AnnotationType(row["type"])
    if kind == AnnotationType.INSTRUMENT:
        InstrumentType(row["subtype"])
    extra = (row.get("subtype", ""), row.get("articles", ""), row.get("optional", False))
    return Span(start, end, kind, row["value"], *extra)


def gold_records(annotation: Reviewed, document: Path) -> Iterator[dict[str, Any]]:
    """The annotation in the form that the scorer reads, one record a line, headings spelled out from the document.

    Raises `PinciteError` if `document` is not the file that was annotated.
    """
    texts = annotation.checked(document)
    for line in annotation.lines:
        record: dict[str, Any] = {
            "line": line.number,
            "kind": line.kind,
            "boundary": line.boundary,
            "section": [_MARKUP.sub("", texts[number - 1]).strip() for number in line.section],
            "label": line.label,
            "notes_called": list(line.notes_called),
        }
        if line.continues is not None:
            record["continues"] = line.continues
        yield record | _named(line)


def _named(line: Line) -> dict[str, Any]:
    """What a line names, each once, by the scorer's fields."""
    names: dict[str, Any] = {}
    for optional, suffix in ((False, ""), (True, "_optional")):
        spans = [span for span in line.spans if span.optional == optional]
        names["orgs" + suffix] = _values(spans, AnnotationType.ORGANISATION)
        names["countries" + suffix] = _values(spans, AnnotationType.COUNTRY)
        names["years" + suffix] = [int(year) for year in _values(spans, AnnotationType.YEAR)]
        types = {span.value: span.subtype for span in spans if span.type == AnnotationType.INSTRUMENT}
        names["instruments" + suffix] = [{"id": value, "type": kind} for value, kind in types.items()]
    provisions = (span for span in line.spans if span.type == AnnotationType.PROVISION)
    names["provisions"] = list(dict.fromkeys(f"{span.value}|{span.articles}" for span in provisions))
    return names


def _values(spans: list[Span], kind: AnnotationType) -> list[str]:
    return list(dict.fromkeys(span.value for span in spans if span.type == kind))

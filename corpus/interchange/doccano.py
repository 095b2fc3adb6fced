"""doccano's JSON Lines for sequence labelling, one passage a line.

    {"id": 1, "text": "...", "label": [[4, 11, "organisation"]], "passage": "talk/para-1", "tags": [...]}

A label is the type alone: six labels are a tool to work with, six hundred are not. What each span stands for travels in
`tags`, which doccano keeps as metadata of the line and gives back. A new span takes its value from the same words
elsewhere in the document or from the authority files; a reviewer who means something else makes a label that says so,
such as `organisation|Council of Europe` or `provision|Convention on Cybercrime|16(2)`. The project has to allow
overlapping spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from corpus.export.base import LineWriter, Options
from corpus.interchange.base import Label, Reviewed, ReviewError, detailed, details, sent_tags, stated
from corpus.model import Document, Passage


class Doccano(LineWriter):
    """UTF-8, one object a line; doccano gives lines ids of its own, so that the passage is named beside it."""

    def __init__(self, stream: IO[bytes], options: Options) -> None:
        super().__init__(stream, options)
        self._count = 0

    def write(self, document: Document, passage: Passage) -> None:
        """Write the passage as a line."""
        self._count += 1
        row = {
            "id": self._count,
            "text": passage.text,
            "label": [[start, end, kind] for start, end, kind in _spans(passage)],
            "passage": passage.id,
            "title": document.title,
            "tags": details(passage),
        }
        self.put(json.dumps(row, ensure_ascii=False) + "\n")


def read(text: str) -> Iterator[Reviewed]:
    """Passages of an export of doccano, with spans as `label` or, with relations, as `entities`; `ReviewError`."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _reviewed(json.loads(line))
            except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
                raise ReviewError(f"line {number}: no line of doccano's ({error})") from error
            except ReviewError as error:
                raise ReviewError(f"line {number}: {error}") from error


def _reviewed(row: Mapping[str, Any]) -> Reviewed:
    labels = [_label(span) for span in stated(row, "label", "labels", "entities")]
    rows = row.get("tags")
    tags = tuple(detailed(labels, rows or ()))
    return Reviewed(str(stated(row, "passage")), str(stated(row, "text", "data")), tags, sent_tags(rows))


def _label(span: Any) -> Label:
    start, end, name = (span["start_offset"], span["end_offset"], span["label"]) if isinstance(span, dict) else span
    kind, value, articles = (*str(name).split("|"), "", "")[:3]
    return Label(int(start), int(end), kind.strip(), value.strip(), articles.strip())


def _spans(passage: Passage) -> list[tuple[int, int, str]]:
    """Distinct (start, end, type) in reading order."""
    return list(dict.fromkeys((ann.start, ann.end, str(ann.type)) for ann in passage.annotations))

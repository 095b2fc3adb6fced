"""JSON Lines: one export record a line, for scripts and notebooks; nothing else, so that every line is a passage."""

from __future__ import annotations

import json

from corpus.export.base import LineWriter
from corpus.export.record import record
from corpus.model import Document, Passage


class JsonLines(LineWriter):
    """UTF-8, one object a line, keys in the order of the record."""

    def write(self, document: Document, passage: Passage) -> None:
        """Write the record as a line."""
        self.put(json.dumps(record(document, passage, style=self.options.style), ensure_ascii=False) + "\n")

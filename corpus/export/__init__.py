"""Passages on their way out: all formats behind one function."""

from __future__ import annotations

from corpus.export.collection import Collection, Remark
from corpus.export.formats import FORMATS, Format, export
from corpus.export.provenance import Provenance
from corpus.export.record import KEYS, record

__all__ = ["FORMATS", "KEYS", "Collection", "Format", "Provenance", "Remark", "export", "record"]

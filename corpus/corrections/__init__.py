"""Corrections: what people decided about annotations, in a `corrections.toml` inside the library's folder.

They stand above everything that the annotators find, and are applied to it anew whenever a document comes in. What the
annotators found is kept beside them (`Passage.automatic`), so that a rule that is taken out takes its effect along,
and so that a change of the file needs no document to be read or annotated again.
"""

from __future__ import annotations

from corpus.corrections.applying import Applied, apply
from corpus.corrections.file import FILE_NAME, Corrections, append, load, parse, written
from corpus.corrections.rules import Add, Remove, Rename, Rule

__all__ = [
    "FILE_NAME",
    "Add",
    "Applied",
    "Corrections",
    "Remove",
    "Rename",
    "Rule",
    "append",
    "apply",
    "load",
    "parse",
    "written",
]

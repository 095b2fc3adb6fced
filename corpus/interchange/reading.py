"""Which of the formats a file is in, and its passages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.interchange import doccano, webannotation
from corpus.interchange.base import Reviewed, ReviewError

#: What zlib's streams begin with, whatever the compression.
_COMPRESSED = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")


def read(file: Path) -> list[Reviewed]:
    """The passages of a file of doccano's, of Web Annotations or of spaCy's Docs; raises `ReviewError` with the place.

    A passage that stands there several times is refused: it would have to be known which of its lines is meant.
    """
    try:
        return _once_each(list(_passages(file.read_bytes())))
    except ReviewError as error:
        raise ReviewError(f"{file}: {error}") from error


def _once_each(found: list[Reviewed]) -> list[Reviewed]:
    for passage, times in Counter(each.passage for each in found).items():
        if times > 1:
            raise ReviewError(f"the passage {passage} stands there {times} times")
    return found


def _passages(content: bytes) -> Iterator[Reviewed]:
    if content.startswith(_COMPRESSED):
        from corpus.interchange import docbin  # noqa: PLC0415  # spaCy is loaded for its own files only

        return docbin.read(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError("it is neither UTF-8 nor a DocBin of spaCy's") from error
    return webannotation.read(text) if _is_web_annotation(text) else doccano.read(text)


def _is_web_annotation(text: str) -> bool:
    """Whether the text, or its first line, is JSON-LD or a list, as doccano's lines never are."""
    for part in (text, text.lstrip().partition("\n")[0]):
        try:
            value = json.loads(part)
        except ValueError:
            continue
        return isinstance(value, list) or (isinstance(value, dict) and ("@context" in value or "target" in value))
    return False

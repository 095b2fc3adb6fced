"""One reader per file format; `read` picks it by content."""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.blocks import RawDocument
from ingest.errors import UnreadableFile
from ingest.readers import detect
from ingest.readers.cache import Cache, key_of
from ingest.readers.ocr import NeedsRecognition, recognised

#: Modules by what `detect.kind_of` answers; each has `read(path, name) -> RawDocument`.
READERS = {
    "text": "ingest.readers.text",
    "markdown": "ingest.readers.text",
    "pdf": "ingest.readers.pdf",
    "docx": "ingest.readers.docx",
    "html": "ingest.readers.html",
}
#: Formats whose reading costs more than keeping and loading its result.
CACHED = frozenset({"pdf"})

_log = logging.getLogger(__name__)


def read(path: Path, name: str | None = None, *, cache: Path | None = None, ocr: bool = False) -> RawDocument:
    """Read a file of any known format into blocks; raises `UnreadableFile` naming it as `name`.

    `cache` is a folder where what was read of slow formats is kept and found again, recognised scans included. With
    `ocr` the text of a scan, or of the scanned pages among others, is recognised if the program for it is installed.
    """
    name = name or path.name
    try:
        kind = detect.kind_of(path)
        if cache is None or kind not in CACHED:
            return _read(path, name, kind, ocr=ocr)
        key, kept, changed = key_of(path), Cache(cache), path.stat().st_mtime_ns
        document = kept.load(key)
        if document is None or (ocr and document.unread):
            document = _read(path, name, kind, ocr=ocr)
            if (key_of(path), path.stat().st_mtime_ns) == (key, changed):  # else something else was read
                kept.save(key, document)
    except OSError as error:
        raise UnreadableFile(name, f"cannot be read ({error.strerror or error})") from error
    return document


def _read(path: Path, name: str, kind: str, *, ocr: bool) -> RawDocument:
    reader = import_module(READERS[kind])
    try:
        document: RawDocument = reader.read(path, name)
    except NeedsRecognition as error:
        if not ocr:
            raise
        return _recognised(path, error)
    if not (ocr and document.unread):
        return document
    try:
        return _recognised(path, NeedsRecognition(name, "has pages without text", document.unread))
    except UnreadableFile as error:  # the other pages have been read
        _log.warning("%s", error)
        return document


def _recognised(path: Path, need: NeedsRecognition) -> RawDocument:
    """The PDF as its recognised copy reads; pages that still have no text are pictures, and no more to be tried."""
    with recognised(path, need) as copy:
        try:
            document: RawDocument = import_module(READERS["pdf"]).read(copy, need.name)
        except NeedsRecognition as error:
            raise UnreadableFile(need.name, f"{need.plain_reason}, but none was recognised") from error
    return replace(document, unread=())

"""One reader per file format; `read` picks it by content."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ingest.blocks import RawDocument
from ingest.errors import UnreadableFile
from ingest.readers import detect

#: Modules by what `detect.kind_of` answers; each has `read(path, name) -> RawDocument`.
READERS = {
    "text": "ingest.readers.text",
    "markdown": "ingest.readers.text",
    "pdf": "ingest.readers.pdf",
    "docx": "ingest.readers.docx",
    "html": "ingest.readers.html",
}


def read(path: Path, name: str | None = None) -> RawDocument:
    """Read a file of any known format into blocks; raises `UnreadableFile` naming it as `name`."""
    name = name or path.name
    try:
        reader = import_module(READERS[detect.kind_of(path)])
        document: RawDocument = reader.read(path, name)
    except OSError as error:
        raise UnreadableFile(name, f"cannot be read ({error.strerror or error})") from error
    return document

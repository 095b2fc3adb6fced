"""Keeps what was read of a file, so that annotating a document again does not read its PDF again.

An entry is named by the SHA-256 of the file and by the version of the readers, so that neither a changed file nor a
changed reader ever meets an old entry. Entries are written aside and moved into place whole; a damaged one is dropped.
Failures to write are no failures of reading: the cache is a convenience.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import cache as once
from importlib import metadata
from pathlib import Path
from typing import Any

from corpus.model import NoteCall
from ingest.blocks import Block, Emphasis, RawDocument, Shape

#: Bytes that all entries may take together; a report of 30 pages takes about 40 kB.
MAX_BYTES = 500_000_000
#: Libraries whose behaviour is part of what the readers read.
LIBRARIES = ("pdfplumber", "pdfminer.six", "python-docx", "lxml")
SUFFIX = ".json.gz"

_log = logging.getLogger(__name__)
_DEFAULTS = {field.name: field.default for field in fields(Block)}


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries in a folder, which is made when the first one is written; `limit` bounds their bytes together."""

    folder: Path
    limit: int = MAX_BYTES

    def load(self, key: str) -> RawDocument | None:
        """The document of a key, None if there is none or it is damaged."""
        path = self._path(key)
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                document = _document(json.load(file))
            os.utime(path)  # what is used stays longest
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError):
            with suppress(OSError):
                path.unlink()
            return None
        return document

    def save(self, key: str, document: RawDocument) -> None:
        """Keep a document and drop the entries used longest ago if there are too many bytes."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(self._path(key), json.dumps(_record(document), ensure_ascii=False))
            self._prune()
        except OSError as error:
            _log.warning("the cache %s cannot be written (%s)", self.folder, error.strerror or error)

    def drop(self, key: str) -> None:
        """Forget what was read of a file that is to leave no trace."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"

    def _write(self, path: Path, text: str) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(text.encode(), compresslevel=6, mtime=0))
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise

    def _prune(self) -> None:
        """Drop the oldest entries, and parts that a killed run left, until the rest fits."""
        known = sorted(self._entries())
        excess = sum(size for _, size, _ in known) - self.limit
        for _, size, path in known[:-1]:
            if excess <= 0:
                return
            with suppress(OSError):
                path.unlink()
            excess -= size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in (*self.folder.glob(f"*{SUFFIX}"), *self.folder.glob("*.part")):
            with suppress(OSError):  # another process may have dropped it
                state = path.stat()
                yield state.st_mtime, state.st_size, path


def key_of(path: Path) -> str:
    """The key of a file's content under the present readers."""
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}-{version()}"


@once
def version() -> str:
    """A digest of the readers' own sources and of the libraries that they stand on: no number to forget to raise."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in (*sorted(folder.glob("*.py")), folder.parent / "blocks.py"):
        digest.update(path.read_bytes())
    for library in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{library} {metadata.version(library)}".encode())
    return digest.hexdigest()[:16]


def _record(document: RawDocument) -> dict[str, Any]:
    """JSON of a document; what has its default value is left out."""
    blocks = [
        {name: value for name, value in asdict(block).items() if value != _DEFAULTS[name]} for block in document.blocks
    ]
    rest = {"facts": dict(document.facts), "labels": list(document.page_labels.items()), "unread": document.unread}
    return {"blocks": blocks, **rest}


def _document(record: dict[str, Any]) -> RawDocument:
    blocks, labels = tuple(map(_block, record["blocks"])), dict(record["labels"])
    return RawDocument(blocks, dict(record["facts"]), labels, tuple(record["unread"]))


def _block(record: dict[str, Any]) -> Block:
    known = dict(record)
    if "shape" in known:
        known["shape"] = Shape(known["shape"])
    if "emphasis" in known:
        known["emphasis"] = Emphasis(known["emphasis"])
    known["calls"] = tuple(NoteCall(**call) for call in known.get("calls", ()))
    return Block(**known)

"""A library in one file, from which it comes back on any machine and in either database: `pincite backup`.

The file is a zip archive, version 1 of its kind:

    pincite.json          {"format": "pincite-backup", "version": 1, "schema": "0005", "made": UTC time in ISO form,
                           "members": {"store/documents.jsonl": {"rows": 3, "bytes": 4711, "sha256": "..."}, ...}}
    store/<table>.jsonl   every row of a table of `corpus.schema` as a JSON object on a line, passages by document
    files/...             corrections.toml, the name of the engine, uploaded files: what lies beside the store

The index is not in it, for it is made from the store. Everything is written and read row by row.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import sqlalchemy as sa

from corpus.corrections import FILE_NAME as CORRECTIONS
from corpus.errors import PinciteError
from corpus.schema import SCHEMA_VERSION, documents, passages, set_entries, set_links, sets, sources
from corpus.store import Store
from corpus.store_connection import snapshot

FORMAT, VERSION, MANIFEST = "pincite-backup", 1, "pincite.json"
#: Every table with the order of its rows; rows refer to tables that stand before theirs.
TABLES = {
    f"store/{table.name}.jsonl": (table, order)
    for table, order in (
        (documents, (documents.c.id,)),
        (passages, (passages.c.document_id, passages.c.sequence)),
        (sources, (sources.c.path,)),
        (sets, (sets.c.id,)),
        (set_entries, (set_entries.c.set_id, set_entries.c.position)),
        (set_links, (set_links.c.id,)),
    )
}
#: Before the names of files of the library's folder; those that are kept, and the folder of which all files are.
FILES, KEPT, UPLOADS = "files/", (CORRECTIONS, "engine"), "uploads"
#: Rows that are read, or written, at a time.
BATCH = 500
#: Of zlib's nine levels the one behind which texts hardly shrink and take twice the time.
_LEVEL = 4
_PIECE = 1 << 20

#: Called now and then with the rows done and all rows.
Progress: TypeAlias = Callable[[int, int], object]


class BackupError(PinciteError):
    """A backup that cannot be made, or a file that is none, is damaged, or does not fit."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a part of a backup holds; `rows` is 0 for a file."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: schema of its tables, UTC time of making, and its members by name."""

    schema: str
    made: str
    members: dict[str, Member]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(member.rows for member in self.members.values())

    def count(self, table: sa.Table) -> int:
        """Rows of one table."""
        return self.members[f"store/{table.name}.jsonl"].rows


def write(store: Store, file: Path, *, progress: Progress | None = None) -> Manifest:
    """Back the library up as it is now, others may write meanwhile; raises `BackupError`, `LibraryError` and `OSError`.

    The file appears when it is whole. None that is there is written over; only its owner may read it.
    """
    if file.exists():
        raise BackupError(f"{file} is there already; a backup takes the place of no other file")
    handle, aside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w+b") as stream:
            with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
                manifest = _written(store, archive, progress)
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).replace(file)
    finally:
        Path(aside).unlink(missing_ok=True)
    return manifest


def library_files(folder: Path) -> list[str]:
    """Names of the files beside the store that a backup holds; hidden ones are on their way in."""
    uploads = folder / UPLOADS
    uploaded = sorted(path.name for path in uploads.iterdir()) if uploads.is_dir() else []
    names = (*KEPT, *(f"{UPLOADS}/{name}" for name in uploaded if not name.startswith(".")))
    return [name for name in names if (folder / name).is_file()]


def _written(store: Store, archive: ZipFile, progress: Progress | None) -> Manifest:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    members: dict[str, Member] = {}
    total, done = store.size(), 0
    with snapshot(store.engine) as connection:
        for name, (table, order) in TABLES.items():
            lines = (_line(row) for row in _rows(connection, table, order))
            members[name] = _put(archive, name, lines)
            done += members[name].rows
            if progress:
                progress(min(done, total), total)
    for name in library_files(store.folder):
        with (store.folder / name).open("rb") as content:
            pieces = iter(lambda: content.read(_PIECE), b"")
            members[FILES + name] = _put(archive, FILES + name, pieces, rows=False)
    manifest = Manifest(SCHEMA_VERSION, made, members)
    archive.writestr(MANIFEST, json.dumps({"format": FORMAT, "version": VERSION, **asdict(manifest)}, indent=1))
    return manifest


def _rows(connection: sa.Connection, table: sa.Table, order: Iterable[Any]) -> Iterator[dict[str, Any]]:
    found = connection.execute(sa.select(table).order_by(*order), execution_options={"yield_per": BATCH})
    names = tuple(found.keys())
    return (dict(zip(names, row, strict=True)) for row in found)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _put(archive: ZipFile, name: str, pieces: Iterable[bytes], *, rows: bool = True) -> Member:
    number, size, digest = 0, 0, hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member, BufferedWriter(member, _PIECE) as stream:
        for piece in pieces:
            number, size = number + 1, size + len(piece)
            digest.update(piece)
            stream.write(piece)
    return Member(number if rows else 0, size, digest.hexdigest())

"""A library brought back from its backup (`corpus.backup`): first everything is checked, then all of it is written.

A backup may come from anywhere: its names are held against those that there are, its lines and its size are bounded,
and what its manifest says of each member must be so.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, StatementError

from corpus.backup import (
    BATCH,
    FILES,
    FORMAT,
    KEPT,
    MANIFEST,
    TABLES,
    UPLOADS,
    VERSION,
    BackupError,
    Manifest,
    Member,
    Progress,
    library_files,
)
from corpus.errors import PinciteError
from corpus.rows import document_from, passage_from, report_from
from corpus.schema import SCHEMA_VERSION, documents, passages
from corpus.store import Store
from corpus.store_connection import writing

#: Times that the content may be as large as the file: texts shrink to a tenth, bombs to a thousandth.
_MOST_RATIO = 200
#: Bytes of one line, which is in memory as a whole, and of the manifest: a thousand times what passages have.
_MOST_LINE, _MOST_MANIFEST = 64 << 20, 64 << 20
_PIECE = 1 << 20
#: What the modules below say of a file that is no archive, cut off, altered or encrypted.
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, TypeError)
#: Where files wait that will take their places when the store has been written.
_WAITING = ".restoring"


def check(file: Path) -> Manifest:
    """What the backup holds, after every byte of it was looked at; raises `BackupError` naming the damage."""
    with _opened(file) as backup:
        return backup.checked()


def restore(file: Path, store: Store, *, replace: bool = False, progress: Progress | None = None) -> Manifest:
    """Make the library what the backup says, or leave it as it is; raises `BackupError`, `LibraryError` and `OSError`.

    A library that holds something is only written over with `replace`; files that lay beside its store are then moved
    into a folder of their own, as they may be the only ones.
    """
    with _opened(file) as backup:
        manifest = backup.checked()
        waiting = _waiting(backup, store.folder)
        try:
            with writing(store.engine) as connection:
                if not replace and (held := _held(connection)):
                    raise BackupError(
                        f"the library in {store.folder} is not empty (it has {held}); --replace gives it up"
                    )
                _write(connection, backup, progress)
        except (DatabaseError, StatementError) as error:
            raise BackupError(f"it cannot be restored: {str(error.orig).splitlines()[0]}") from error
        else:
            _put_in_place(waiting, store.folder, [name.removeprefix(FILES) for name in manifest.members])
        finally:
            shutil.rmtree(waiting, ignore_errors=True)
    return manifest


@dataclass(frozen=True)
class _Backup:
    """An archive that is open, with its manifest."""

    archive: ZipFile
    manifest: Manifest

    def checked(self) -> Manifest:
        """The manifest, if all of it is so."""
        for name in self.manifest.members:
            for _ in self.rows(name) if name in TABLES else self.pieces(name):
                pass
        return self.manifest

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a member; raises `BackupError` behind its last piece if it is another than was written."""
        yield from self._read(name, lambda stream: stream.read(_PIECE))

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table; raises `BackupError` for one that does not fit in."""
        table, number, columns = TABLES[name][0], 0, None
        for number, line in enumerate(self._read(name, lambda stream: stream.readline(_MOST_LINE)), 1):
            try:
                row = _row(table, line)
                columns = columns or row.keys()
                if row.keys() != columns:
                    raise ValueError("it has other columns than the first one")
            except _ROWS as error:
                raise BackupError(f"{name}, line {number}: {' '.join(str(error).split())}") from error
            yield row
        if number != self.manifest.members[name].rows:
            raise BackupError(
                f"{name} has {number} lines, not the {self.manifest.members[name].rows} that were written"
            )

    def _read(self, name: str, read: Callable[[Any], bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            with self.archive.open(name) as stream:
                while piece := read(stream):
                    digest.update(piece)
                    yield piece
        except _DAMAGE as error:
            raise BackupError(f"{name} is damaged ({error})") from error
        if digest.hexdigest() != self.manifest.members[name].sha256:
            raise BackupError(f"{name} is not what was written: its SHA-256 is another one")


#: What reading a row of another shape raises.
_ROWS = (ValueError, KeyError, TypeError, AttributeError, RecursionError, PinciteError)


@contextmanager
def _opened(file: Path) -> Iterator[_Backup]:
    """The backup, its names and sizes checked; complaints bear its name."""
    try:
        with ZipFile(file) as archive:
            yield _Backup(archive, _manifest(archive, file.stat().st_size))
    except BadZipFile as error:
        raise BackupError(f"{file} is no backup, or is cut off ({error})") from error
    except BackupError as error:
        raise BackupError(f"{file}: {error}") from error


def _manifest(archive: ZipFile, size: int) -> Manifest:
    names = archive.namelist()
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
        raise BackupError(f"this is no backup of a library: it has no {MANIFEST}")
    try:
        stated = json.loads(archive.read(MANIFEST))
        if (stated["format"], stated["version"]) != (FORMAT, VERSION):
            raise BackupError(f"this is no backup of version {VERSION}; please upgrade Pincite")
        members = {str(name): Member(**member) for name, member in stated["members"].items()}
        manifest = Manifest(str(stated["schema"]), str(stated["made"]), members)
    except _DAMAGE as error:
        raise BackupError(f"{MANIFEST} is damaged ({error})") from error
    if manifest.schema > SCHEMA_VERSION:
        raise BackupError(f"it was made by a newer Pincite (schema {manifest.schema}); please upgrade Pincite")
    if sorted(names) != sorted([MANIFEST, *members]) or not members.keys() >= TABLES.keys():
        raise BackupError(f"it does not hold what its {MANIFEST} says")
    _refuse_strange(archive, members, size)
    return manifest


def _refuse_strange(archive: ZipFile, members: dict[str, Member], size: int) -> None:
    """Raise for names that lead elsewhere, and for sizes that no backup has."""
    for name, member in members.items():
        info = archive.getinfo(name)
        if name not in TABLES and not _is_file_of_ours(name):
            raise BackupError(f"it holds {name!r}, which is no file of a library")
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or info.file_size != member.bytes:
            raise BackupError(f"{name} is not what was written: its size is another one")
    if sum(member.bytes for member in members.values()) > _MOST_RATIO * size:
        raise BackupError(f"its content is more than {_MOST_RATIO} times as large as the file; no backup is")


def _is_file_of_ours(name: str) -> bool:
    """Whether a member is a file that a library has, by a plain name."""
    path = PurePosixPath(name.removeprefix(FILES))
    uploaded = len(path.parts) == 2 and path.parts[0] == UPLOADS and not path.name.startswith(".")  # noqa: PLR2004  (folder and name)
    plain = str(path) == name.removeprefix(FILES) and not set(name) & {"\\", "\0", ":"}
    return name.startswith(FILES) and plain and (str(path) in KEPT or uploaded)


def _row(table: sa.Table, line: bytes) -> dict[str, Any]:
    """A line as a row of the table; raises one of `_ROWS` where it is none."""
    row = json.loads(line)
    for column in table.columns:
        value = row.get(column.name)
        if value is None and not column.nullable and not (column.server_default and column.name not in row):
            raise ValueError(f"it states no {column.name}")
        kind = int if isinstance(column.type, sa.Integer) else str
        if value is not None and not isinstance(column.type, sa.JSON) and type(value) is not kind:
            raise ValueError(f"its {column.name} is no {kind.__name__}")
    if unknown := row.keys() - table.columns.keys():
        raise ValueError(f"it has columns that are not known: {', '.join(sorted(unknown))}")
    if table is documents:
        document_from(row)
        report_from(row["report"]) if row.get("report") else None
    if table is passages:
        passage_from({"automatic": None, "page_labels": None, **row})
    return dict(row)


def _held(connection: sa.Connection) -> str:
    """What the library holds, "" if nothing."""
    tables = (table for table, _ in TABLES.values())
    counts = ((table.name, connection.scalar(sa.select(sa.func.count()).select_from(table))) for table in tables)
    return ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts if number)


def _write(connection: sa.Connection, backup: _Backup, progress: Progress | None) -> None:
    done, total = 0, backup.manifest.rows
    for table, _ in reversed(TABLES.values()):
        connection.execute(sa.delete(table))
    for name, (table, _) in TABLES.items():
        rows = backup.rows(name)
        while batch := list(islice(rows, BATCH)):
            connection.execute(sa.insert(table), batch)
            done += len(batch)
            if progress:
                progress(done, total)


def _waiting(backup: _Backup, folder: Path) -> Path:
    """The folder in which the files of the backup wait."""
    waiting = folder / _WAITING
    shutil.rmtree(waiting, ignore_errors=True)
    (waiting / UPLOADS).mkdir(parents=True)
    for name in backup.manifest.members.keys() - TABLES.keys():
        with (waiting / name.removeprefix(FILES)).open("xb") as file:
            for piece in backup.pieces(name):
                file.write(piece)
    return waiting


def _put_in_place(waiting: Path, folder: Path, names: list[str]) -> None:
    """Move the files that wait into the library's folder, and those that were there before aside."""
    aside = folder / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for name in library_files(folder):
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).replace(aside / name)
    for name in names:
        if (waiting / name).is_file():
            (folder / name).parent.mkdir(exist_ok=True)
            (waiting / name).replace(folder / name)

"""The store as a file: SQLite in WAL mode, one writer at a time; what cannot be written is read."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

#: Seconds that a writer waits for another one before it gives up.
BUSY_SECONDS = 30


def file_engine(file: Path, **options: Any) -> sa.Engine:
    """An engine over the file, which the first connection makes if it is not there."""
    if _read_only(file):
        # no connection is kept: each looks anew whether somebody else has begun to write
        reading = {"creator": lambda: _reader(file), "poolclass": sa.NullPool}
        engine = sa.create_engine("sqlite://", **reading, **options)
    else:
        url = sa.URL.create("sqlite", database=str(file))
        engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **options)
        sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def damage(connection: sa.Connection) -> list[str]:
    """What SQLite's own integrity and foreign-key checks complain of; empty if nothing."""
    damaged = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    orphans = [f"orphan row in {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return [line for line in damaged if line != "ok"] + orphans


def _read_only(file: Path) -> bool:
    """Whether the file is there and may not be changed; who writes must make files beside it."""
    return file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _reader(file: Path) -> sqlite3.Connection:
    """A connection that makes no file, in a folder where none can be made.

    While somebody who may write has the library open, its journal lies there and is read; else nothing can change, and
    SQLite must be told so, for it would want to make that journal's index.
    """
    journal = file.with_name(f"{file.name}-wal")
    mode = "mode=ro" if journal.exists() else "mode=ro&immutable=1"
    uri = f"{file.absolute().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, DDL included
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # a writer takes the lock at once: upgrading a read lock later could fail with "database is locked"
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

"""How the store's database is reached: SQLite in WAL mode, migrated when it is opened, one writer at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from corpus.errors import LibraryError
from corpus.schema import SCHEMA_VERSION, version_of

#: Seconds that a writer waits for another one before it gives up.
BUSY_SECONDS = 30


def connect(file: Path) -> sa.Engine:
    """The database in the file, with the tables of this version; both are made if they are not there."""
    url = sa.URL.create("sqlite", database=str(file))
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS}, json_deserializer=_decoded)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    _migrate(engine)
    return engine


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state of the library until the block ends, whoever writes meanwhile."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that alone writes until the block ends, and whose changes are all made or none.

    Raises `LibraryError` where another process writes for too long, or the file or the disk takes nothing more.
    """
    try:
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection
    except OperationalError as error:
        raise LibraryError(f"nothing was written to the library: {error.orig}; try again later") from error


def _decoded(text: str) -> Any:
    """A column's value; empty lists, which most columns of a passage are, are not worth the way to the parser."""
    return [] if text == "[]" else json.loads(text)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, DDL included
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # a writer takes the lock at once: upgrading a read lock later could fail with "database is locked"
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if version_of(connection) == SCHEMA_VERSION:
            return
    # Alembic takes half a second to load, which every command and every worker would wait for
    import_module("corpus.migrating").migrate(engine)

"""How the store's database is reached, whichever it is: migrated when it is opened, its errors told in one line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError

from corpus.errors import LibraryError, OutOfReachError, ReadOnlyError
from corpus.schema import SCHEMA_VERSION, version_of
from corpus.store_postgres import lock, server_engine
from corpus.store_sqlite import damage, file_engine

_SERVER = "postgresql"
#: What opens a transaction that writes, and one that sees a single state of the library, on each database.
_WRITING: dict[str, dict[str, Any]] = {
    "sqlite": {"write": True},
    _SERVER: {"write": True, "isolation_level": "READ COMMITTED"},
}
_SNAPSHOT: dict[str, dict[str, Any]] = {"sqlite": {}, _SERVER: {"isolation_level": "REPEATABLE READ"}}
_DAMAGE = "malformed"
#: How SQLite and PostgreSQL call what may only be read.
_READ_ONLY = ("readonly database", "read-only transaction", "permission denied for table")


def connect(file: Path, address: str = "") -> sa.Engine:
    """The database at the address, else in the file, with the tables of this version, which are made if need be.

    Raises `LibraryError`, here and wherever the database fails later.
    """
    engine = (
        server_engine(address, json_deserializer=_decoded) if address else file_engine(file, json_deserializer=_decoded)
    )
    sa.event.listen(engine, "handle_error", _tell)
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def shared(engine: sa.Engine) -> bool:
    """Whether other machines may use this database too, whose files cannot be seen from here."""
    return engine.dialect.name == _SERVER


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose changes are all made or none when the block ends; in a file, it alone writes until then.

    Raises `LibraryError` where another process writes for too long, or the file or the disk takes nothing more.
    """
    options = _WRITING[engine.dialect.name]
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state of the library until the block ends, whoever writes meanwhile."""
    options = _SNAPSHOT[engine.dialect.name]
    with engine.connect().execution_options(**options) as connection:
        yield connection


def claim(connection: sa.Connection, *names: str) -> None:
    """Make others who write and claim one of the names wait until this transaction ends.

    All claim in the same order, so that no two wait for each other. In a file nobody else writes anyway.
    """
    if connection.dialect.name == _SERVER:
        for name in sorted(names):
            lock(connection, name)


def faults(connection: sa.Connection) -> list[str]:
    """What the database complains of in its own data; a server watches over that by itself."""
    return [] if connection.dialect.name == _SERVER else damage(connection)


def damaged(error: Exception) -> LibraryError:
    """What is told where the database hands out what was never put in."""
    return LibraryError(f"the library is damaged ({type(error).__name__}): run `pincite doctor`")


def _decoded(text: str | bytes) -> Any:
    """A column's value; empty lists, which most columns of a passage are, are not worth the way to the parser."""
    try:
        return [] if text in ("[]", b"[]") else json.loads(text)
    except ValueError as error:
        raise damaged(error) from error


def _migrate(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if version_of(connection) == SCHEMA_VERSION:
            return
    try:
        # Alembic takes half a second to load, which every command and every worker would wait for
        import_module("corpus.migrating").migrate(engine)
    except ReadOnlyError as error:
        raise ReadOnlyError(f"{error}, and it is of an older version; open it once where it can be written") from error


def _tell(context: sa.ExceptionContext) -> None:
    """Raise the one line that people see, where it is the database that fails and not the statement."""
    error = context.sqlalchemy_exception
    if context.is_pre_ping or not isinstance(error, DBAPIError):
        return
    line = str(error.orig).partition("\n")[0]
    if any(words in line for words in _READ_ONLY):
        raise ReadOnlyError("the library is read-only") from error
    if context.is_disconnect or (context.connection is None and context.dialect.name == _SERVER):
        raise OutOfReachError(line) from error
    if type(error) in {OperationalError, InternalError, DatabaseError}:
        writes = context.connection is not None and context.connection.get_execution_options().get("write", False)
        if isinstance(context.original_exception, sqlite3.DatabaseError) and _DAMAGE in line:
            raise LibraryError(f"the library is damaged ({line}): run `pincite doctor`") from error
        told = "nothing was written to the library" if writes else "the library's database cannot be used"
        raise LibraryError(f"{told}: {line}; try again later") from error

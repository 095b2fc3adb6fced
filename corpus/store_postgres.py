"""The store on a server that several machines share: PostgreSQL, where many read and write at once."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from corpus.errors import LibraryError

#: Seconds that the server may take to greet us, and that a writer waits for another one before it gives up.
CONNECT_SECONDS, LOCK_SECONDS = 5, 30
#: Seconds after which a server that went away without a word is given up.
_SILENT_SECONDS = 30
#: Connections that a process keeps, and those that it may open beside them at the busiest: a web server has a thread
#: for each of four readers, and PostgreSQL admits 100 connections where nothing else is said.
_KEPT, _MORE = 5, 5
_FORM = "the store's address must read postgresql://USER:PASSWORD@HOST:PORT/NAME"


def server_engine(address: str, **options: Any) -> sa.Engine:
    """An engine over the database at the address; raises `LibraryError`, whose message never shows the password.

    Readers are in no transaction, so that a read is one way there and back. What stands behind `?` in the address is
    for PostgreSQL's own library (`sslmode`, `sslrootcert`, `options`) and goes before what is set here.
    """
    url = _url(address)
    wished: dict[str, str | int] = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": _SILENT_SECONDS * 1000,
        "client_encoding": "utf8",
        "application_name": "pincite",
        "options": f"-c lock_timeout={LOCK_SECONDS}s",
    }
    arguments = {name: value for name, value in wished.items() if name not in url.query}
    pool = {"pool_pre_ping": True, "pool_size": _KEPT, "max_overflow": _MORE}
    try:
        engine = sa.create_engine(url, connect_args=arguments, isolation_level="AUTOCOMMIT", **pool, **options)
    except ImportError as error:
        raise LibraryError("a store on PostgreSQL needs a driver: run `pip install 'pincite[postgres]'`") from error
    sa.event.listen(engine, "connect", _demand_unicode)
    return engine


def lock(connection: sa.Connection, name: str) -> None:
    """Let nobody else pass who locks the same name, until the transaction ends."""
    digest = hashlib.blake2b(name.encode(errors="surrogatepass"), digest_size=8).digest()
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(int.from_bytes(digest, signed=True))))


def _url(address: str) -> sa.URL:
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError):
        raise LibraryError(_FORM) from None  # their messages quote the address
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise LibraryError(_FORM)
    return url.set(drivername="postgresql+psycopg")


def _demand_unicode(connection: Any, _record: object) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise LibraryError(f"the store's database is encoded in {encoding}; make one with: createdb --encoding UTF8")

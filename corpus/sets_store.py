"""Passage sets in the store, beside the passages and untouched by their ingestion, and the links that open them.

A link is a secret of 192 bits. The store keeps its SHA-256 alone: who reads the database can open no set by it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from corpus.errors import NotFound
from corpus.schema import passages, set_entries, set_links, sets
from corpus.sets import Entry, PassageSet
from corpus.store_connection import snapshot, writing

#: Random bytes of a link and of a set's id; the id opens nothing, it must only not be met twice.
LINK_BYTES, ID_BYTES = 24, 8
#: Hexadecimal digits of a digest by which its row is found: enough to find it, too few to be the digest.
_SELECTOR = 16
_ENTRY = ("passage_id", "note", "tags", "heading", "text", "sha256")


class Access(StrEnum):
    """What a link allows."""

    EDIT = "edit"
    READ = "read"


class SetStore:
    """The sets of one library; every change is one transaction, so that two who edit a set lose nothing."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def create(self, made: PassageSet) -> PassageSet:
        """Store a set under a new id."""
        stored = PassageSet(made.title, made.introduction, made.entries, made.frozen, secrets.token_hex(ID_BYTES))
        with writing(self._engine) as connection:
            connection.execute(sa.insert(sets), _row(stored))
            _write_entries(connection, stored)
        return stored

    def get(self, set_id: str) -> PassageSet:
        """One set; raises `NotFound`."""
        with snapshot(self._engine) as connection:
            return _read(connection, set_id)

    def all(self) -> list[PassageSet]:
        """Every set by title."""
        with snapshot(self._engine) as connection:
            names = connection.scalars(sa.select(sets.c.id).order_by(sets.c.title, sets.c.id)).all()
            return [_read(connection, name) for name in names]

    def find(self, name: str) -> PassageSet:
        """The set with this title or id, or that a link with this secret or address opens; raises `NotFound`.

        Two sets of one title are refused with their ids.
        """
        held = self.all()
        meant = [each for each in held if each.id == name] or [each for each in held if each.title == name.strip()]
        if len(meant) > 1:
            raise NotFound(f"several sets are named {name!r}; say which: {', '.join(each.id for each in meant)}")
        return meant[0] if meant else self._linked(name)

    def change(self, set_id: str, step: Callable[[PassageSet], PassageSet]) -> PassageSet:
        """The set after a step of `corpus.sets`; raises `NotFound`, and what the step raises."""
        with writing(self._engine) as connection:
            before = _read(connection, set_id, alone=True)
            after = step(before)
            if after != before:
                _write(connection, after)
        return after

    def freeze(self, set_id: str) -> PassageSet:
        """The set with the texts that its passages have now; raises `NotFound` and `SetError`."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with writing(self._engine) as connection:
            before = _read(connection, set_id, alone=True)
            after = before.frozen_with(_texts(connection, set_id), now)
            _write(connection, after)
        return after

    def remove(self, set_id: str) -> None:
        """Take out a set with its links."""
        with writing(self._engine) as connection:
            connection.execute(sa.delete(sets).where(sets.c.id == set_id))

    # -- links ---------------------------------------------------------------------------------------------------

    def link(self, set_id: str, access: Access) -> str:
        """The secret of a new link, told this once; raises `NotFound`. Earlier links stay valid until revoked."""
        secret = secrets.token_urlsafe(LINK_BYTES)
        digest = _digest(secret)
        row = {"id": digest[:_SELECTOR], "digest": digest, "access": access.value, "set_id": set_id}
        with writing(self._engine) as connection:
            _read(connection, set_id, alone=True)
            connection.execute(sa.insert(set_links), row)
        return secret

    def links(self, set_id: str, access: Access) -> int:
        """How many links of this kind open the set."""
        query = sa.select(sa.func.count()).where(set_links.c.set_id == set_id, set_links.c.access == access.value)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def revoke(self, set_id: str, access: Access) -> None:
        """End all links of this kind."""
        links = sa.delete(set_links).where(set_links.c.set_id == set_id, set_links.c.access == access.value)
        with writing(self._engine) as connection:
            connection.execute(links)

    def opened(self, secret: str, *access: Access) -> PassageSet:
        """The set that the link opens for one of these; raises `NotFound`, without telling which links there are."""
        digest = _digest(secret)
        with snapshot(self._engine) as connection:
            row = connection.execute(sa.select(set_links).where(set_links.c.id == digest[:_SELECTOR])).first()
            if row is None or not hmac.compare_digest(row.digest, digest) or row.access not in access:
                raise NotFound("this link opens no passage set; it may have been revoked")
            return _read(connection, row.set_id)

    def _linked(self, address: str) -> PassageSet:
        try:
            return self.opened(address.strip().rstrip("/").rpartition("/")[2], *Access)
        except NotFound:
            raise NotFound(f"there is no set named {address!r} in this library") from None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _read(connection: sa.Connection, set_id: str, *, alone: bool = False) -> PassageSet:
    """The set; until the transaction ends nobody else changes it if it is read `alone`."""
    chosen = sa.select(sets).where(sets.c.id == set_id)
    found = connection.execute(chosen.with_for_update() if alone else chosen).first()
    if found is None:
        raise NotFound(f"the library holds no passage set {set_id!r}")
    query = sa.select(set_entries).where(set_entries.c.set_id == set_id).order_by(set_entries.c.position)
    entries = tuple(_entry(row) for row in connection.execute(query).mappings())
    return PassageSet(found.title, found.introduction, entries, found.frozen, set_id)


def _entry(row: sa.RowMapping) -> Entry:
    return Entry(**{**{name: row[name] for name in _ENTRY}, "tags": tuple(row["tags"])})


def _write(connection: sa.Connection, held: PassageSet) -> None:
    connection.execute(sa.update(sets).where(sets.c.id == held.id).values(_row(held)))
    connection.execute(sa.delete(set_entries).where(set_entries.c.set_id == held.id))
    _write_entries(connection, held)


def _write_entries(connection: sa.Connection, held: PassageSet) -> None:
    rows = [
        {**{name: getattr(entry, name) for name in _ENTRY}, "set_id": held.id, "position": position}
        for position, entry in enumerate(held.entries)
    ]
    if rows:
        connection.execute(sa.insert(set_entries), rows)


def _row(held: PassageSet) -> dict[str, Any]:
    return {name: getattr(held, name) for name in ("id", "title", "introduction", "frozen")}


def _texts(connection: sa.Connection, set_id: str) -> dict[str, str]:
    """The texts of the set's passages by id, those that the library does not hold left out."""
    held = set_entries.c.passage_id == passages.c.id
    query = sa.select(passages.c.id, passages.c.text).join(set_entries, held).where(set_entries.c.set_id == set_id)
    return {row.id: row.text for row in connection.execute(query)}

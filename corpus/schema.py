"""Tables of the store. A change here comes with a migration in `corpus/migrations/versions`."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, MetaData, Table

#: The last of the versions in `corpus/migrations`, which these tables are.
SCHEMA_VERSION = "0006"

#: What PostgreSQL keeps in no text, or no encoding can write: NUL, and halves of characters.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class String(sa.TypeDecorator[str]):
    """Characters in the order of their code points on every database, never those that one of them refuses.

    U+FFFD stands for these in what is stored and in what is asked for, so that offsets into a text stay right.
    """

    impl: Any = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """The type of the database, which in PostgreSQL would else order by the language of the server."""
        kind: Any = type(self.impl_instance)
        return kind(collation="C") if dialect.name == "postgresql" else kind()  # type: ignore[no-any-return]

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002  (SQLAlchemy's)
        """The value as it can be stored."""
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value) if value and _UNSTORABLE.search(value) else value


class Text(String):
    """The same, of any length."""

    impl = sa.Text
    cache_ok = True


#: Constraint names are fixed, so that later migrations can address them on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("date", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("symbol", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("doi", String, nullable=False),
    Column("language", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("details", JSON, nullable=False),
    Column("revision", String, nullable=False),
    Column("provenance", JSON, nullable=False, server_default="{}"),
    Column("report", JSON(none_as_null=True)),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("label", String),
    Column("section", JSON, nullable=False),
    Column("page_first", Integer),
    Column("page_last", Integer),
    Column("text", Text, nullable=False),
    Column("calls", JSON, nullable=False),
    Column("annotations", JSON, nullable=False),
    Column("page_labels", JSON(none_as_null=True)),
    Column("automatic", JSON(none_as_null=True)),
    Index(None, "document_id", "sequence", unique=True),
)

sources = Table(
    "sources",
    metadata,
    Column("path", Text, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("document_id", String, ForeignKey("documents.id", ondelete="CASCADE")),
    Column("error", Text),
    Index(None, "document_id"),
)

sets = Table(
    "sets",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("introduction", Text, nullable=False),
    Column("frozen", String, nullable=False),
)

#: A passage is named, not referred to: sets outlive the passages, which every ingest may put anew.
set_entries = Table(
    "set_entries",
    metadata,
    Column("set_id", String, ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
    Column("passage_id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", String, nullable=False),
)

#: The secret of a link is nowhere; `digest` is its SHA-256, and `id`, by which it is found, the beginning of that.
set_links = Table(
    "set_links",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("access", String, nullable=False),
    Column("set_id", String, ForeignKey("sets.id", ondelete="CASCADE"), nullable=False),
    Index(None, "set_id"),
)


def version_of(connection: sa.Connection) -> str | None:
    """The schema version that a database states, None for a new one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)

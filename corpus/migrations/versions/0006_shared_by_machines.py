"""On PostgreSQL texts in the order of their code points; on every database the sources of a document found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("documents", "passages", "sources", "sets", "set_entries", "set_links")


def upgrade() -> None:
    collate("C")
    op.create_index("ix_sources_document_id", "sources", ["document_id"])


def downgrade() -> None:
    op.drop_index("ix_sources_document_id", "sources")
    collate("default")


def collate(collation: str) -> None:
    """SQLite orders so by itself."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for table in TABLES:
        for column in sa.inspect(connection).get_columns(table):
            if isinstance(column["type"], sa.String):
                op.alter_column(table, column["name"], type_=type(column["type"])(collation=collation))

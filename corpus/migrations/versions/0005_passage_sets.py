"""Passage sets, their entries and their links."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sets",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("frozen", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sets"),
    )
    op.create_table(
        "set_entries",
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("passage_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "passage_id", name="pk_set_entries"),
        sa.ForeignKeyConstraint(["set_id"], ["sets.id"], ondelete="CASCADE", name="fk_set_entries_set_id"),
    )
    op.create_table(
        "set_links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_set_links"),
        sa.ForeignKeyConstraint(["set_id"], ["sets.id"], ondelete="CASCADE", name="fk_set_links_set_id"),
    )
    op.create_index("ix_set_links_set_id", "set_links", ["set_id"])


def downgrade() -> None:
    for table in ("set_links", "set_entries", "sets"):
        op.drop_table(table)

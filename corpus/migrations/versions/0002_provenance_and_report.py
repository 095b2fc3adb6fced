"""Where a document's facts were found, and the report on its extraction."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # added in place, not by copying the table: dropping the old one would delete its passages by cascade
    op.add_column("documents", sa.Column("provenance", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("documents", sa.Column("report", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    for column in ("report", "provenance"):
        op.drop_column("documents", column)

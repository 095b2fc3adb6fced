"""What pages call themselves, where that is not their count."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("passages", sa.Column("page_labels", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    op.drop_column("passages", "page_labels")

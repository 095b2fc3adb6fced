"""What the annotators found in a passage, where corrections have changed it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("passages", sa.Column("automatic", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    op.drop_column("passages", "automatic")

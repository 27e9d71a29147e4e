"""Since when no calendar address of a person works.

Revision ID: 20261203_1105
Revises: 20261203_1101
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1105"
down_revision = "20261203_1101"


def upgrade():
    op.add_column("person", sa.Column("feed_closed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("feed_closed_at")

"""Building assignments count the changes of their last day, for calendars.

Revision ID: 20261203_1305
Revises: 20261203_1301
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1305"
down_revision = "20261203_1301"


def upgrade():
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE assignment SET changed_at = COALESCE(ended_at, asked_at)")
    op.execute("UPDATE assignment SET sequence = 0 WHERE state = 'serving' AND until IS NOT NULL")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.alter_column("changed_at", nullable=False)


def downgrade():
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_column("changed_at")
        batch_op.drop_column("sequence")

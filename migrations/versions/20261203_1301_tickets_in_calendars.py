"""Numbers of residents count their changes, for calendars.

Revision ID: 20261203_1301
Revises: 20261203_1201
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1301"
down_revision = "20261203_1201"


def upgrade():
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE ticket SET changed_at = queued_at")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.alter_column("sequence", server_default=None)
        batch_op.alter_column("changed_at", nullable=False)


def downgrade():
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("changed_at")
        batch_op.drop_column("sequence")

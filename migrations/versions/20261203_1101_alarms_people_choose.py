"""When the phone rings before an event, as people choose it.

Revision ID: 20261203_1101
Revises: 20261203_1005
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1101"
down_revision = "20261203_1005"


def upgrade():
    op.add_column("person", sa.Column("alarm", sa.String(length=24), nullable=True))
    op.add_column("person", sa.Column("alarm_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("alarm_at")
        batch_op.drop_column("alarm")

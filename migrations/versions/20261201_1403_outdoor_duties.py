"""Duties that are done outdoors.

Revision ID: 20261201_1403
Revises: 20261201_1402
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1403"
down_revision = "20261201_1402"


def upgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outdoor", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.alter_column("outdoor", server_default=None)


def downgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_column("outdoor")

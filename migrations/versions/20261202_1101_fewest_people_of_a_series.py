"""The fewest people with whom the dates of a standing duty are done.

Revision ID: 20261202_1101
Revises: 20261202_1100
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1101"
down_revision = "20261202_1100"


def upgrade():
    with op.batch_alter_table("duty_series", schema=None) as batch_op:
        batch_op.add_column(sa.Column("least", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("duty_series", schema=None) as batch_op:
        batch_op.alter_column("least", server_default=None)


def downgrade():
    with op.batch_alter_table("duty_series", schema=None) as batch_op:
        batch_op.drop_column("least")

"""Dates with a number of tickets of their own.

Revision ID: 20261202_0901
Revises: 20261202_0900
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0901"
down_revision = "20261202_0900"


def upgrade():
    with op.batch_alter_table("shift") as shift:
        shift.add_column(sa.Column("tickets", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("shift") as shift:
        shift.drop_column("tickets")

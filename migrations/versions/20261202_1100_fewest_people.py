"""The fewest people with whom a shift is done; when its lead was asked, and his word that it goes ahead.

Revision ID: 20261202_1100
Revises: 20261202_1000
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1100"
down_revision = "20261202_1000"


def upgrade():
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.add_column(sa.Column("least", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("goes_ahead", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.alter_column("least", server_default=None)
        batch_op.alter_column("goes_ahead", server_default=None)
        batch_op.create_check_constraint(op.f("ck_shift_least_of_seats"), "least >= 0 AND least <= seats")


def downgrade():
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_shift_least_of_seats"), type_="check")
        for name in ("goes_ahead", "asked_at", "least"):
            batch_op.drop_column(name)

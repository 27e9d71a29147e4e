"""Who records the hours of a duty.

Revision ID: 20261202_1201
Revises: 20261202_1200
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1201"
down_revision = "20261202_1200"


def upgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recorder_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_duty_recorder_id"), "partner", ["recorder_id"], ["id"])
        batch_op.create_index(op.f("ix_duty_recorder_id"), ["recorder_id"])


def downgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_duty_recorder_id"))
        batch_op.drop_constraint(op.f("fk_duty_recorder_id"), type_="foreignkey")
        batch_op.drop_column("recorder_id")

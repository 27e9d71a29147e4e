"""Dates of standing duties: which rule a shift follows, and what was decided about it alone.

Revision ID: 20261201_1402
Revises: 20261201_1401
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1402"
down_revision = "20261201_1401"


def upgrade():
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("occurrence_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("stop_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_shift_series_id"), "duty_series", ["series_id"], ["id"])
        batch_op.create_foreign_key(op.f("fk_shift_stop_id"), "stop", ["stop_id"], ["id"])
        batch_op.create_unique_constraint(op.f("uq_shift_series_id_occurrence_on"), ["series_id", "occurrence_on"])
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.alter_column("by_hand", server_default=None)
    op.create_index("ix_shift_stop_id", "shift", ["stop_id"])
    shift = sa.table("shift", sa.column("status", sa.String()), sa.column("by_hand", sa.Boolean()))
    op.execute(sa.update(shift).where(shift.c.status == "cancelled").values(by_hand=True))


def downgrade():
    op.drop_index("ix_shift_stop_id", table_name="shift")
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_constraint("uq_shift_series_id_occurrence_on", type_="unique")
        batch_op.drop_constraint("fk_shift_stop_id", type_="foreignkey")
        batch_op.drop_constraint("fk_shift_series_id", type_="foreignkey")
        for name in ("stop_id", "by_hand", "occurrence_on", "series_id"):
            batch_op.drop_column(name)

"""Attendance that was corrected after its hours were confirmed.

Revision ID: 20261202_1202
Revises: 20261202_1201
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1202"
down_revision = "20261202_1201"

DIFFERS = sa.text("differs_since IS NOT NULL")


def upgrade():
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("differs_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_attendance_changed_by_id"), "person", ["changed_by_id"], ["id"])
    op.create_index(
        "ix_attendance_differs", "attendance", ["differs_since"], sqlite_where=DIFFERS, postgresql_where=DIFFERS
    )


def downgrade():
    op.drop_index("ix_attendance_differs", table_name="attendance")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_attendance_changed_by_id"), type_="foreignkey")
        batch_op.drop_column("changed_by_id")
        batch_op.drop_column("differs_since")

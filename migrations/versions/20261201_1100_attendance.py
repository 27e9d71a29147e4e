"""Attendance: who came to a shift, from when to when; the share of presence that a duty asks for.

Revision ID: 20261201_1100
Revises: 20261201_1000
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1100"
down_revision = "20261201_1000"

LATER = sa.text("UPDATE signup SET state = 'confirmed' WHERE state IN ('present', 'done', 'absent')")


def upgrade():
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("closed_by_clock", sa.Boolean(), nullable=False),
        sa.CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name=op.f("ck_attendance_left_after_arrival")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attendance_by_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_attendance_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("signup_id", name=op.f("uq_attendance_signup_id")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("presence_share", sa.Integer(), server_default="60", nullable=False))
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.alter_column("presence_share", server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_duty_share_of_a_hundred"), "presence_share >= 1 AND presence_share <= 100"
        )


def downgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_duty_share_of_a_hundred"), type_="check")
        batch_op.drop_column("presence_share")
    op.drop_table("attendance")
    op.execute(LATER)

"""The timetable of a date for residents: places that are counted.

Revision ID: 20261202_0902
Revises: 20261202_0901
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0902"
down_revision = "20261202_0901"


def upgrade():
    op.create_table(
        "ticket_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= places", name=op.f("ck_ticket_slot_never_oversold")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_ticket_slot_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_slot")),
        sa.UniqueConstraint("shift_id", "number", name=op.f("uq_ticket_slot_shift_id_number")),
    )


def downgrade():
    op.drop_table("ticket_slot")

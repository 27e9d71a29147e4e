"""Seats that adopters keep.

Revision ID: 20261129_0900
Revises: 20261128_1300
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_0900"
down_revision = "20261128_1300"
NAMED = sa.text("state IN ('asked', 'manned')")


def upgrade():
    op.create_table(
        "pledged_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoption.id"], name=op.f("fk_pledged_seat_adoption_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_pledged_seat_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pledged_seat_person_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_pledged_seat_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledged_seat")),
    )
    op.create_index("ix_pledged_seat_adoption", "pledged_seat", ["adoption_id"])
    op.create_index("ix_pledged_seat_person", "pledged_seat", ["person_id"])
    op.create_index("ix_pledged_seat_state", "pledged_seat", ["state"])
    op.create_index(
        "uq_pledged_seat_person",
        "pledged_seat",
        ["shift_id", "person_id"],
        unique=True,
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )


def downgrade():
    op.drop_table("pledged_seat")

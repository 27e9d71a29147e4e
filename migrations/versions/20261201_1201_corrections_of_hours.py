"""Corrections of hours that volunteers ask for.

Revision ID: 20261201_1201
Revises: 20261201_1200
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1201"
down_revision = "20261201_1200"

ASKED = sa.text("state = 'asked'")


def upgrade():
    op.create_table(
        "hour_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_hour_correction_answered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hour_correction_person_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_hour_correction_signup_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["recording_unit.id"], name=op.f("fk_hour_correction_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_correction")),
    )
    op.create_index(op.f("ix_hour_correction_person_id"), "hour_correction", ["person_id"])
    op.create_index("ix_hour_correction_unit", "hour_correction", ["unit_id", "state"])
    op.create_index(
        "uq_hour_correction_living",
        "hour_correction",
        ["signup_id"],
        unique=True,
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )


def downgrade():
    op.drop_table("hour_correction")

"""Standing places.

Revision ID: 20261201_1405
Revises: 20261201_1404
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1405"
down_revision = "20261201_1404"

LIVING = sa.text("state IN ('asked', 'offered', 'held')")


def upgrade():
    op.create_table(
        "standing_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("said_to", sa.String(length=40), nullable=False),
        sa.Column("reached", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_standing_place_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_standing_place_person_id")),
        sa.ForeignKeyConstraint(["series_id"], ["duty_series.id"], name=op.f("fk_standing_place_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_place")),
    )
    op.create_index("ix_standing_place_person", "standing_place", ["person_id", "state"])
    op.create_index(
        "uq_standing_place_person",
        "standing_place",
        ["series_id", "person_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )


def downgrade():
    op.drop_table("standing_place")

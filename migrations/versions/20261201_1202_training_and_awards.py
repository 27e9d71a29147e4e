"""Training and awards of volunteers.

Revision ID: 20261201_1202
Revises: 20261201_1201
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1202"
down_revision = "20261201_1201"


def upgrade():
    op.create_table(
        "volunteer_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("giver", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_volunteer_record_noted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_record_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_volunteer_record_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_record")),
    )
    op.create_index(op.f("ix_volunteer_record_person_id"), "volunteer_record", ["person_id"])


def downgrade():
    op.drop_table("volunteer_record")

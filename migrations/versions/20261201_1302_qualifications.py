"""Qualifications: papers that staff has seen.

Revision ID: 20261201_1302
Revises: 20261201_1301
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1302"
down_revision = "20261201_1301"
LIVING = sa.text("ended_at IS NULL")


def upgrade():
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("capability_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["capability_id"], ["capability.id"], name=op.f("fk_qualification_capability_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_qualification_person_id")),
        sa.ForeignKeyConstraint(["seen_by_id"], ["person.id"], name=op.f("fk_qualification_seen_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    op.create_index(
        "uq_qualification_living",
        "qualification",
        ["person_id", "capability_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )


def downgrade():
    op.drop_table("qualification")

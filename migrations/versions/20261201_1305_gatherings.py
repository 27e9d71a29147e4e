"""Gatherings: people who want to come together.

Revision ID: 20261201_1305
Revises: 20261201_1304
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1305"
down_revision = "20261201_1304"
GATHERING = sa.text("state = 'gathering'")


def upgrade():
    op.create_table(
        "gathering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_gathering_asker_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_gathering_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
    )
    op.create_index(
        "uq_gathering_living",
        "gathering",
        ["shift_id", "asker_id"],
        unique=True,
        sqlite_where=GATHERING,
        postgresql_where=GATHERING,
    )
    op.create_table(
        "companion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_companion_gathering_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_companion_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companion")),
        sa.UniqueConstraint("gathering_id", "person_id", name=op.f("uq_companion_gathering_id_person_id")),
    )
    op.create_index(op.f("ix_companion_person_id"), "companion", ["person_id"])
    with op.batch_alter_table("signup") as signup:
        signup.add_column(sa.Column("gathering_id", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("signup") as signup:
        signup.drop_column("gathering_id")
    op.drop_table("companion")
    op.drop_table("gathering")

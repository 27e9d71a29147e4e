"""What is called off together, and restored together.

Revision ID: 20261201_1401
Revises: 20261201_1400
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1401"
down_revision = "20261201_1400"


def upgrade():
    op.create_table(
        "stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("outdoor_only", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_stop_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
    )
    op.create_index("ix_stop_place", "stop", ["place_id"])


def downgrade():
    op.drop_table("stop")

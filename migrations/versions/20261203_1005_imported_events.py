"""What was taken over from calendar files.

Revision ID: 20261203_1005
Revises: 20261203_1001
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1005"
down_revision = "20261203_1001"


def upgrade():
    op.create_table(
        "imported_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_event")),
        sa.UniqueConstraint("of", "owner", "mark", name=op.f("uq_imported_event_of_owner_mark")),
    )


def downgrade():
    op.drop_table("imported_event")

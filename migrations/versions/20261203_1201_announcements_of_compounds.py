"""What is cut or serviced at a compound or a building.

Revision ID: 20261203_1201
Revises: 20261203_1105
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1201"
down_revision = "20261203_1105"


def upgrade():
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.CheckConstraint("until > starts_at", name=op.f("ck_announcement_until_after_from")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_announcement_place_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_announcement_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index("ix_announcement_place", "announcement", ["place_id", "until"])
    op.create_index("ix_announcement_partner_id", "announcement", ["partner_id"])


def downgrade():
    op.drop_table("announcement")

"""Swaps of seats.

Revision ID: 20261201_1303
Revises: 20261201_1302
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1303"
down_revision = "20261201_1302"
OPEN_ROWS = sa.text("state IN ('open', 'agreed')")


def upgrade():
    op.create_table(
        "swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("wanted_id", sa.Integer(), nullable=True),
        sa.Column("taker_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settle_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_swap_partner_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_swap_signup_id")),
        sa.ForeignKeyConstraint(["taker_id"], ["person.id"], name=op.f("fk_swap_taker_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_swap_to_id")),
        sa.ForeignKeyConstraint(["wanted_id"], ["shift.id"], name=op.f("fk_swap_wanted_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    for name in ("partner_id", "to_id", "wanted_id"):
        op.create_index(op.f(f"ix_swap_{name}"), "swap", [name])
    op.create_index("ix_swap_settle", "swap", ["state", "settle_at"])
    op.create_index(
        "uq_swap_living", "swap", ["signup_id"], unique=True, sqlite_where=OPEN_ROWS, postgresql_where=OPEN_ROWS
    )


def downgrade():
    op.drop_table("swap")

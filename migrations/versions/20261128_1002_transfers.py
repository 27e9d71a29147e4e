"""hand-overs of adoptions between partners.

Revision ID: 20261128_1002
Revises: 20261128_1001
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1002"
down_revision = "20261128_1001"

LIVING = sa.text("state IN ('offered', 'agreed')")


def upgrade():
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("pledge", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoption.id"], name=op.f("fk_transfer_adoption_id")),
        sa.ForeignKeyConstraint(["to_id"], ["partner.id"], name=op.f("fk_transfer_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index("ix_transfer_adoption_id", "transfer", ["adoption_id"])
    where = {"sqlite_where": LIVING, "postgresql_where": LIVING}
    op.create_index("uq_transfer_open", "transfer", ["adoption_id"], unique=True, **where)
    op.create_index("ix_transfer_waiting", "transfer", ["to_id"], **where)


def downgrade():
    op.drop_table("transfer")

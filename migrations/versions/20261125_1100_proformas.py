"""proformas: empty sheets of superiors, matched with a ledger."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1100"
down_revision = "20261125_1001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "proforma",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("bottom", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_proforma_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proforma")),
    )
    op.create_index(
        "uq_proforma_living",
        "proforma",
        ["place_id", "name"],
        unique=True,
        sqlite_where=sa.text("retired_on IS NULL"),
        postgresql_where=sa.text("retired_on IS NULL"),
    )


def downgrade():
    op.drop_table("proforma")

"""What the owners of a compound pay for.

Revision ID: 20261202_1102
Revises: 20261202_1101
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1102"
down_revision = "20261202_1101"
KEYS = {"place_id": "place", "category_id": "category", "partner_id": "partner", "agreement_id": "agreement"}


def upgrade():
    op.create_table(
        "contract_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=24), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_contract_service_until_after_since")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_contract_service_{column}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_service")),
    )
    op.create_index("ix_contract_service_place", "contract_service", ["place_id", "category_id"])
    for column in ("agreement_id", "category_id", "partner_id"):
        op.create_index(f"ix_contract_service_{column}", "contract_service", [column])


def downgrade():
    op.drop_table("contract_service")

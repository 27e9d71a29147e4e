"""The routing table: what category goes to whom in which area.

Revision ID: 20261128_0901
Revises: 20261128_0900
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_0901"
down_revision = "20261128_0900"

LIVING = sa.text("until IS NULL")


def upgrade():
    op.create_table(
        "need_route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_need_route_category_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_need_route_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_need_route_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_route")),
    )
    with op.batch_alter_table("need_route", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_route_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_route_partner_id"), ["partner_id"], unique=False)
        batch_op.create_index(
            "uq_need_route_living",
            ["place_id", "category_id"],
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        )


def downgrade():
    op.drop_table("need_route")

"""Themes: alike needs under one title, and which need belongs to one.

Revision ID: 20261128_0903
Revises: 20261128_0902
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_0903"
down_revision = "20261128_0902"


def upgrade():
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.Column("gathered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_theme_category_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_theme_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_index("ix_theme_place", "theme", ["place_id", "id"])
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.add_column(sa.Column("theme_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_need_theme_id"), "theme", ["theme_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_need_theme_id"), ["theme_id"], unique=False)


def downgrade():
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_theme_id"))
        batch_op.drop_constraint(batch_op.f("fk_need_theme_id"), type_="foreignkey")
        batch_op.drop_column("theme_id")
    op.drop_table("theme")

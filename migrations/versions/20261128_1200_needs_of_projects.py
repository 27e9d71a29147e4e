"""Needs that projects answer.

Revision ID: 20261128_1200
Revises: 20261128_1104
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1200"
down_revision = "20261128_1104"

LIVING = sa.text("until IS NULL")


def upgrade():
    op.create_table(
        "project_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_project_need_need_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_need_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_need")),
    )
    op.create_index("ix_project_need_project_id", "project_need", ["project_id"])
    op.create_index(
        "uq_project_need_living",
        "project_need",
        ["need_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )


def downgrade():
    op.drop_table("project_need")

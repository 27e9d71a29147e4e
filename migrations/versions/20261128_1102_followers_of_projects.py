"""Followers of projects.

Revision ID: 20261128_1102
Revises: 20261128_1101
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1102"
down_revision = "20261128_1101"

LIVING = sa.text("until IS NULL")


def upgrade():
    op.create_table(
        "project_follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_project_follower_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_follower_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_follower")),
    )
    op.create_index("ix_project_follower_project_id", "project_follower", ["project_id"])
    op.create_index(
        "uq_project_follower_living",
        "project_follower",
        ["person_id", "project_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )


def downgrade():
    op.drop_table("project_follower")

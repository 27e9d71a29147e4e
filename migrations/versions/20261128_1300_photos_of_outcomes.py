"""Photos of outcomes.

Revision ID: 20261128_1300
Revises: 20261128_1201
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1300"
down_revision = "20261128_1201"


def upgrade():
    op.create_table(
        "project_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=120), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_project_photo_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_project_photo_file_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_photo_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_photo")),
    )
    op.create_index(op.f("ix_project_photo_project_id"), "project_photo", ["project_id"])


def downgrade():
    op.drop_table("project_photo")

"""Attachments of projects.

Revision ID: 20261128_1101
Revises: 20261128_1100
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1101"
down_revision = "20261128_1100"


def upgrade():
    op.create_table(
        "project_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_project_attachment_file_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_attachment_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_attachment")),
    )
    op.create_index(op.f("ix_project_attachment_project_id"), "project_attachment", ["project_id"])


def downgrade():
    op.drop_table("project_attachment")

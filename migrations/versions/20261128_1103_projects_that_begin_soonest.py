"""Projects that begin soonest come first: an index in that order.

Revision ID: 20261128_1103
Revises: 20261128_1102
"""

from alembic import op

revision = "20261128_1103"
down_revision = "20261128_1102"


def upgrade():
    op.create_index("ix_project_stage_start", "project", ["stage", "starts_on", "id"])


def downgrade():
    op.drop_index("ix_project_stage_start", table_name="project")

"""Duties of projects: the index holds those that belong to one, so that the many others do not make it look useless.

Revision ID: 20261127_0903
Revises: 20261127_0902
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_0903"
down_revision = "20261127_0902"

OF_ONE = sa.text("project_id IS NOT NULL")


def upgrade():
    op.create_index("ix_duty_of_project", "duty", ["project_id"], sqlite_where=OF_ONE, postgresql_where=OF_ONE)
    op.drop_index("ix_duty_project_id", table_name="duty")


def downgrade():
    op.create_index("ix_duty_project_id", "duty", ["project_id"])
    op.drop_index("ix_duty_of_project", table_name="duty")

"""Closed projects are listed by the day on which they were closed.

Revision ID: 20261128_1004
Revises: 20261128_1003
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1004"
down_revision = "20261128_1003"

CLOSED = sa.text("stage = 'closed'")


def upgrade():
    op.create_index("ix_project_closed", "project", ["closed_on", "id"], sqlite_where=CLOSED, postgresql_where=CLOSED)


def downgrade():
    op.drop_index("ix_project_closed", table_name="project")

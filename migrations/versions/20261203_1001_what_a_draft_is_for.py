"""Drafts for one row: a calendar file for one duty or one resource.

Revision ID: 20261203_1001
Revises: 20261203_0905
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_1001"
down_revision = "20261203_0905"


def upgrade():
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ref", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_column("ref")

"""What a project promises to be done with, who is asked about it, and why a draft came back.

Revision ID: 20261128_1100
Revises: 20261128_1004
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1100"
down_revision = "20261128_1004"

TEXTS = {
    "done_means": sa.Text(),
    "contact_name": sa.String(length=80),
    "contact_phone": sa.String(length=40),
    "returned": sa.Text(),
}


def upgrade():
    with op.batch_alter_table("project", schema=None) as batch_op:
        for name, kind in TEXTS.items():
            batch_op.add_column(sa.Column(name, kind, server_default="", nullable=False))
    with op.batch_alter_table("project", schema=None) as batch_op:
        for name in TEXTS:
            batch_op.alter_column(name, server_default=None)


def downgrade():
    with op.batch_alter_table("project", schema=None) as batch_op:
        for name in TEXTS:
            batch_op.drop_column(name)

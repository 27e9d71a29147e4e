"""What a sign-up was before its shift was called off.

Revision ID: 20261201_1404
Revises: 20261201_1403
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1404"
down_revision = "20261201_1403"


def upgrade():
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("was", sa.String(length=24), nullable=True))


def downgrade():
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_column("was")

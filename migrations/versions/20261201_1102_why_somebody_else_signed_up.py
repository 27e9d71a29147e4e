"""Why somebody else signed a person up.

Revision ID: 20261201_1102
Revises: 20261201_1101
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1102"
down_revision = "20261201_1101"


def upgrade():
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("behalf", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.alter_column("behalf", server_default=None)


def downgrade():
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_column("behalf")

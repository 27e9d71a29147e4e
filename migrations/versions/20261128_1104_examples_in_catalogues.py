"""Examples in the catalogues: what came with the demo data is told from what a district has settled.

Revision ID: 20261128_1104
Revises: 20261128_1103
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1104"
down_revision = "20261128_1103"


def upgrade():
    for table in ("category", "capability"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("is_example", sa.Boolean(), server_default=sa.false(), nullable=False))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("is_example", server_default=None)


def downgrade():
    for table in ("category", "capability"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("is_example")

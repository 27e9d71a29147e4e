"""Why volunteers do what falls under a property contract.

Revision ID: 20261202_1103
Revises: 20261202_1102
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1103"
down_revision = "20261202_1102"


def upgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grounds", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("grounds_words", sa.String(length=120), server_default="", nullable=False))
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.alter_column("grounds_words", server_default=None)


def downgrade():
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_column("grounds_words")
        batch_op.drop_column("grounds")

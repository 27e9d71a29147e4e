"""Whether somebody wants his appointments in the calendar of his mailbox.

Revision ID: 20261203_0901
Revises: 20261202_1202
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_0901"
down_revision = "20261202_1202"


def upgrade():
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar_mail", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("calendar_mail", server_default=None)


def downgrade():
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("calendar_mail")

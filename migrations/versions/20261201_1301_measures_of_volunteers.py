"""How many hours a week a volunteer wants at most; why somebody was asked before others.

Revision ID: 20261201_1301
Revises: 20261201_1300
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1301"
down_revision = "20261201_1300"

LATER = sa.text("UPDATE signup SET state = 'confirmed' WHERE state = 'pending'")
GONE = sa.text("UPDATE signup SET state = 'withdrawn' WHERE state = 'turned_down'")


def upgrade():
    with op.batch_alter_table("volunteer") as volunteer:
        volunteer.add_column(sa.Column("weekly_most", sa.Integer(), nullable=True))
    with op.batch_alter_table("signup") as signup:
        signup.add_column(sa.Column("jumped", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("signup") as signup:
        signup.alter_column("jumped", server_default=None)


def downgrade():
    op.execute(LATER)
    op.execute(GONE)
    with op.batch_alter_table("signup") as signup:
        signup.drop_column("jumped")
    with op.batch_alter_table("volunteer") as volunteer:
        volunteer.drop_column("weekly_most")

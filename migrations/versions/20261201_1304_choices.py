"""Queues that are for one and the same wish.

Revision ID: 20261201_1304
Revises: 20261201_1303
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1304"
down_revision = "20261201_1303"


def upgrade():
    with op.batch_alter_table("signup") as signup:
        signup.add_column(sa.Column("choice_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_signup_choice_id"), "signup", ["choice_id"])


def downgrade():
    op.drop_index(op.f("ix_signup_choice_id"), table_name="signup")
    with op.batch_alter_table("signup") as signup:
        signup.drop_column("choice_id")

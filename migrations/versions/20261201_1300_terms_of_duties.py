"""The terms of duties: when sign-up opens and closes, who decides, ages, proof, a fair cap, what is provided.

Revision ID: 20261201_1300
Revises: 20261201_1102
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1300"
down_revision = "20261201_1102"

NUMBERS = "opens_before", "closes_before", "least_age", "most_age", "fair_cap"
FLAGS = "late_join", "confirms", "needs_proof"
CHECKS = {"opens_ahead": "opens_before > 0", "closes_ahead": "closes_before >= 0", "fair_cap_positive": "fair_cap > 0"}


def upgrade():
    with op.batch_alter_table("duty") as duty:
        for name in NUMBERS:
            duty.add_column(sa.Column(name, sa.Integer(), nullable=True))
        for name in FLAGS:
            duty.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        duty.add_column(sa.Column("materials", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("duty") as duty:
        for name in (*FLAGS, "materials"):
            duty.alter_column(name, server_default=None)
        for name, condition in CHECKS.items():
            duty.create_check_constraint(op.f(f"ck_duty_{name}"), condition)


def downgrade():
    with op.batch_alter_table("duty") as duty:
        for name in CHECKS:
            duty.drop_constraint(op.f(f"ck_duty_{name}"), type_="check")
        for name in (*NUMBERS, *FLAGS, "materials"):
            duty.drop_column(name)

"""Duties with a door for residents: how many tickets a date has, and who may take them.

Revision ID: 20261202_0900
Revises: 20261201_1405
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0900"
down_revision = "20261201_1405"


def upgrade():
    op.create_table(
        "ticket_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("tickets >= 1", name=op.f("ck_ticket_counter_some_tickets")),
        sa.CheckConstraint("most >= 1", name=op.f("ck_ticket_counter_somebody_comes")),
        sa.CheckConstraint("minutes >= 5", name=op.f("ck_ticket_counter_time_for_one")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_ticket_counter_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_counter")),
        sa.UniqueConstraint("duty_id", name=op.f("uq_ticket_counter_duty_id")),
    )


def downgrade():
    op.drop_table("ticket_counter")

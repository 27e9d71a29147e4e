"""Tickets: residents who come to a shift, or wait.

Revision ID: 20261202_0903
Revises: 20261202_0902
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0903"
down_revision = "20261202_0902"

ALIVE = "state IN ('taken', 'offered', 'waiting')"


def upgrade():
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("behalf", sa.Text(), nullable=False),
        sa.Column("was", sa.String(length=24), nullable=True),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size >= 1", name=op.f("ck_ticket_somebody_comes")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_ticket_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_person_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_ticket_shift_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["ticket_slot.id"], name=op.f("fk_ticket_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("shift_id", "number", name=op.f("uq_ticket_shift_id_number")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ticket_token_hash")),
    )
    for name, columns in (
        ("queue", ["shift_id", "state", "queued_at"]),
        ("offer", ["state", "offered_until"]),
        ("person", ["person_id", "state"]),
        ("calls", ["call_since", "shift_id"]),
    ):
        op.create_index(f"ix_ticket_{name}", "ticket", columns)
    for name, where in (("person_id", ALIVE), ("phone", f"phone <> '' AND {ALIVE}")):
        one = {"unique": True, "sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
        op.create_index(f"uq_ticket_{name.removesuffix('_id')}", "ticket", ["shift_id", name], **one)


def downgrade():
    op.drop_table("ticket")

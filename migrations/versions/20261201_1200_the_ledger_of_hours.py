"""The ledger of hours, which only grows.

Revision ID: 20261201_1200
Revises: 20261201_1102
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1200"
down_revision = "20261201_1102"

SERVICE = sa.text("kind = 'service'")
SQLITE = (
    "CREATE TRIGGER hour_entry_no_update BEFORE UPDATE ON hour_entry"
    " BEGIN SELECT RAISE(ABORT, 'hour_entry only grows'); END",
    "CREATE TRIGGER hour_entry_no_delete BEFORE DELETE ON hour_entry"
    " BEGIN SELECT RAISE(ABORT, 'hour_entry only grows'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION hour_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'hour_entry only grows'; END $$",
    "CREATE TRIGGER hour_entry_no_change BEFORE UPDATE OR DELETE ON hour_entry"
    " FOR EACH ROW EXECUTE FUNCTION hour_entry_only_grows()",
    "CREATE TRIGGER hour_entry_no_emptying BEFORE TRUNCATE ON hour_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION hour_entry_only_grows()",
)


def upgrade():
    op.create_table(
        "recording_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("takes_report_in", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_recording_unit_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_unit")),
        sa.UniqueConstraint("place_id", name=op.f("uq_recording_unit_place_id")),
    )
    op.create_table(
        "hour_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=80), nullable=False),
        sa.Column("paper_number", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_hour_transfer_noted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hour_transfer_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["recording_unit.id"], name=op.f("fk_hour_transfer_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_transfer")),
    )
    op.create_index(op.f("ix_hour_transfer_person_id"), "hour_transfer", ["person_id"])
    op.create_index("uq_hour_transfer_paper", "hour_transfer", ["unit_id", "issuer", "paper_number"], unique=True)
    op.create_table(
        "hour_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=True),
        sa.Column("transfer_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_hour_entry_confirmed_by_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_hour_entry_duty_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hour_entry_person_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_hour_entry_proposed_by_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_hour_entry_shift_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_hour_entry_signup_id")),
        sa.ForeignKeyConstraint(["transfer_id"], ["hour_transfer.id"], name=op.f("fk_hour_entry_transfer_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["recording_unit.id"], name=op.f("fk_hour_entry_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entry")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_hour_entry_transfer_id")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_hour_entry_unit_id_number")),
    )
    op.create_index("ix_hour_entry_person", "hour_entry", ["person_id", "day"])
    op.create_index(op.f("ix_hour_entry_shift_id"), "hour_entry", ["shift_id"])
    op.create_index("ix_hour_entry_signup", "hour_entry", ["signup_id"])
    op.create_index(
        "uq_hour_entry_service",
        "hour_entry",
        ["signup_id"],
        unique=True,
        sqlite_where=SERVICE,
        postgresql_where=SERVICE,
    )
    op.create_table(
        "hour_sync",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hour_sync_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["hour_entry.id"], name=op.f("fk_hour_sync_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_hour_sync")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade():
    op.drop_table("hour_sync")
    op.drop_table("hour_entry")
    op.drop_table("hour_transfer")
    op.drop_table("recording_unit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION hour_entry_only_grows()")

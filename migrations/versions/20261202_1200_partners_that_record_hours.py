"""Partners that record the hours of the shifts that they lead.

Revision ID: 20261202_1200
Revises: 20261202_1103
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1200"
down_revision = "20261202_1103"

ITS_OWN = sa.text("partner_id IS NULL")


def upgrade():
    with op.batch_alter_table("recording_unit", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_recording_unit_place_id"), type_="unique")
        batch_op.add_column(sa.Column("partner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("entrusted", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.create_foreign_key(op.f("fk_recording_unit_partner_id"), "partner", ["partner_id"], ["id"])
    with op.batch_alter_table("recording_unit", schema=None) as batch_op:
        batch_op.alter_column("entrusted", server_default=None)
    op.create_index(op.f("ix_recording_unit_place_id"), "recording_unit", ["place_id"])
    op.create_index(
        "uq_recording_unit_place",
        "recording_unit",
        ["place_id"],
        unique=True,
        sqlite_where=ITS_OWN,
        postgresql_where=ITS_OWN,
    )
    op.create_index("uq_recording_unit_partner", "recording_unit", ["partner_id", "place_id"], unique=True)


def downgrade():
    """Only where no partner recorded yet: its ledger has nowhere to go."""
    op.drop_index("uq_recording_unit_partner", table_name="recording_unit")
    op.drop_index("uq_recording_unit_place", table_name="recording_unit")
    op.drop_index(op.f("ix_recording_unit_place_id"), table_name="recording_unit")
    op.execute("DELETE FROM recording_unit WHERE partner_id IS NOT NULL AND entries = 0")
    with op.batch_alter_table("recording_unit", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_recording_unit_partner_id"), type_="foreignkey")
        batch_op.drop_column("entrusted")
        batch_op.drop_column("partner_id")
        batch_op.create_unique_constraint(op.f("uq_recording_unit_place_id"), ["place_id"])

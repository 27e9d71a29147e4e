"""What waits is found by an index: bookings to confirm, certificates that nobody has looked at.

Revision ID: 20261127_0902
Revises: 20261127_0901
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_0902"
down_revision = "20261127_0901"

UNCONFIRMED = sa.text("confirmed_at IS NULL")
UNSEEN = sa.text("certified_on IS NULL AND until IS NULL")


def upgrade():
    op.create_index(
        "ix_booking_unconfirmed",
        "booking",
        ["confirm_by"],
        sqlite_where=UNCONFIRMED,
        postgresql_where=UNCONFIRMED,
    )
    op.create_index(
        "ix_partner_capability_unseen",
        "partner_capability",
        ["level", "partner_id"],
        sqlite_where=UNSEEN,
        postgresql_where=UNSEEN,
    )


def downgrade():
    op.drop_index("ix_partner_capability_unseen", table_name="partner_capability")
    op.drop_index("ix_booking_unconfirmed", table_name="booking")

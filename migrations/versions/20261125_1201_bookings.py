"""bookings, series of them, and the quarter hours that they own."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1201"
down_revision = "20261125_1200"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("skip_holidays", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["place.id"], name=op.f("fk_series_office_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_series_partner_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_series_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_series_partner_id"), ["partner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_series_resource_id"), ["resource_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(partner_id IS NULL) <> (office_id IS NULL)", name=op.f("ck_booking_one_booker")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_booking_ends_after_start")),
        sa.CheckConstraint("units > 0", name=op.f("ck_booking_units_positive")),
        sa.ForeignKeyConstraint(["office_id"], ["place.id"], name=op.f("fk_booking_office_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_booking_partner_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_booking_resource_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_booking_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_partner_id"), ["partner_id"], unique=False)
        batch_op.create_index("ix_booking_resource_starts", ["resource_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_series_id"), ["series_id"], unique=False)
        batch_op.create_index("ix_booking_state_starts", ["state", "starts_at"], unique=False)

    op.create_table(
        "quarter",
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_quarter_booking_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_quarter_resource_id")),
        sa.PrimaryKeyConstraint("resource_id", "quarter", "unit", name=op.f("pk_quarter")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("quarter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarter_booking_id"), ["booking_id"], unique=False)


def downgrade():
    with op.batch_alter_table("quarter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarter_booking_id"))
    op.drop_table("quarter")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index("ix_booking_state_starts")
        batch_op.drop_index(batch_op.f("ix_booking_series_id"))
        batch_op.drop_index("ix_booking_resource_starts")
        batch_op.drop_index(batch_op.f("ix_booking_partner_id"))
        batch_op.drop_index(batch_op.f("ix_booking_office_id"))
    op.drop_table("booking")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_resource_id"))
        batch_op.drop_index(batch_op.f("ix_series_partner_id"))
        batch_op.drop_index(batch_op.f("ix_series_office_id"))
    op.drop_table("series")

"""Standing duties: the rule by which a duty has its dates.

Revision ID: 20261201_1400
Revises: 20261201_1305
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1400"
down_revision = "20261201_1305"


def upgrade():
    op.create_table(
        "duty_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("skip_holidays", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("newcomer_seats", sa.Integer(), nullable=False),
        sa.Column("newcomer_days", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("laid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_series_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_series")),
    )
    op.create_index("ix_duty_series_duty", "duty_series", ["duty_id"])
    op.create_index("ix_duty_series_laid", "duty_series", ["ended_at", "laid_at"])


def downgrade():
    op.drop_table("duty_series")

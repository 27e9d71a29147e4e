"""participations: numbered certificates of what a partner has done."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1301"
down_revision = "20261124_1300"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=13), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_participation_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_participation_place_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["participation.id"], name=op.f("fk_participation_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("number", name=op.f("uq_participation_number")),
    )
    op.create_index("ix_participation_place_state", "participation", ["place_id", "state"])
    op.create_index(op.f("ix_participation_partner_id"), "participation", ["partner_id"])
    op.create_index(
        "uq_participation_asked",
        "participation",
        ["partner_id", "place_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index(
        "uq_participation_issued",
        "participation",
        ["partner_id", "place_id", "since", "until"],
        unique=True,
        sqlite_where=sa.text("state = 'issued'"),
        postgresql_where=sa.text("state = 'issued'"),
    )


def downgrade():
    op.drop_table("participation")

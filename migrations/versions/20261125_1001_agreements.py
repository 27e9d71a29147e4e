"""agreements and their parties."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1001"
down_revision = "20261125_1000"
branch_labels = None
depends_on = None

LIVING_RENEWAL = sa.text("renews_id IS NOT NULL AND ended_on IS NULL")
ONE_OF_THREE = (
    "(partner_id IS NOT NULL AND place_id IS NULL AND office IS NULL AND outside = '')"
    " OR (partner_id IS NULL AND place_id IS NOT NULL AND office IS NOT NULL AND outside = '')"
    " OR (partner_id IS NULL AND place_id IS NULL AND office IS NULL AND outside <> '')"
)


def upgrade():
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("runs_out", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("renews_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_days", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_agreement_until_after_since")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_agreement_file_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_agreement_place_id")),
        sa.ForeignKeyConstraint(["renews_id"], ["agreement.id"], name=op.f("fk_agreement_renews_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_place_signed", ["place_id", "signed_on", "id"], unique=False)
        batch_op.create_index("ix_agreement_until", ["until"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_renews_id"), ["renews_id"], unique=False)
        batch_op.create_index(
            "uq_agreement_renewal",
            ["renews_id"],
            unique=True,
            sqlite_where=LIVING_RENEWAL,
            postgresql_where=LIVING_RENEWAL,
        )
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("office", sa.String(length=24), nullable=True),
        sa.Column("outside", sa.String(length=80), nullable=False),
        sa.CheckConstraint(ONE_OF_THREE, name=op.f("ck_agreement_party_one_of_three")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_agreement_party_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_agreement_party_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
    )
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_party_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_party_partner_id"), ["partner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_party_place_id"), ["place_id"], unique=False)


def downgrade():
    op.drop_table("agreement_party")
    op.drop_table("agreement")

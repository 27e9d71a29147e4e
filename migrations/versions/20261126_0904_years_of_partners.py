"""years of partners: verified until a day, by which office, renewed at their managers' request."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from kernel import clock

revision = "20261126_0904"
down_revision = "20261126_0903"
branch_labels = None
depends_on = None

OPEN = sa.text("outcome = 'open'")
KNOWN = ("active", "suspended")
# Whoever is in the register has a year from now on to be looked at again; a committee no longer than its term.
GIVE_A_YEAR = """
UPDATE partner SET verified_until =
    CASE WHEN term_until IS NOT NULL AND term_until < :year THEN term_until ELSE :year END
WHERE stage IN ('active', 'suspended')
"""
NOTE = """
INSERT INTO verification (partner_id, place_id, since, until)
SELECT id, place_id, active_since, verified_until FROM partner
WHERE verified_until IS NOT NULL AND active_since IS NOT NULL
"""


def upgrade():
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_verification_by_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_verification_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_verification_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index("ix_verification_partner_id", "verification", ["partner_id"])
    op.create_table(
        "renewal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_renewal_asked_by_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_renewal_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
    )
    op.create_index("ix_renewal_partner_id", "renewal", ["partner_id"])
    op.create_index("uq_renewal_open", "renewal", ["partner_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reminded_for", sa.Date(), nullable=True))
        batch_op.create_index("ix_partner_stage_until", ["stage", "verified_until"])
    year = sa.bindparam("year", clock.today() + timedelta(days=365), sa.Date)
    op.get_bind().execute(sa.text(GIVE_A_YEAR).bindparams(year))
    op.execute(NOTE)


def downgrade():
    op.execute("UPDATE partner SET stage = 'suspended' WHERE stage = 'lapsed'")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index("ix_partner_stage_until")
        batch_op.drop_column("reminded_for")
        batch_op.drop_column("verified_until")
    op.drop_index("uq_renewal_open", table_name="renewal")
    op.drop_index("ix_renewal_partner_id", table_name="renewal")
    op.drop_table("renewal")
    op.drop_index("ix_verification_partner_id", table_name="verification")
    op.drop_table("verification")

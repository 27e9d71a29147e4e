"""incubations: firms that a community raises, their milestones, what they were given, their party branch."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1400"
down_revision = "20261125_1201"
branch_labels = None
depends_on = None

LIVING = sa.text("stage NOT IN ('left', 'refused')")
LIVING_BRANCH = sa.text("ended_at IS NULL")


def upgrade():
    op.create_table(
        "incubation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("founder_name", sa.String(length=80), nullable=False),
        sa.Column("founder_phone", sa.String(length=40), nullable=False),
        sa.Column("founder_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["founder_id"], ["person.id"], name=op.f("fk_incubation_founder_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_incubation_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_incubation_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incubation")),
        sa.UniqueConstraint("partner_id", name=op.f("uq_incubation_partner_id")),
    )
    with op.batch_alter_table("incubation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incubation_founder_id"), ["founder_id"], unique=False)
        batch_op.create_index("ix_incubation_place_stage", ["place_id", "stage", "id"], unique=False)
        batch_op.create_index(
            "uq_incubation_living", ["place_id", "name"], unique=True, sqlite_where=LIVING, postgresql_where=LIVING
        )
    op.create_table(
        "incubation_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incubation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incubation_id"], ["incubation.id"], name=op.f("fk_incubation_milestone_incubation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incubation_milestone")),
    )
    with op.batch_alter_table("incubation_milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incubation_milestone_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_incubation_milestone_incubation_id"), ["incubation_id"], unique=False)
    op.create_table(
        "incubation_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incubation_id", sa.Integer(), nullable=False),
        sa.Column("help", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(partner_id IS NULL) <> (place_id IS NULL)", name=op.f("ck_incubation_support_one_giver")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_incubation_support_quantity_positive")),
        sa.ForeignKeyConstraint(["incubation_id"], ["incubation.id"], name=op.f("fk_incubation_support_incubation_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_incubation_support_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_incubation_support_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incubation_support")),
    )
    with op.batch_alter_table("incubation_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incubation_support_incubation_id"), ["incubation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incubation_support_partner_id"), ["partner_id"], unique=False)
    op.create_table(
        "incubation_branch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incubation_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("members >= 0", name=op.f("ck_incubation_branch_members_counted")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_incubation_branch_consent_id")),
        sa.ForeignKeyConstraint(["incubation_id"], ["incubation.id"], name=op.f("fk_incubation_branch_incubation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incubation_branch")),
    )
    with op.batch_alter_table("incubation_branch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incubation_branch_consent_id"), ["consent_id"], unique=False)
        batch_op.create_index(
            "uq_incubation_branch_living",
            ["incubation_id"],
            unique=True,
            sqlite_where=LIVING_BRANCH,
            postgresql_where=LIVING_BRANCH,
        )


def downgrade():
    for table in ("incubation_branch", "incubation_support", "incubation_milestone", "incubation"):
        op.drop_table(table)

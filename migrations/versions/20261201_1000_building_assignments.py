"""building assignments, days away, and what a community sets for them.

Revision ID: 20261201_1000
Revises: 20261129_0900
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1000"
down_revision = "20261129_0900"

LIVING = sa.text("state IN ('applied', 'invited', 'unconfirmed', 'serving')")


def upgrade():
    op.create_table(
        "assignment_terms",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("residents_at_once", sa.Boolean(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.CheckConstraint("most BETWEEN 1 AND 20", name=op.f("ck_assignment_terms_some_buildings")),
        sa.CheckConstraint("months IS NULL OR months BETWEEN 1 AND 60", name=op.f("ck_assignment_terms_some_months")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_assignment_terms_place_id")),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_assignment_terms")),
    )
    op.create_table(
        "building_wish",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("helpers", sa.Integer(), nullable=False),
        sa.CheckConstraint("helpers BETWEEN 1 AND 3", name=op.f("ck_building_wish_one_to_three")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_building_wish_place_id")),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_building_wish")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("door", sa.String(length=24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("yes_on", sa.Date(), nullable=True),
        sa.Column("yes_way", sa.String(length=24), nullable=True),
        sa.Column("collected_by_id", sa.Integer(), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state != 'serving' OR yes_on IS NOT NULL", name=op.f("ck_assignment_own_yes")),
        sa.ForeignKeyConstraint(["building_id"], ["place.id"], name=op.f("fk_assignment_building_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_assignment_partner_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_assignment_asked_by_id")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_assignment_approved_by_id")),
        sa.ForeignKeyConstraint(["collected_by_id"], ["person.id"], name=op.f("fk_assignment_collected_by_id")),
        sa.ForeignKeyConstraint(["scan_id"], ["stored_file.id"], name=op.f("fk_assignment_scan_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_assignment_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    one = {"unique": True, "sqlite_where": LIVING, "postgresql_where": LIVING}
    op.create_index("uq_assignment_seat", "assignment", ["building_id", "role", "number", "standing"], **one)
    op.create_index("uq_assignment_person", "assignment", ["building_id", "person_id"], **one)
    op.create_index("ix_assignment_person", "assignment", ["person_id", "state"])
    op.create_index("ix_assignment_waiting", "assignment", ["state", "answer_due"])
    op.create_index("ix_assignment_partner_id", "assignment", ["partner_id"])
    op.create_table(
        "assignment_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last >= first", name=op.f("ck_assignment_pause_in_order")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_pause_assignment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assignment_pause_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_pause")),
    )
    op.create_index("ix_assignment_pause_assignment_id", "assignment_pause", ["assignment_id"])


def downgrade():
    op.drop_table("assignment_pause")
    op.drop_table("assignment")
    op.drop_table("building_wish")
    op.drop_table("assignment_terms")

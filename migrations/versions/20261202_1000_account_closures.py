"""Account closures.

Revision ID: 20261202_1000
Revises: 20261202_0903
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_1000"
down_revision = "20261202_0903"

LIVING = sa.text("state = 'asked'")


def upgrade():
    op.create_table(
        "account_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_account_closure_asked_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_closure_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_closure")),
    )
    op.create_index("ix_account_closure_person_id", "account_closure", ["person_id"])
    op.create_index("ix_account_closure_due", "account_closure", ["state", "due_at"])
    op.create_index(
        "uq_account_closure_living",
        "account_closure",
        ["person_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )


def downgrade():
    op.drop_table("account_closure")

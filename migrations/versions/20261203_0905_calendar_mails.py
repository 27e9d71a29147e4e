"""What the calendars of mailboxes were told of each sign-up.

Revision ID: 20261203_0905
Revises: 20261203_0901
"""

import sqlalchemy as sa
from alembic import op

revision = "20261203_0905"
down_revision = "20261203_0901"


def upgrade():
    op.create_table(
        "calendar_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_that_day", sa.Integer(), nullable=False),
        sa.Column("tried_sequence", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_mail_person_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_calendar_mail_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_mail")),
        sa.UniqueConstraint("signup_id", name=op.f("uq_calendar_mail_signup_id")),
    )
    op.create_index("ix_calendar_mail_person_id", "calendar_mail", ["person_id"])
    op.create_index("ix_calendar_mail_sent_at", "calendar_mail", ["sent_at"])


def downgrade():
    op.drop_table("calendar_mail")

"""Needs: what is wrong somewhere, who said it in which words, and the questions whether it is solved.

Revision ID: 20261128_0900
Revises: 20261127_0903
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_0900"
down_revision = "20261127_0903"


def upgrade():
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=13), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=24), nullable=False),
        sa.Column("external_number", sa.String(length=40), nullable=False),
        sa.Column("privacy", sa.String(length=24), nullable=False),
        sa.Column("matter", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("late_for", sa.Date(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("owner_hint", sa.String(length=40), nullable=False),
        sa.Column("for_meeting", sa.Boolean(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("solved_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_need_category_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["need.id"], name=op.f("fk_need_merged_into_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_need_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_need_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("number", name=op.f("uq_need_number")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_need_partner_state", ["partner_id", "state"], unique=False)
        batch_op.create_index("ix_need_place_state", ["place_id", "state", "due"], unique=False)
        batch_op.create_index("ix_need_external_number", ["external_number"], unique=False)
        batch_op.create_index("ix_need_recheck_on", ["recheck_on"], unique=False)
        batch_op.create_index("ix_need_state_due", ["state", "due"], unique=False)
    op.create_table(
        "need_voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("behalf_of", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_voice_need_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_voice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_voice")),
        sa.UniqueConstraint("need_id", name=op.f("uq_need_voice_need_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_need_voice_token_hash")),
    )
    with op.batch_alter_table("need_voice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_voice_person_id"), ["person_id"], unique=False)
    op.create_table(
        "need_recheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("way", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_recheck_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_recheck")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_need_recheck_token_hash")),
    )
    with op.batch_alter_table("need_recheck", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_recheck_need_id"), ["need_id"], unique=False)
        batch_op.create_index("ix_need_recheck_open", ["answered_at", "need_id"], unique=False)


def downgrade():
    op.drop_table("need_recheck")
    op.drop_table("need_voice")
    op.drop_table("need")

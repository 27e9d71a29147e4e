"""Texts of answers, short words of a district.

Revision ID: 20261128_0902
Revises: 20261128_0901
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_0902"
down_revision = "20261128_0901"


def upgrade():
    op.create_table(
        "answer_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_answer_text_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_text")),
    )
    with op.batch_alter_table("answer_text", schema=None) as batch_op:
        batch_op.create_index("ix_answer_text_place", ["place_id", "use", "is_on"], unique=False)


def downgrade():
    op.drop_table("answer_text")

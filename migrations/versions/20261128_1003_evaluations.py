"""what committees say of adopters when a project is closed.

Revision ID: 20261128_1003
Revises: 20261128_1002
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1003"
down_revision = "20261128_1002"


def upgrade():
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=24), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoption.id"], name=op.f("fk_evaluation_adoption_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("adoption_id", name=op.f("uq_evaluation_adoption_id")),
    )


def downgrade():
    op.drop_table("evaluation")

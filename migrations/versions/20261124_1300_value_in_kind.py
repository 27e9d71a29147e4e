"""value in kind: what came with an adoption beside working time, as an estimate with its basis."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1300"
down_revision = "20261124_1130"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "in_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("yuan", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("yuan > 0", name=op.f("ck_in_kind_yuan_positive")),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoption.id"], name=op.f("fk_in_kind_adoption_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_kind")),
    )
    op.create_index(op.f("ix_in_kind_adoption_id"), "in_kind", ["adoption_id"])


def downgrade():
    op.drop_table("in_kind")

"""functions of departments: several categories each, instead of one."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0901"
down_revision = "20261126_0900"
branch_labels = None
depends_on = None

TAKE_OVER = """
INSERT INTO partner_function (partner_id, category_id)
SELECT id, category_id FROM partner WHERE category_id IS NOT NULL
"""
GIVE_BACK = """
UPDATE partner SET category_id =
    (SELECT MIN(category_id) FROM partner_function WHERE partner_function.partner_id = partner.id)
"""


def upgrade():
    op.create_table(
        "partner_function",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_partner_function_category_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partner_function_partner_id")),
        sa.PrimaryKeyConstraint("partner_id", "category_id", name=op.f("pk_partner_function")),
    )
    op.create_index("ix_partner_function_category_id", "partner_function", ["category_id"])
    op.execute(TAKE_OVER)
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_constraint("fk_partner_category_id", type_="foreignkey")
        batch_op.drop_column("category_id")


def downgrade():
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_partner_category_id"), "category", ["category_id"], ["id"])
    op.execute(GIVE_BACK)
    op.drop_index("ix_partner_function_category_id", table_name="partner_function")
    op.drop_table("partner_function")

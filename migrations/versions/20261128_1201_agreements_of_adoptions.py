"""Agreements of adoptions.

Revision ID: 20261128_1201
Revises: 20261128_1200
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1201"
down_revision = "20261128_1200"


def upgrade():
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreement_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_adoption_agreement_id"), "agreement", ["agreement_id"], ["id"])


def downgrade():
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.drop_constraint("fk_adoption_agreement_id", type_="foreignkey")
        batch_op.drop_column("agreement_id")

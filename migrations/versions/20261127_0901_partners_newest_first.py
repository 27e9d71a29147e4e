"""Partners newest first: the register is read in the order of ids, stage by stage.

Revision ID: 20261127_0901
Revises: 20261126_0905
"""

from alembic import op

revision = "20261127_0901"
down_revision = "20261126_0905"


def upgrade():
    op.create_index("ix_partner_stage_id", "partner", ["stage", "id"])


def downgrade():
    op.drop_index("ix_partner_stage_id", table_name="partner")

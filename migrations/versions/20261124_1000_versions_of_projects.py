"""versions of projects: two who correct one draft at the same time do not overwrite each other."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1000"
down_revision = "20261124_0901"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("project", sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade():
    op.drop_column("project", "version")

"""How adoptions run: who leads, the last sign of life, a pause, a longer time; projects that begin at once.

Revision ID: 20261128_1000
Revises: 20261128_0903
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1000"
down_revision = "20261128_0903"

RUNNING = sa.text("state = 'running'")
LEADS = sa.text("leads")
COLUMNS = ("leads", "active_on", "release_on", "prolonged_on", "prolonged_why")
PAUSE = ("paused_since", "paused_until", "paused_why")


def upgrade():
    with op.batch_alter_table("project") as batch:
        batch.add_column(sa.Column("at_once", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("plan", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("adoption") as batch:
        batch.add_column(sa.Column("leads", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("active_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("release_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("prolonged_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("prolonged_why", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("paused_since", sa.Date(), nullable=True))
        batch.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("paused_why", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("took_over_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_adoption_took_over_id", "adoption", ["took_over_id"], ["id"])
    with op.batch_alter_table("project") as batch:
        batch.alter_column("at_once", existing_type=sa.Boolean(), server_default=None)
        batch.alter_column("plan", existing_type=sa.Text(), server_default=None)
    adoption = sa.table("adoption", *map(sa.column, ("id", "project_id", "state", "leads", "active_on")))
    living = sa.select(sa.func.min(adoption.c.id)).where(adoption.c.state.in_(("asked", "running", "delivered")))
    first = adoption.c.id.in_(living.group_by(adoption.c.project_id))
    op.execute(adoption.update().where(first).values(leads=sa.true()))
    op.execute(adoption.update().values(active_on=sa.func.current_date()))  # silence counts from today
    with op.batch_alter_table("adoption") as batch:
        batch.alter_column("active_on", existing_type=sa.Date(), nullable=False)
        batch.alter_column("leads", existing_type=sa.Boolean(), server_default=None)
        batch.alter_column("prolonged_why", existing_type=sa.Text(), server_default=None)
        batch.alter_column("paused_why", existing_type=sa.Text(), server_default=None)
        batch.create_index("ix_adoption_took_over_id", ["took_over_id"])
        batch.create_index("uq_adoption_lead", ["project_id"], unique=True, sqlite_where=LEADS, postgresql_where=LEADS)
        batch.create_index("ix_adoption_idle", ["active_on"], sqlite_where=RUNNING, postgresql_where=RUNNING)


def downgrade():
    with op.batch_alter_table("adoption") as batch:
        for name in ("ix_adoption_idle", "uq_adoption_lead", "ix_adoption_took_over_id"):
            batch.drop_index(name)
        batch.drop_constraint("fk_adoption_took_over_id", type_="foreignkey")
        for name in (*COLUMNS, *PAUSE, "took_over_id"):
            batch.drop_column(name)
    with op.batch_alter_table("project") as batch:
        batch.drop_column("plan")
        batch.drop_column("at_once")

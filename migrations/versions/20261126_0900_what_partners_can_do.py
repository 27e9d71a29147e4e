"""what partners can do: how well, shown by what, how much at the same time, from when until when."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0900"
down_revision = "20261125_1400"
branch_labels = None
depends_on = None

OLD = sa.text("""
SELECT able.partner_id, able.capability_id, partner.applied_at AS said_at
FROM partner_capability AS able JOIN partner ON partner.id = able.partner_id
ORDER BY able.partner_id, able.capability_id
""").columns(partner_id=sa.Integer, capability_id=sa.Integer, said_at=sa.DateTime(timezone=True))
LIVING = sa.text("until IS NULL")


def upgrade():
    rows = [dict(row._mapping, level="can", evidence="") for row in op.get_bind().execute(OLD)]
    drop("partner_capability", "ix_partner_capability_capability_id")
    table = op.create_table(
        "partner_capability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("capability_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=24), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("certified_at_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_partner_capability_amount_positive")),
        sa.ForeignKeyConstraint(["capability_id"], ["capability.id"], name=op.f("fk_partner_capability_capability_id")),
        sa.ForeignKeyConstraint(["certified_at_id"], ["place.id"], name=op.f("fk_partner_capability_certified_at_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partner_capability_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_capability")),
    )
    op.create_index("ix_partner_capability_capability_id", "partner_capability", ["capability_id"])
    op.create_index(
        "uq_partner_capability_living",
        "partner_capability",
        ["partner_id", "capability_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )
    op.bulk_insert(table, rows)


def downgrade():
    living = sa.text("SELECT partner_id, capability_id FROM partner_capability WHERE until IS NULL")
    rows = [dict(row._mapping) for row in op.get_bind().execute(living)]
    drop("partner_capability", "ix_partner_capability_capability_id", "uq_partner_capability_living")
    table = op.create_table(
        "partner_capability",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("capability_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["capability_id"], ["capability.id"], name=op.f("fk_partner_capability_capability_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partner_capability_partner_id")),
        sa.PrimaryKeyConstraint("partner_id", "capability_id", name=op.f("pk_partner_capability")),
    )
    op.create_index("ix_partner_capability_capability_id", "partner_capability", ["capability_id"])
    op.bulk_insert(table, rows)


def drop(table, *indexes):
    for index in indexes:
        op.drop_index(index, table_name=table)
    op.drop_table(table)

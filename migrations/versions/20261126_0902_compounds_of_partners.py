"""compounds of partners: places instead of words; words that name no compound here go into what it says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0902"
down_revision = "20261126_0901"
branch_labels = None
depends_on = None

SAID = sa.text("""
SELECT partner.id, partner.compounds, partner.about, place.path
FROM partner JOIN place ON place.id = partner.place_id WHERE partner.compounds <> ''
""")
NAMED = sa.text("SELECT id FROM place WHERE kind = 'compound' AND name = :name AND path >= :path AND path < :end")
KEEP = sa.text("UPDATE partner SET about = :about WHERE id = :id")
NAMES = sa.text("""
SELECT managed.partner_id AS id, place.name FROM partner_compound AS managed
JOIN place ON place.id = managed.place_id ORDER BY managed.partner_id, place.path
""")
WRITE = sa.text("UPDATE partner SET compounds = :compounds WHERE id = :id")


def upgrade():
    table = op.create_table(
        "partner_compound",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partner_compound_partner_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_partner_compound_place_id")),
        sa.PrimaryKeyConstraint("partner_id", "place_id", name=op.f("pk_partner_compound")),
    )
    op.create_index("ix_partner_compound_place_id", "partner_compound", ["place_id"])
    take_over(op.get_bind(), table)
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_column("compounds")


def take_over(bind, table):
    """Find each line among the compounds of the community; keep what is not found as it was written."""
    for partner, said, about, path in bind.execute(SAID).all():
        unknown = []
        for name in dict.fromkeys(line.strip() for line in said.splitlines() if line.strip()):
            found = bind.scalar(NAMED, {"name": name, "path": path, "end": path[:-1] + "0"})
            if found is None:
                unknown.append(name)
            else:
                bind.execute(table.insert().values(partner_id=partner, place_id=found))
        if unknown:
            words = "管理的小区：" + "、".join(unknown)
            bind.execute(KEEP, {"id": partner, "about": f"{about}\n{words}".strip()})


def downgrade():
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("compounds", sa.Text(), server_default="", nullable=False))
    bind, names = op.get_bind(), {}
    for partner, name in bind.execute(NAMES):
        names.setdefault(partner, []).append(name)
    for partner, lines in names.items():
        bind.execute(WRITE, {"id": partner, "compounds": "\n".join(lines)})
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.alter_column("compounds", server_default=None)
    op.drop_index("ix_partner_compound_place_id", table_name="partner_compound")
    op.drop_table("partner_compound")

"""words to know partners by: an address, who consents, and names made comparable so that nobody applies twice."""

import re
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "20261126_0903"
down_revision = "20261126_0902"
branch_labels = None
depends_on = None

LEFT_OUT = "股份有限公司|有限责任公司|有限公司|公司|陕西省|西安市|陕西|西安|示例"
NEW = ("name_key", "address", "address_key")


def upgrade():
    with op.batch_alter_table("partner", schema=None) as batch_op:
        for name in NEW:
            batch_op.add_column(sa.Column(name, sa.String(length=80), server_default="", nullable=False))
        batch_op.add_column(sa.Column("consenting_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_partner_consenting_id"), "place", ["consenting_id"], ["id"])
    bind = op.get_bind()
    for id, name in bind.execute(sa.text("SELECT id, name FROM partner")).all():
        bind.execute(sa.text("UPDATE partner SET name_key = :key WHERE id = :id"), {"id": id, "key": key_of(name)})
    with op.batch_alter_table("partner", schema=None) as batch_op:
        for name in NEW:
            batch_op.alter_column(name, server_default=None)


def key_of(words):
    letters = re.sub(r"[^\w]|_", "", normalize("NFKC", words).casefold())
    return (re.sub(LEFT_OUT, "", letters) or letters)[:80]


def downgrade():
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_constraint("fk_partner_consenting_id", type_="foreignkey")
        for name in ("consenting_id", *NEW):
            batch_op.drop_column(name)

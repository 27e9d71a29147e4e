"""Certificates of service, and the keys that sign them.

Revision ID: 20261201_1203
Revises: 20261201_1202
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_1203"
down_revision = "20261201_1202"

ISSUED = sa.text("state = 'issued'")


def upgrade():
    op.create_table(
        "signing_key",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("public", sa.String(length=44), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_table(
        "legal_basics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("id_tail", sa.String(length=4), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_legal_basics_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_basics")),
        sa.UniqueConstraint("person_id", name=op.f("uq_legal_basics_person_id")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=13), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("id_tail", sa.String(length=4), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("signature", sa.String(length=86), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_certificate_issued_by_id")),
        sa.ForeignKeyConstraint(["key_id"], ["signing_key.id"], name=op.f("fk_certificate_key_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["recording_unit.id"], name=op.f("fk_certificate_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_index(op.f("ix_certificate_person_id"), "certificate", ["person_id"])
    op.create_index(op.f("ix_certificate_replaces_id"), "certificate", ["replaces_id"])
    op.create_index(op.f("ix_certificate_unit_id"), "certificate", ["unit_id"])
    op.create_index(
        "uq_certificate_issued",
        "certificate",
        ["person_id", "unit_id", "since", "until"],
        unique=True,
        sqlite_where=ISSUED,
        postgresql_where=ISSUED,
    )


def downgrade():
    op.drop_table("certificate")
    op.drop_table("legal_basics")
    op.drop_table("signing_key")

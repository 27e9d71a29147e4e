"""guardians agree by consent: the date on the volunteer becomes a row, and a row a date again."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0901"
down_revision = "20261124_0900"
branch_labels = None
depends_on = None

# Whoever registered the volunteer at the desk had the paper in his hands.
TAKE_OVER = """
INSERT INTO consent (person_id, purpose, version, way, guardian, asked_by_id, since, at)
SELECT person_id, 'guardian', 1, 'signed', '',
       (SELECT MIN(line.by_id) FROM line
        WHERE line.subject = 'volunteer' AND line.subject_id = volunteer.id AND line.verb = 'volunteer.joined'),
       guardian_agreed_on, CURRENT_TIMESTAMP
FROM volunteer WHERE guardian_agreed_on IS NOT NULL
"""
GIVE_BACK = """
UPDATE volunteer SET guardian_agreed_on =
    (SELECT MAX(since) FROM consent
     WHERE consent.person_id = volunteer.person_id AND purpose = 'guardian' AND ended_at IS NULL)
"""


def upgrade():
    op.execute(TAKE_OVER)
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.drop_column("guardian_agreed_on")


def downgrade():
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guardian_agreed_on", sa.Date(), nullable=True))
    op.execute(GIVE_BACK)
    op.execute("DELETE FROM consent WHERE purpose = 'guardian'")

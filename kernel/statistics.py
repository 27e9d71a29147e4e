"""What the database knows of its tables.

Without it SQLite walks through all public lines of a city to find those of one project.
"""

from datetime import timedelta

from sqlalchemy import select, text

from . import clock
from .db import db
from .jobs import Heartbeat
from .work import work

DAY = timedelta(days=1)
SAMPLED = 1000  # rows of an index that SQLite looks at: thousandths of a second also for a city


def keep_fresh() -> None:
    """Count anew unless that was done within a day. PostgreSQL does so by itself."""
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "statistics"))
    if db.engine.dialect.name == "sqlite" and not (last and clock.now() - last < DAY):
        count_anew()


def count_anew() -> None:
    """Let the database count its tables: after much was loaded, and once a day."""
    with work() as session:
        if db.engine.dialect.name == "sqlite":
            session.execute(text(f"PRAGMA analysis_limit={SAMPLED}"))
        session.execute(text("ANALYZE"))
        session.merge(Heartbeat(name="statistics", at=clock.now()))

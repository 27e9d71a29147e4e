"""Take the guards of an hour away, in the processes of a server under test: the test of the test."""

from sqlalchemy import insert

from kernel.db import db
from partners.resources.holding import Holding
from partners.resources.quarter import Quarter

from . import unguarded


def strip() -> None:
    """No turn for writers, no lock at BEGIN, no row locks, no conditional insert: look, then write."""
    unguarded.strip()
    Holding._insert = write


def write(_resource, rows) -> int:
    """What most sites do."""
    db.session.execute(insert(Quarter), rows)
    return len(rows)

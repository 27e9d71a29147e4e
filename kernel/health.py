"""For the operator: is it alive, is it ready, how much does it do."""

from hmac import compare_digest
from ipaddress import ip_address

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, abort, current_app, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from . import metrics
from .db import db
from .jobs import is_asleep

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz():
    """This process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain"}


@bp.get("/readyz")
def readyz():
    """The database answers, it is migrated, and the jobs process was alive within two minutes."""
    found = checks()
    return jsonify(found), 200 if found["database"] and found["migrated"] else 503


@bp.get("/metrics")
def show_metrics():
    """Counters: from this machine, or with the token of the configuration."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    local = ip_address(request.remote_addr or "0.0.0.0").is_loopback
    if not (compare_digest(given.encode(), token.encode()) if token else local):
        abort(404)
    return metrics.text(), 200, {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


def checks() -> dict[str, bool]:
    """What works: database, migrated, jobs."""
    try:
        db.session.execute(text("SELECT 1"))
        return {"database": True, "migrated": is_migrated(), "jobs": not is_asleep()}
    except SQLAlchemyError:
        db.session.rollback()
        return {"database": False, "migrated": False, "jobs": False}


def is_migrated() -> bool:
    """Whether the database is at the newest migration."""
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    return MigrationContext.configure(db.session.connection()).get_current_heads() == tuple(script.get_heads())

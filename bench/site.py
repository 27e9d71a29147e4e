"""The site as it is served, with one more header: how many statements an answer took."""

from flask import g
from sqlalchemy import event

from kernel.db import db
from kernel.site import settle
from wsgi import create_app as site


def create_app():
    """The site with `X-Statements`; BEGIN, COMMIT and PRAGMA are not counted."""
    app = site()
    settle()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)

    @app.after_request
    def tell(response):
        response.headers["X-Statements"] = str(g.get("statements", 0))
        return response

    return app


def count(_connection, _cursor, statement, *_rest):
    if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT")):
        g.statements = g.get("statements", 0) + 1

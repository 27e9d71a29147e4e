"""All addresses of agreements in one table; the views are in a file a matter."""

from flask import Blueprint

from . import agreements, moves, writing

bp = Blueprint("agreements", __name__)
for method, rule, endpoint, view in (
    ("GET", "/agreements/", "index", agreements.index),
    ("GET", "/agreements/new", "new", writing.new),
    ("POST", "/agreements/", "create", writing.create),
    ("GET", "/agreements/<int:id>", "show", agreements.show),
    ("GET", "/agreements/<int:id>/edit", "edit", writing.edit),
    ("POST", "/agreements/<int:id>/edit", "update", writing.update),
    ("GET", "/agreements/<int:id>/renewal", "renewal", writing.renewal),
    ("POST", "/agreements/<int:id>/renewal", "renew", writing.renew),
    ("POST", "/agreements/<int:id>/running-out", "let_run_out", moves.let_run_out),
    ("POST", "/agreements/<int:id>/end", "end", moves.end),
    ("GET", "/agreements/<int:id>/file", "paper", agreements.paper),
    ("POST", "/agreements/<int:id>/file", "attach", moves.attach),
):
    bp.add_url_rule(rule, endpoint, view, methods=[method])

"""All addresses of agreements in one table; the views are in a file a matter."""

from flask import Blueprint

from . import agreement_moves, agreement_writing, agreements

bp = Blueprint("agreements", __name__)
for method, rule, endpoint, view in (
    ("GET", "/agreements/", "index", agreements.index),
    ("GET", "/agreements/new", "new", agreement_writing.new),
    ("POST", "/agreements/", "create", agreement_writing.create),
    ("GET", "/agreements/<int:id>", "show", agreements.show),
    ("GET", "/agreements/<int:id>/edit", "edit", agreement_writing.edit),
    ("POST", "/agreements/<int:id>/edit", "update", agreement_writing.update),
    ("GET", "/agreements/<int:id>/renewal", "renewal", agreement_writing.renewal),
    ("POST", "/agreements/<int:id>/renewal", "renew", agreement_writing.renew),
    ("POST", "/agreements/<int:id>/running-out", "let_run_out", agreement_moves.let_run_out),
    ("POST", "/agreements/<int:id>/end", "end", agreement_moves.end),
    ("GET", "/agreements/<int:id>/file", "paper", agreements.paper),
    ("POST", "/agreements/<int:id>/file", "attach", agreement_moves.attach),
):
    bp.add_url_rule(rule, endpoint, view, methods=[method])

"""All addresses of incubations in one table; the views are in a file a matter."""

from flask import Blueprint

from . import applying, incubations, moves, partner, support

bp = Blueprint("incubations", __name__)
ONE = "/incubations/<int:id>"
for method, rule, endpoint, view in (
    ("GET", "/incubations/", "index", incubations.index),
    ("GET", "/incubations/board", "board", incubations.show_board),
    ("GET", "/incubations/table", "table", incubations.table),
    ("GET", "/incubations/new", "new", applying.new),
    ("POST", "/incubations/", "create", applying.create),
    ("GET", ONE, "show", incubations.show),
    ("GET", f"{ONE}/handling", "handling", incubations.handling),
    ("GET", f"{ONE}/edit", "edit", applying.edit),
    ("POST", f"{ONE}/edit", "update", applying.update),
    ("POST", f"{ONE}/application", "apply_again", applying.apply_again),
    ("POST", f"{ONE}/acceptance", "accept", moves.accept),
    ("POST", f"{ONE}/refusal", "refuse", moves.refuse),
    ("POST", f"{ONE}/graduation", "graduate", moves.graduate),
    ("POST", f"{ONE}/departure", "leave", moves.leave),
    ("POST", f"{ONE}/milestones", "plan", moves.plan),
    ("POST", f"{ONE}/milestones/<int:milestone>/reached", "reach", moves.reach),
    ("POST", f"{ONE}/milestones/<int:milestone>/removal", "drop", moves.drop),
    ("POST", f"{ONE}/founder", "link_founder", moves.link_founder),
    ("POST", f"{ONE}/branch", "note_branch", moves.note_branch),
    ("POST", f"{ONE}/branch/heard", "hear_branch", moves.hear_branch),
    ("POST", f"{ONE}/branch/end", "end_branch", moves.end_branch),
    ("GET", f"{ONE}/support", "support", support.new),
    ("POST", f"{ONE}/support", "help", support.create),
    ("POST", f"{ONE}/support/removal", "strike", support.strike),
    ("GET", f"{ONE}/connection", "connection", support.connection),
    ("POST", f"{ONE}/connection", "connect", support.connect),
    ("GET", f"{ONE}/partner", "become", partner.new),
    ("POST", f"{ONE}/partner", "apply", partner.create),
):
    bp.add_url_rule(rule, endpoint, view, methods=[method])

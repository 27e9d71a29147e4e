"""All addresses of incubations in one table; the views are in a file a matter."""

from flask import Blueprint

from . import incubation_applying, incubation_moves, incubation_partner, incubation_support, incubations

bp = Blueprint("incubations", __name__)
ONE = "/incubations/<int:id>"
for method, rule, endpoint, view in (
    ("GET", "/incubations/", "index", incubations.index),
    ("GET", "/incubations/board", "board", incubations.show_board),
    ("GET", "/incubations/table", "table", incubations.table),
    ("GET", "/incubations/new", "new", incubation_applying.new),
    ("POST", "/incubations/", "create", incubation_applying.create),
    ("GET", ONE, "show", incubations.show),
    ("GET", f"{ONE}/handling", "handling", incubations.handling),
    ("GET", f"{ONE}/edit", "edit", incubation_applying.edit),
    ("POST", f"{ONE}/edit", "update", incubation_applying.update),
    ("POST", f"{ONE}/application", "apply_again", incubation_applying.apply_again),
    ("POST", f"{ONE}/acceptance", "accept", incubation_moves.accept),
    ("POST", f"{ONE}/refusal", "refuse", incubation_moves.refuse),
    ("POST", f"{ONE}/graduation", "graduate", incubation_moves.graduate),
    ("POST", f"{ONE}/departure", "leave", incubation_moves.leave),
    ("POST", f"{ONE}/milestones", "plan", incubation_moves.plan),
    ("POST", f"{ONE}/milestones/<int:milestone>/reached", "reach", incubation_moves.reach),
    ("POST", f"{ONE}/milestones/<int:milestone>/removal", "drop", incubation_moves.drop),
    ("POST", f"{ONE}/founder", "link_founder", incubation_moves.link_founder),
    ("POST", f"{ONE}/branch", "note_branch", incubation_moves.note_branch),
    ("POST", f"{ONE}/branch/heard", "hear_branch", incubation_moves.hear_branch),
    ("POST", f"{ONE}/branch/end", "end_branch", incubation_moves.end_branch),
    ("GET", f"{ONE}/support", "support", incubation_support.new),
    ("POST", f"{ONE}/support", "help", incubation_support.create),
    ("POST", f"{ONE}/support/removal", "strike", incubation_support.strike),
    ("GET", f"{ONE}/connection", "connection", incubation_support.connection),
    ("POST", f"{ONE}/connection", "connect", incubation_support.connect),
    ("GET", f"{ONE}/partner", "become", incubation_partner.new),
    ("POST", f"{ONE}/partner", "apply", incubation_partner.create),
):
    bp.add_url_rule(rule, endpoint, view, methods=[method])

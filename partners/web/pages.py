"""All addresses of partners and their members in one table; the views are in a file a noun."""

from flask import Blueprint

from . import applications, members, moves, register, show

bp = Blueprint("partners", __name__)
members_bp = Blueprint("members", __name__)
for blueprint, method, rule, endpoint, view in (
    (bp, "GET", "/partners/", "index", register.index),
    (bp, "GET", "/partners.xlsx", "sheet", register.sheet),
    (bp, "GET", "/partners/new", "new", applications.new),
    (bp, "POST", "/partners/", "create", applications.create),
    (bp, "GET", "/partners/<int:id>", "show", show.show),
    (bp, "GET", "/partners/<int:id>/edit", "edit", applications.edit),
    (bp, "POST", "/partners/<int:id>/edit", "update", applications.update),
    (bp, "POST", "/partners/<int:id>/application", "apply_again", applications.apply_again),
    (bp, "POST", "/partners/<int:id>/verification", "verify", moves.verify),
    (bp, "POST", "/partners/<int:id>/refusal", "refuse", moves.refuse),
    (bp, "POST", "/partners/<int:id>/suspension", "suspend", moves.suspend),
    (bp, "POST", "/partners/<int:id>/resumption", "resume", moves.resume),
    (bp, "POST", "/partners/<int:id>/end", "end", moves.end),
    (members_bp, "GET", "/partners/<int:id>/members", "index", members.index),
    (members_bp, "POST", "/partners/<int:id>/members", "add", members.add),
    (members_bp, "POST", "/partners/<int:id>/members/<int:person>/management", "make_manager", members.make_manager),
    (members_bp, "POST", "/partners/<int:id>/members/<int:person>/end", "let_go", members.let_go),
    (members_bp, "POST", "/partners/<int:id>/departure", "leave", members.leave),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

"""All addresses of projects and adoptions in one table; the views are in a file a noun."""

from flask import Blueprint

from . import adoptions, market, moves, parts, show, writing

bp = Blueprint("projects", __name__)
adoptions_bp = Blueprint("adoptions", __name__)
for blueprint, method, rule, endpoint, view in (
    (bp, "GET", "/projects/", "index", market.index),
    (bp, "GET", "/projects.xlsx", "sheet", market.sheet),
    (bp, "GET", "/projects/new", "new", writing.new),
    (bp, "POST", "/projects/", "create", writing.create),
    (bp, "GET", "/projects/<int:id>", "show", show.show),
    (bp, "GET", "/projects/<int:id>/draft", "edit", writing.edit),
    (bp, "POST", "/projects/<int:id>/draft", "update", writing.update),
    (bp, "POST", "/projects/<int:id>/parts", "add_part", parts.add),
    (bp, "POST", "/projects/<int:id>/parts/<int:part_id>/removal", "drop_part", parts.drop),
    (bp, "POST", "/projects/<int:id>/publication", "post", moves.post),
    (bp, "POST", "/projects/<int:id>/withdrawal", "withdraw", moves.withdraw),
    (bp, "POST", "/projects/<int:id>/outcome", "close", moves.close),
    (bp, "POST", "/projects/<int:id>/reopening", "reopen", moves.reopen),
    (bp, "POST", "/projects/<int:id>/adoptions", "adopt", adoptions.adopt),
    (adoptions_bp, "GET", "/adoptions/<int:id>", "show", adoptions.show),
    (adoptions_bp, "POST", "/adoptions/<int:id>/acceptance", "accept", adoptions.accept),
    (adoptions_bp, "POST", "/adoptions/<int:id>/refusal", "decline", adoptions.decline),
    (adoptions_bp, "POST", "/adoptions/<int:id>/departure", "leave", adoptions.leave),
    (adoptions_bp, "POST", "/adoptions/<int:id>/delivery", "deliver", adoptions.deliver),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

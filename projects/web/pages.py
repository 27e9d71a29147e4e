"""All addresses of projects and adoptions in one table; the views are in a file a noun."""

from flask import Blueprint

from . import (
    adoption_page,
    adoptions,
    attachments,
    checking,
    in_kind,
    market,
    moves,
    overview,
    participations,
    parts,
    sharing,
    show,
    solved,
    writing,
)

bp = Blueprint("projects", __name__)
adoptions_bp = Blueprint("adoptions", __name__)
in_kind_bp = Blueprint("in_kind", __name__)
participations_bp = Blueprint("participations", __name__)
for blueprint, method, rule, endpoint, view in (
    (bp, "GET", "/projects/", "index", market.index),
    (bp, "GET", "/projects.xlsx", "sheet", market.sheet),
    (bp, "GET", "/projects/hall", "hall", overview.screen),
    (bp, "GET", "/projects/desk", "desk", overview.desk),
    (bp, "GET", "/projects/ours", "ours", overview.ours),
    (bp, "GET", "/projects/solved", "solved", solved.index),
    (bp, "GET", "/projects/new", "new", writing.new),
    (bp, "POST", "/projects/", "create", writing.create),
    (bp, "GET", "/projects/<int:id>", "show", show.show),
    (bp, "GET", "/projects/<int:id>/draft", "edit", writing.edit),
    (bp, "POST", "/projects/<int:id>/draft", "update", writing.update),
    (bp, "POST", "/projects/<int:id>/parts", "add_part", parts.add),
    (bp, "POST", "/projects/<int:id>/parts/<int:part_id>/removal", "drop_part", parts.drop),
    (bp, "POST", "/projects/<int:id>/attachments", "attach", attachments.add),
    (bp, "GET", "/projects/<int:id>/attachments/<int:attachment_id>", "attachment", attachments.take),
    (bp, "POST", "/projects/<int:id>/attachments/<int:attachment_id>/removal", "detach", attachments.remove),
    (bp, "POST", "/projects/<int:id>/following", "follow", sharing.follow),
    (bp, "POST", "/projects/<int:id>/unfollowing", "unfollow", sharing.unfollow),
    (bp, "GET", "/projects/<int:id>/share", "share", sharing.share),
    (bp, "GET", "/projects/<int:id>/notice", "notice", sharing.notice),
    (bp, "POST", "/projects/<int:id>/publication", "post", moves.post),
    (bp, "POST", "/projects/<int:id>/review", "hand_in", moves.hand_in),
    (bp, "POST", "/projects/<int:id>/review-answer", "give_back", moves.give_back),
    (bp, "POST", "/projects/<int:id>/withdrawal", "withdraw", moves.withdraw),
    (bp, "POST", "/projects/<int:id>/outcome", "close", moves.close),
    (bp, "POST", "/projects/<int:id>/reopening", "reopen", moves.reopen),
    (bp, "POST", "/projects/<int:id>/adoptions", "adopt", adoptions.adopt),
    (adoptions_bp, "GET", "/adoptions/<int:id>", "show", adoption_page.show),
    (adoptions_bp, "POST", "/adoptions/<int:id>/acceptance", "accept", adoptions.accept),
    (adoptions_bp, "POST", "/adoptions/<int:id>/refusal", "decline", adoptions.decline),
    (adoptions_bp, "POST", "/adoptions/<int:id>/departure", "leave", adoptions.leave),
    (adoptions_bp, "POST", "/adoptions/<int:id>/delivery", "deliver", adoptions.deliver),
    (in_kind_bp, "GET", "/adoptions/<int:id>/in-kind", "index", in_kind.index),
    (in_kind_bp, "POST", "/adoptions/<int:id>/in-kind", "note_down", in_kind.note_down),
    (in_kind_bp, "POST", "/in-kind/<int:id>/removal", "strike", in_kind.strike),
    (participations_bp, "GET", "/partners/<int:id>/participations", "index", participations.index),
    (participations_bp, "POST", "/partners/<int:id>/participations", "create", participations.create),
    (participations_bp, "GET", "/partners/<int:id>/participations/new", "new", participations.new),
    (participations_bp, "POST", "/partners/<int:id>/participation-requests", "ask", participations.ask),
    (participations_bp, "GET", "/participations/", "check", checking.check),
    (participations_bp, "GET", "/participations/<string:number>", "show", checking.show),
    (participations_bp, "GET", "/participations/<string:number>/paper", "paper", checking.paper),
    (participations_bp, "GET", "/participations/by-id/<int:id>", "by_id", participations.by_id),
    (participations_bp, "POST", "/participations/<int:id>/refusal", "decline", participations.decline),
    (participations_bp, "POST", "/participations/<int:id>/withdrawal", "withdraw", participations.withdraw),
    (participations_bp, "POST", "/participations/<int:id>/removal", "drop", participations.drop),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

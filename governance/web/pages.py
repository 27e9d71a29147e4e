"""All addresses of needs in one table; the views are in a file a matter."""

from flask import Blueprint

from . import answer_texts, intake, links, listing, moves, published, routes, show, themes

bp = Blueprint("needs", __name__)
links_bp = Blueprint("need_links", __name__)
routes_bp = Blueprint("need_routes", __name__)
texts_bp = Blueprint("answer_texts", __name__)
themes_bp = Blueprint("themes", __name__)
BLUEPRINTS = (bp, links_bp, routes_bp, texts_bp, themes_bp)
ONE = "/needs/<int:id>"
FOLLOWED, ASKED = "/needs/followed/<string:token>", "/needs/rechecks/<string:token>"
for blueprint, method, rule, endpoint, view in (
    (bp, "GET", "/needs/", "index", listing.index),
    (bp, "POST", "/needs/", "create", intake.create),
    (bp, "GET", "/needs/new", "new", intake.new),
    (bp, "GET", "/needs/alike", "alike", intake.similar),
    (bp, "GET", "/needs/public", "public", published.index),
    (bp, "GET", "/places/<string:code>/need-notice", "notice", intake.notice),
    (bp, "GET", ONE, "show", show.show),
    (bp, "GET", f"{ONE}/routing", "routing", show.routing),
    (bp, "GET", f"{ONE}/refusal", "refusal", show.refusal),
    (bp, "GET", f"{ONE}/duplicates", "duplicates", show.duplicates),
    (bp, "POST", f"{ONE}/contact", "reveal", show.reveal),
    (bp, "POST", f"{ONE}/verification", "verify", moves.verify),
    (bp, "POST", f"{ONE}/wording", "reword", moves.reword),
    (bp, "POST", f"{ONE}/refusal", "decline", moves.decline),
    (bp, "POST", f"{ONE}/route", "route", moves.route),
    (bp, "POST", f"{ONE}/routing", "route_to", moves.route_to),
    (bp, "POST", f"{ONE}/return", "send_back", moves.send_back),
    (bp, "POST", f"{ONE}/taking", "take", moves.take),
    (bp, "POST", f"{ONE}/solution", "solve", moves.solve),
    (bp, "POST", f"{ONE}/reopening", "reopen", moves.reopen),
    (bp, "POST", f"{ONE}/duplicates", "merge", moves.merge),
    (bp, "POST", f"{ONE}/confirmation", "confirm", moves.confirm),
    (bp, "POST", f"{ONE}/still-wrong", "still_wrong", moves.still_wrong),
    (bp, "POST", f"{ONE}/call-confirmation", "call_yes", moves.call_yes),
    (bp, "POST", f"{ONE}/call-still-wrong", "call_no", moves.call_no),
    (links_bp, "GET", FOLLOWED, "follow", links.follow),
    (links_bp, "POST", f"{FOLLOWED}/confirmation", "confirm", links.confirm),
    (links_bp, "POST", f"{FOLLOWED}/still-wrong", "still_wrong", links.still_wrong),
    (links_bp, "GET", ASKED, "recheck", links.recheck),
    (links_bp, "POST", f"{ASKED}/confirmation", "recheck_yes", links.recheck_yes),
    (links_bp, "POST", f"{ASKED}/still-wrong", "recheck_no", links.recheck_no),
    (themes_bp, "GET", "/themes/", "index", themes.index),
    (themes_bp, "POST", "/themes/", "create", themes.create),
    (themes_bp, "GET", "/themes/<int:id>", "show", themes.show),
    (themes_bp, "POST", "/themes/<int:id>/needs", "add", themes.add),
    (themes_bp, "POST", "/themes/<int:id>/needs/removal", "drop", themes.drop),
    (themes_bp, "POST", "/themes/<int:id>/news", "report", themes.report),
    (routes_bp, "GET", "/need-routes/", "index", routes.index),
    (routes_bp, "POST", "/need-routes/", "create", routes.create),
    (routes_bp, "POST", "/need-routes/<int:id>/end", "end", routes.end),
    (texts_bp, "GET", "/answer-texts/", "index", answer_texts.index),
    (texts_bp, "POST", "/answer-texts/", "create", answer_texts.create),
    (texts_bp, "GET", "/answer-texts/<int:id>", "edit", answer_texts.edit),
    (texts_bp, "POST", "/answer-texts/<int:id>", "update", answer_texts.update),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

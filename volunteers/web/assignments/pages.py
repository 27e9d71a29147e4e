"""All addresses of building assignments in one table; the views are in a file a matter."""

from flask import Blueprint

from . import answers, buildings, coverage, doors, imports, offers, settings, successor, teams, today

coverage_bp = Blueprint("coverage", __name__)
buildings_bp = Blueprint("buildings", __name__)
assignments_bp = Blueprint("assignments", __name__)
compounds_bp = Blueprint("compounds", __name__)
for blueprint, method, rule, endpoint, view in (
    (coverage_bp, "GET", "/places/<string:code>/coverage", "show", coverage.show),
    (coverage_bp, "GET", "/places/<string:code>/coverage/terms", "terms", settings.terms),
    (coverage_bp, "POST", "/places/<string:code>/coverage/terms", "settle", settings.settle),
    (coverage_bp, "GET", "/places/<string:code>/coverage/slips", "slips", imports.slips),
    (compounds_bp, "GET", "/places/<string:code>/today", "today", today.show),
    (compounds_bp, "POST", "/shifts/<int:id>/lead-number", "reveal", today.reveal),
    (buildings_bp, "GET", "/buildings/<int:id>", "show", buildings.show),
    (buildings_bp, "GET", "/buildings/<int:id>/notice", "notice", buildings.notice),
    (buildings_bp, "POST", "/buildings/<int:id>/claims", "claim", doors.claim),
    (buildings_bp, "POST", "/buildings/<int:id>/helpers", "want", settings.want),
    (buildings_bp, "GET", "/buildings/<int:id>/offers", "offers", offers.show),
    (buildings_bp, "POST", "/buildings/<int:id>/offers", "offer", offers.offer),
    (buildings_bp, "GET", "/buildings/<int:id>/team", "team", teams.show),
    (buildings_bp, "POST", "/buildings/<int:id>/team", "name_member", teams.name_member),
    (assignments_bp, "GET", "/assignments/", "index", answers.index),
    (assignments_bp, "GET", "/assignments/<int:id>", "show", answers.show),
    (assignments_bp, "POST", "/assignments/<int:id>/acceptance", "accept", answers.accept),
    (assignments_bp, "POST", "/assignments/<int:id>/refusal", "refuse", answers.refuse),
    (assignments_bp, "POST", "/assignments/<int:id>/withdrawal", "withdraw", answers.withdraw),
    (assignments_bp, "POST", "/assignments/<int:id>/approval", "approve", answers.approve),
    (assignments_bp, "POST", "/assignments/<int:id>/rejection", "decline", answers.decline),
    (assignments_bp, "POST", "/assignments/<int:id>/signature", "sign", answers.sign),
    (assignments_bp, "GET", "/assignments/<int:id>/slip", "slip", answers.slip),
    (assignments_bp, "GET", "/assignments/<int:id>/scan", "scan", answers.scan),
    (assignments_bp, "POST", "/assignments/<int:id>/pause", "pause", answers.pause),
    (assignments_bp, "POST", "/assignments/<int:id>/pause-end", "resume", answers.resume),
    (assignments_bp, "POST", "/assignments/<int:id>/renewal", "renew", answers.renew),
    (assignments_bp, "POST", "/assignments/<int:id>/end", "end", answers.end),
    (assignments_bp, "POST", "/assignments/<int:id>/successor", "propose", successor.propose),
    (assignments_bp, "POST", "/assignments/<int:id>/successor-withdrawal", "call_off", successor.call_off),
    (assignments_bp, "GET", "/assignments/<int:id>/successors", "successors", offers.successors),
    (assignments_bp, "POST", "/assignments/<int:id>/successors", "ask_successor", offers.ask_successor),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

"""All addresses of what becomes of an adoption in one table; the views are in a file a noun."""

from flask import Blueprint

from . import agreed, evaluations, milestones, together, transfers

adoption_bp = Blueprint("adoption_moves", __name__)
milestones_bp = Blueprint("milestones", __name__)
transfers_bp = Blueprint("transfers", __name__)
evaluations_bp = Blueprint("evaluations", __name__)
blueprints = adoption_bp, milestones_bp, transfers_bp, evaluations_bp
for blueprint, method, rule, endpoint, view in (
    (adoption_bp, "POST", "/adoptions/<int:id>/lead", "take_lead", together.take_lead),
    (adoption_bp, "POST", "/adoptions/<int:id>/plan", "write_plan", together.write_plan),
    (adoption_bp, "POST", "/adoptions/<int:id>/pause", "pause", together.pause),
    (adoption_bp, "POST", "/adoptions/<int:id>/pause-end", "end_pause", together.end_pause),
    (adoption_bp, "POST", "/adoptions/<int:id>/prolongation", "prolong", together.prolong),
    (adoption_bp, "GET", "/adoptions/<int:id>/agreement", "under", agreed.under),
    (adoption_bp, "POST", "/adoptions/<int:id>/agreement", "stand_under", agreed.stand_under),
    (milestones_bp, "POST", "/adoptions/<int:id>/milestones", "promise", milestones.promise),
    (milestones_bp, "POST", "/adoptions/<int:id>/progress", "report", milestones.report),
    (milestones_bp, "GET", "/milestones/<int:id>/file", "evidence", milestones.evidence),
    (milestones_bp, "POST", "/milestones/<int:id>/completion", "reach", milestones.reach),
    (milestones_bp, "POST", "/milestones/<int:id>/day", "move", milestones.move),
    (milestones_bp, "POST", "/milestones/<int:id>/removal", "drop", milestones.drop),
    (transfers_bp, "POST", "/adoptions/<int:id>/transfers", "offer", transfers.offer),
    (transfers_bp, "POST", "/transfers/<int:id>/agreement", "agree", transfers.agree),
    (transfers_bp, "POST", "/transfers/<int:id>/refusal", "decline", transfers.decline),
    (transfers_bp, "POST", "/transfers/<int:id>/approval", "approve", transfers.approve),
    (transfers_bp, "POST", "/transfers/<int:id>/rejection", "refuse", transfers.refuse),
    (transfers_bp, "POST", "/transfers/<int:id>/withdrawal", "withdraw", transfers.withdraw),
    (evaluations_bp, "POST", "/adoptions/<int:id>/evaluation", "give", evaluations.give),
    (evaluations_bp, "POST", "/evaluations/<int:id>/reply", "answer", evaluations.answer),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

"""The addresses of hours and certificates."""

from flask import Blueprint

from . import (
    certificates,
    checking,
    corrections,
    kinds,
    ledger,
    mine,
    papers,
    recorders,
    review,
    settling,
    transfer_imports,
)

hours_bp = Blueprint("hours", __name__)
certificates_bp = Blueprint("certificates", __name__)
BLUEPRINTS = (hours_bp, certificates_bp, transfer_imports.bp)

for blueprint, method, rule, endpoint, view in (
    (hours_bp, "GET", "/places/<string:code>/hours", "review", review.review),
    (hours_bp, "POST", "/places/<string:code>/hours", "confirm", review.confirm),
    (hours_bp, "POST", "/places/<string:code>/hours/kinds", "choose_kinds", kinds.choose_kinds),
    (hours_bp, "GET", "/places/<string:code>/hours/ledger", "ledger", ledger.ledger),
    (hours_bp, "POST", "/places/<string:code>/hours/ledger", "mark", ledger.mark),
    (hours_bp, "GET", "/places/<string:code>/hours/proof", "proof", ledger.proof),
    (hours_bp, "GET", "/places/<string:code>/hours/recorders", "recorders", recorders.recorders),
    (hours_bp, "POST", "/places/<string:code>/hours/recorders", "entrust", recorders.entrust),
    (hours_bp, "GET", "/recording-units/<int:id>/hours", "unit_review", review.unit_review),
    (hours_bp, "POST", "/recording-units/<int:id>/hours", "unit_confirm", review.unit_confirm),
    (hours_bp, "GET", "/recording-units/<int:id>/ledger", "unit_ledger", ledger.unit_ledger),
    (hours_bp, "POST", "/recording-units/<int:id>/ledger", "unit_mark", ledger.unit_mark),
    (hours_bp, "GET", "/recording-units/<int:id>/proof", "unit_proof", ledger.unit_proof),
    (hours_bp, "POST", "/recording-units/<int:id>/end", "end_trust", recorders.end_trust),
    (hours_bp, "GET", "/shifts/<int:id>/hours", "of_shift", settling.of_shift),
    (hours_bp, "GET", "/signups/<int:id>/hours", "of_signup", settling.of_signup),
    (hours_bp, "POST", "/signups/<int:id>/hours", "settle", settling.settle_one),
    (hours_bp, "POST", "/signups/<int:id>/hours/correction", "follow", settling.follow_list),
    (hours_bp, "POST", "/signups/<int:id>/hours/confirmation", "stay", settling.let_stay),
    (hours_bp, "GET", "/signups/<int:id>/hour-corrections/new", "new_correction", corrections.new),
    (hours_bp, "POST", "/signups/<int:id>/hour-corrections", "ask_correction", corrections.ask),
    (hours_bp, "GET", "/hour-corrections/<int:id>", "correction", corrections.correction),
    (hours_bp, "POST", "/hour-corrections/<int:id>/acceptance", "grant", corrections.grant),
    (hours_bp, "POST", "/hour-corrections/<int:id>/refusal", "decline", corrections.decline),
    (hours_bp, "POST", "/hour-corrections/<int:id>/withdrawal", "drop", corrections.drop),
    (hours_bp, "GET", "/me/hours", "mine", mine.show),
    (hours_bp, "GET", "/people/<int:id>/hours", "of_person", mine.of_person),
    (hours_bp, "POST", "/people/<int:id>/records", "enter_record", mine.enter),
    (hours_bp, "POST", "/volunteer-records/<int:id>/removal", "strike_record", mine.strike),
    (certificates_bp, "GET", "/me/certificates", "index", certificates.index),
    (certificates_bp, "POST", "/me/certificates", "take", certificates.take),
    (certificates_bp, "GET", "/people/<int:id>/certificates", "for_person", certificates.for_person),
    (certificates_bp, "POST", "/people/<int:id>/certificates", "take_for", certificates.take_for),
    (certificates_bp, "GET", "/certificates/", "check", checking.check),
    (certificates_bp, "GET", "/certificates/keys", "keys", checking.keys),
    (certificates_bp, "GET", "/certificates/signature", "sealed", checking.sealed),
    (certificates_bp, "GET", "/certificates/<string:number>", "show", checking.show),
    (certificates_bp, "GET", "/certificates/by-id/<int:id>", "by_id", certificates.by_id),
    (certificates_bp, "GET", "/certificates/by-id/<int:id>/paper", "paper", papers.paper),
    (certificates_bp, "GET", "/certificates/by-id/<int:id>.pdf", "download", papers.download),
    (certificates_bp, "POST", "/certificates/<int:id>/revocation", "revoke", certificates.revoke),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

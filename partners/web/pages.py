"""All addresses of partners and their members in one table; the views are in a file a noun."""

from flask import Blueprint

from . import (
    abilities,
    alike,
    announcements,
    applications,
    contract_services,
    invitations,
    join_requests,
    members,
    moves,
    queue,
    register,
    renewals,
    services,
    show,
)

bp = Blueprint("partners", __name__)
members_bp = Blueprint("members", __name__)
abilities_bp = Blueprint("abilities", __name__)
renewals_bp = Blueprint("renewals", __name__)
invitations_bp = Blueprint("invitations", __name__)
requests_bp = Blueprint("join_requests", __name__)
services_bp = Blueprint("services", __name__)
contracts_bp = Blueprint("contract_services", __name__)
announcements_bp = Blueprint("announcements", __name__)
PEOPLE = (members_bp, invitations_bp, requests_bp)
BLUEPRINTS = (bp, *PEOPLE, abilities_bp, renewals_bp, services_bp, contracts_bp, announcements_bp)

for blueprint, method, rule, endpoint, view in (
    (bp, "GET", "/partners/", "index", register.index),
    (bp, "GET", "/partners.xlsx", "sheet", register.sheet),
    (bp, "GET", "/partners/new", "new", applications.new),
    (bp, "GET", "/partners/alike", "alike", alike.show),
    (bp, "GET", "/partners/applications", "queue", queue.index),
    (bp, "POST", "/partners/", "create", applications.create),
    (bp, "GET", "/partners/<int:id>", "show", show.show),
    (bp, "GET", "/partners/<int:id>/handling", "handling", show.handling),
    (bp, "POST", "/partners/<int:id>/contact", "reveal", show.reveal),
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
    (members_bp, "POST", "/partners/<int:id>/members/<int:person>/membership", "make_member", members.make_member),
    (members_bp, "POST", "/partners/<int:id>/members/<int:person>/hand-over", "hand_over", members.hand_over),
    (members_bp, "POST", "/partners/<int:id>/members/<int:person>/end", "let_go", members.let_go),
    (members_bp, "POST", "/partners/<int:id>/departure", "leave", members.leave),
    (invitations_bp, "POST", "/partners/<int:id>/invitations", "make", invitations.make),
    (invitations_bp, "GET", "/invitations/<string:token>", "show", invitations.show),
    (invitations_bp, "POST", "/invitations/<string:token>", "use", invitations.use),
    (invitations_bp, "POST", "/invitations/<int:id>/revocation", "revoke", invitations.revoke),
    (requests_bp, "POST", "/partners/<int:id>/requests", "ask", join_requests.ask),
    (requests_bp, "GET", "/join-requests/<int:id>", "show", join_requests.show),
    (requests_bp, "POST", "/join-requests/<int:id>/acceptance", "accept", join_requests.accept),
    (requests_bp, "POST", "/join-requests/<int:id>/refusal", "decline", join_requests.decline),
    (requests_bp, "POST", "/join-requests/<int:id>/withdrawal", "withdraw", join_requests.withdraw),
    (renewals_bp, "GET", "/partners/<int:id>/renewal", "show", renewals.show),
    (renewals_bp, "POST", "/partners/<int:id>/renewal", "ask", renewals.ask),
    (renewals_bp, "POST", "/partners/<int:id>/renewal/changes", "ask_with_changes", renewals.ask_with_changes),
    (renewals_bp, "POST", "/partners/<int:id>/renewal/withdrawal", "withdraw", renewals.withdraw),
    (renewals_bp, "POST", "/partners/<int:id>/renewal/confirmation", "confirm", renewals.confirm),
    (renewals_bp, "POST", "/partners/<int:id>/renewal/refusal", "decline", renewals.decline),
    (abilities_bp, "GET", "/partners/<int:id>/abilities", "index", abilities.index),
    (abilities_bp, "POST", "/partners/<int:id>/abilities", "offer", abilities.offer),
    (abilities_bp, "POST", "/partners/<int:id>/abilities/<int:capability>/end", "drop", abilities.drop),
    (abilities_bp, "POST", "/partners/<int:id>/abilities/<int:capability>/certificate", "certify", abilities.certify),
    (contracts_bp, "GET", "/places/<string:code>/contract", "index", contract_services.index),
    (contracts_bp, "POST", "/places/<string:code>/contract", "add", contract_services.add),
    (contracts_bp, "GET", "/contract-services/<int:id>", "show", contract_services.show),
    (contracts_bp, "POST", "/contract-services/<int:id>/end", "end", contract_services.end),
    (announcements_bp, "GET", "/places/<string:code>/announcements", "index", announcements.index),
    (announcements_bp, "POST", "/places/<string:code>/announcements", "make", announcements.make),
    (announcements_bp, "GET", "/announcements/<int:id>", "show", announcements.show),
    (announcements_bp, "POST", "/announcements/<int:id>", "change", announcements.change),
    (announcements_bp, "POST", "/announcements/<int:id>/calling-off", "call_off", announcements.call_off),
    (announcements_bp, "GET", "/announcements/<int:id>/share", "share", announcements.share),
    (services_bp, "GET", "/services/", "index", services.index),
    (services_bp, "GET", "/services.xlsx", "sheet", services.sheet),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

"""All addresses of resources, bookings and series in one table; the views are in a file a noun."""

from flask import Blueprint

from . import bookings, calendars, offers, resources, series

bp = Blueprint("resources", __name__)
partner_bp = Blueprint("partner_resources", __name__)
bookings_bp = Blueprint("bookings", __name__)
series_bp = Blueprint("series", __name__)
BLUEPRINTS = (bp, partner_bp, bookings_bp, series_bp, calendars.bp)
for blueprint, method, rule, endpoint, view in (
    (bp, "GET", "/resources/", "index", resources.index),
    (bp, "GET", "/resources.xlsx", "sheet", resources.sheet),
    (bp, "GET", "/resources/new", "new", offers.new),
    (bp, "POST", "/resources/", "create", offers.create),
    (partner_bp, "GET", "/partners/<int:id>/resources/new", "new", offers.new_of_partner),
    (partner_bp, "POST", "/partners/<int:id>/resources", "create", offers.create_of_partner),
    (bp, "GET", "/resources/<int:id>", "show", resources.show),
    (bp, "GET", "/resources/<int:id>/week", "week", resources.week),
    (bp, "GET", "/resources/<int:id>/edit", "edit", offers.edit),
    (bp, "POST", "/resources/<int:id>/edit", "update", offers.update),
    (bp, "POST", "/resources/<int:id>/renewal", "renew", offers.renew),
    (bp, "POST", "/resources/<int:id>/pause", "pause", offers.pause),
    (bp, "POST", "/resources/<int:id>/resumption", "resume", offers.resume),
    (bp, "POST", "/resources/<int:id>/end", "end", offers.end),
    (bp, "POST", "/resources/<int:id>/closures", "close", offers.close),
    (bp, "POST", "/resources/<int:id>/closures/<int:closure>/removal", "open_again", offers.open_again),
    (bp, "POST", "/resources/<int:id>/bookings", "book", bookings.book),
    (bp, "POST", "/resources/<int:id>/series", "book_weekly", bookings.book_weekly),
    (bookings_bp, "GET", "/bookings/", "index", bookings.index),
    (bookings_bp, "GET", "/bookings/<int:id>", "show", bookings.show),
    (bookings_bp, "POST", "/bookings/<int:id>/acceptance", "grant", bookings.grant),
    (bookings_bp, "POST", "/bookings/<int:id>/refusal", "refuse", bookings.refuse),
    (bookings_bp, "POST", "/bookings/<int:id>/release", "release", bookings.release),
    (bookings_bp, "POST", "/bookings/<int:id>/withdrawal", "withdraw", bookings.withdraw),
    (bookings_bp, "POST", "/bookings/<int:id>/confirmation", "confirm", bookings.confirm),
    (bookings_bp, "POST", "/bookings/<int:id>/use", "mark_used", bookings.mark_used),
    (bookings_bp, "POST", "/bookings/<int:id>/absence", "mark_absent", bookings.mark_absent),
    (series_bp, "GET", "/series/<int:id>", "show", series.show),
    (series_bp, "POST", "/series/<int:id>/acceptance", "accept", series.accept),
    (series_bp, "POST", "/series/<int:id>/refusal", "refuse", series.refuse),
    (series_bp, "POST", "/series/<int:id>/withdrawal", "withdraw", series.withdraw),
    (series_bp, "POST", "/series/<int:id>/confirmation", "confirm", series.confirm),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

"""All addresses of residents' tickets in one table; the views are in a file a matter."""

from flask import Blueprint

from . import counters, files, keeping, links, taking

counters_bp = Blueprint("counters", __name__)
tickets_bp = Blueprint("tickets", __name__)
links_bp = Blueprint("ticket_links", __name__)
BLUEPRINTS = (counters_bp, tickets_bp, links_bp)
OF_SHIFT, ONE, HELD = "/shifts/<int:id>/tickets", "/tickets/<int:id>", "/tickets/held/<string:token>"
for blueprint, method, rule, endpoint, view in (
    (counters_bp, "GET", "/duties/<int:id>/counter", "show", counters.show),
    (counters_bp, "POST", "/duties/<int:id>/counter", "save", counters.save),
    (tickets_bp, "GET", OF_SHIFT, "index", keeping.index),
    (tickets_bp, "POST", OF_SHIFT, "take", taking.take),
    (tickets_bp, "GET", f"{OF_SHIFT}/new", "new", taking.new),
    (tickets_bp, "GET", f"{OF_SHIFT}/sheet", "sheet", keeping.sheet),
    (tickets_bp, "POST", f"{OF_SHIFT}/marks", "mark", keeping.mark),
    (tickets_bp, "POST", f"{OF_SHIFT}/number", "resize", keeping.resize),
    (tickets_bp, "POST", f"{OF_SHIFT}/others", "take_for", keeping.take_for),
    (tickets_bp, "POST", f"{OF_SHIFT}/walk-ins", "walk_in", keeping.walk_in),
    (tickets_bp, "GET", ONE, "show", taking.show),
    (tickets_bp, "GET", f"{ONE}.ics", "ics", files.ics),
    (tickets_bp, "POST", f"{ONE}/acceptance", "accept", taking.accept),
    (tickets_bp, "POST", f"{ONE}/return", "give_back", taking.give_back),
    (tickets_bp, "POST", f"{ONE}/told", "told", keeping.told),
    (tickets_bp, "GET", f"{ONE}/slip", "slip", keeping.slip),
    (links_bp, "GET", HELD, "follow", links.follow),
    (links_bp, "GET", f"{HELD}.ics", "ics", files.held),
    (links_bp, "GET", f"{HELD}/slip", "slip", links.slip),
    (links_bp, "POST", f"{HELD}/acceptance", "accept", links.accept),
    (links_bp, "POST", f"{HELD}/return", "give_back", links.give_back),
):
    blueprint.add_url_rule(rule, endpoint, view, methods=[method])

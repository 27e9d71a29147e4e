"""All addresses of the portal in one table; the views are in a file a page."""

from flask import Blueprint

from . import calendar, feeds, home, journal, me, search, shifts, today

bp = Blueprint("portal", __name__)
for rule, endpoint, view in (
    ("/", "home", home.home),
    ("/today", "today", today.today),
    ("/shifts/", "shifts", shifts.shifts),
    ("/shifts/<int:id>.ics", "shift_ics", feeds.shift_ics),
    ("/calendar/partners/<int:id>/<string:token>.ics", "partner_feed", feeds.partner_feed),
    ("/resources/<int:id>.ics", "resource_ics", feeds.resource_ics),
    ("/duties/<int:id>.ics", "duty_ics", feeds.duty_ics),
    ("/places/<string:code>.ics", "place_ics", feeds.place_ics),
    ("/calendar/<string:token>.ics", "feed", feeds.feed),
    ("/me", "me", me.me),
    ("/calendar/", "calendar", calendar.own),
    ("/places/<string:code>/calendar", "place_calendar", calendar.of_place),
    ("/search", "search", search.search),
    ("/journal/", "journal", journal.journal),
):
    bp.add_url_rule(rule, endpoint, view, methods=["GET"])

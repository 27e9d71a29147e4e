"""All addresses of the portal in one table; the views are in a file a page."""

from flask import Blueprint, request

from . import calendar, feeds, home, journal, me, paper_month, search, shifts, today

bp = Blueprint("portal", __name__)
KEYS = {"portal.feed", "portal.partner_feed"}  # whose addresses are secret
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
    ("/calendar/mine.ics", "own_ics", feeds.own_ics),
    ("/partners/<int:id>/calendar.ics", "partner_ics", feeds.partner_ics),
    ("/me", "me", me.me),
    ("/me/month", "month", paper_month.own),
    ("/calendar/", "calendar", calendar.own),
    ("/partners/<int:id>/calendar", "partner_calendar", calendar.of_partner),
    ("/duties/<int:id>/calendar", "duty_calendar", calendar.of_duty),
    ("/resources/<int:id>/calendar", "resource_calendar", calendar.of_resource),
    ("/places/<string:code>/calendar", "place_calendar", calendar.of_place),
    ("/search", "search", search.search),
    ("/journal/", "journal", journal.journal),
):
    bp.add_url_rule(rule, endpoint, view, methods=["GET"])
bp.add_url_rule("/people/<int:id>/month", "print_month", paper_month.of_neighbour, methods=["POST"])


@bp.after_request
def keep_to_itself(response):
    """The address of a feed is its key: what is opened from it is not told where it came from."""
    if request.endpoint in KEYS:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response

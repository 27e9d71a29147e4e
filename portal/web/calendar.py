"""The calendar on a page: a month or a week of mine, or of a place; the same events as in the feeds."""

from flask import g, request, url_for

from communities.place import Kind, Place
from kernel import agenda, clock
from kernel.i18n import _
from kernel.request import Page, permit
from volunteers.ruled import DAYS_OF_THE_WEEK

from ..filters import day
from ..month import board

VIEWS = {"month": _("一个月"), "week": _("一周")}


@permit("portal:me")
def own():
    """All that is in my calendar."""
    return page("person", g.person, "portal.calendar")


@permit("place:see", of=Place, by="code")
def of_place(place):
    """What takes place here, for everybody."""
    of = "building" if place.kind is Kind.BUILDING else "place"
    return page(of, place, "portal.place_calendar", place=place, code=place.code)


def page(of: str, owner, endpoint: str, place: Place | None = None, **address):
    """A calendar of an owner; view, day and kinds are in the address."""
    sources = list(agenda.sources(of))
    kinds = frozenset({source.kind for source in sources} & {*request.args.get("kinds", "").split(",")})
    view = "week" if request.args.get("view") == "week" else "month"
    on = day(request.args.get("on")) or clock.today()

    def link(**other) -> str:
        """This page with something else in its address."""
        asked = {"view": view, "on": on.isoformat(), "kinds": ",".join(sorted(kinds)) or None} | other
        return url_for(endpoint, **address, **{name: value for name, value in asked.items() if value})

    return Page(
        "portal/calendar.html",
        board=board(of, owner, view, on, kinds or None),
        place=place,
        view=view,
        views=[(label, link(view=name), name == view) for name, label in VIEWS.items()],
        kinds=[(source.label, link(kinds=toggled(kinds, source.kind)), source.kind in kinds) for source in sources],
        everything=link(kinds=None) if kinds else "",
        link=link,
        today=clock.today(),
        weekdays=DAYS_OF_THE_WEEK,
    )


def toggled(kinds: frozenset[str], kind: str) -> str:
    """The kinds with this one in or out."""
    return ",".join(sorted(kinds ^ {kind}))

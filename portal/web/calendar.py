"""The calendar on a page: a month or week of mine, a partner, a duty, a resource, a place; the events of the feeds."""

from urllib.parse import urlencode

from flask import g, request, url_for

from communities.place import Place
from kernel import clock
from kernel.i18n import _
from kernel.request import Page, permit
from partners.partner import Partner
from partners.resources.resource import Resource
from volunteers.duty import Duty
from volunteers.ruled import DAYS_OF_THE_WEEK

from ..filters import day
from ..month import board
from . import subscribing
from .kinds import asked, in_address, offered
from .subscribing import Box, sort_of

VIEWS = {"month": _("一个月"), "week": _("一周")}


@permit("portal:me")
def own():
    """All that is in my calendar."""
    page = url_for("portal.calendar")
    return page_of("person", g.person, page, box=subscribing.of_person(page), title=_("我的日历"))


@permit("feed:of-partner", of=Partner)
def of_partner(partner):
    """What a partner has booked, promised and signed, for its members."""
    page, back = url_for("portal.partner_calendar", id=partner.id), url_for("partners.show", id=partner.id)
    return page_of("partner", partner, page, box=subscribing.of_partner(partner, page), back=(partner.name, back))


@permit("duty:see", of=Duty)
def of_duty(duty):
    """All dates of a duty, for everybody."""
    return public("duty", duty, duty.title, "duties.show", id=duty.id)


@permit("resource:see", of=Resource)
def of_resource(resource):
    """When a resource is taken; nobody is named."""
    return public("resource", resource, resource.name, "resources.show", id=resource.id)


@permit("place:see", of=Place, by="code")
def of_place(place):
    """What takes place here, for everybody."""
    return public("place", place, place.whole_name, "places.show", code=place.code)


def public(name: str, owner, called: str, shown: str, **address) -> Page:
    """A calendar for everybody: its page and its file are called alike."""
    of = sort_of(owner) if name == "place" else name
    page = url_for(f"portal.{name}_calendar", **address)
    box = subscribing.of_all(of, owner, f"portal.{name}_ics", page, **address)
    return page_of(of, owner, page, box=box, back=(called, url_for(shown, **address)))


def page_of(of: str, owner, page: str, *, box: Box, title="", back: tuple[str, str] | None = None) -> Page:
    """A calendar of an owner at the address `page`; view, day and kinds are in the query. `back` is what it is of."""
    kinds, chips = asked(of), offered(of, owner)
    view = "week" if request.args.get("view") == "week" else "month"
    on = day(request.args.get("on")) or clock.today()

    def link(**other) -> str:
        """This page with something else in its address."""
        query = {"view": view, "on": on.isoformat(), "kinds": in_address(kinds)} | other
        return f"{page}?{urlencode({name: value for name, value in query.items() if value}, safe=',')}"

    return Page(
        "portal/calendar.html",
        board=board(of, owner, view, on, kinds or None),
        box=box,
        title=title or _("%(place)s的日历", place=back[0] if back else ""),
        back=back,
        view=view,
        views=[(label, link(view=name), name == view) for name, label in VIEWS.items()],
        kinds=[(one.label, link(kinds=in_address(kinds ^ {one.kind})), chosen) for one, chosen in chips],
        everything=link(kinds=None) if kinds else "",
        link=link,
        today=clock.today(),
        weekdays=DAYS_OF_THE_WEEK,
    )

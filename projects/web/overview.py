"""Projects seen from where one stands: the screen in a service centre, the desk of a committee, of a partner."""

from flask import abort, g, request

from communities.journal import tell
from communities.place import Kind, Place
from communities.post import DECIDERS
from kernel import clock
from kernel.db import db, seen
from kernel.paper import qr, whole_url
from kernel.permits import may
from kernel.request import Page, permit
from kernel.text import clean_line
from partners.member import memberships

from .. import committee_desk, hall, partner_desk
from ..market import Market

ON_SCREEN = 6


@permit("project:list")
def screen() -> Page:
    """What is wanted in a place, what happened last, a few figures; it asks again every minute by itself."""
    place = wanted() or top()
    projects, total = Market(place=place).page(g.person, most=ON_SCREEN)
    codes = {row.id: qr(whole_url("projects.show", id=row.id)) for row in projects}
    lines = hall.news(place)
    held = hall.named(lines)
    news = tell(lines)
    del held
    facts = {"place": place, "projects": projects, "total": total, "codes": codes, "figures": hall.figures(place)}
    return Page("projects/hall.html", **facts, news=news, now=clock.now())


@permit("project:desk")
def desk() -> Page:
    """What of its projects wants a move of the committee."""
    place = wanted()
    if place is not None and not g.person.holds(DECIDERS, place):
        abort(404)
    matters = committee_desk.on_desk(g.person, place)
    return Page("projects/committee_desk.html", place=place, matters=matters, most=committee_desk.MOST)


@permit("project:ours")
def ours() -> Page:
    """What our partners have taken on, what they have to do next, what else would fit."""
    partners = [member.partner for member in memberships(g.person)]
    ids = [partner.id for partner in partners]
    fitting = partner_desk.fitting([partner.id for partner in partners if may("project:adopt", partner)] or ids)
    facts = {"partners": partners, "adoptions": partner_desk.taken_on(ids), "fitting": fitting}
    return Page("projects/partner_desk.html", **facts, today=clock.today())


def wanted() -> Place | None:
    """The place in the address; 404 for one that is not there."""
    code = clean_line(request.args.get("place", ""))[:40]
    return (Place.at(code) or abort(404)) if code else None


def top() -> Place:
    """Where this person serves, else the district."""
    if g.person.id is not None and g.person.posts:
        return g.person.posts[0].place
    found = Place.of_kind(Kind.DISTRICT).limit(1)
    return db.session.scalar(seen(found)) or abort(404)

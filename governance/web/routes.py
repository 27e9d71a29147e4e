"""The routing table on the screen: what applies here, where it comes from, and its lines for those who keep them."""

from flask import g, request
from sqlalchemy import select

from communities.catalogue import Category
from communities.place import Place
from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, Page, form_for, one, permit, say
from partners.partner import Partner

from ..route import AREAS, Route
from .choices import partners_for
from .forms import RouteLineForm

USUAL = 5  # working days


@permit("need-route:list")
def index() -> Page:
    """Every category with whom it goes to at a place, and where that is inherited from."""
    place = wanted_place()
    table = Route.table(place) if place else {}
    keeps = place is not None and place.kind in AREAS and g.person.id is not None and may("need-route:set", place)
    form = form_for(RouteLineForm, days=USUAL)
    labels = catalogue()
    if keeps and place:
        form.category_id.choices = [("", _("请选择")), *((row.id, row.label) for row in labels)]
        form.partner_id.choices = [("", _("请选择")), *partners_for(place)]
    rows = [(row, table.get(row.id) or table.get(row.parent_id or 0)) for row in labels]
    line = list(db.session.scalars(seen(place.line))) if place else []
    return Page("needs/routes.html", place=place, line=line, rows=rows, form=form if keeps else None)


def catalogue() -> list[Category]:
    """All categories, in order; one heading goes to somebody as well."""
    return list(db.session.scalars(seen(Category.seen_by(g.person))))


def wanted_place() -> Place | None:
    """The place in the address, else where the reader serves, else the widest."""
    code = request.args.get("place", "")[:40]
    if code and (found := Place.at(code)):
        return found
    if g.person.posts:
        return g.person.posts[0].place
    return db.session.scalars(seen(select(Place).where(Place.parent_id.is_(None)).order_by(Place.id))).first()


def table_of() -> Back:
    """The table that was looked at."""
    return Back("need_routes.index", "routes")


@permit("need-route:set", of=Place, at="area", form=RouteLineForm, back=table_of)
def create(place, form):
    """One line."""
    category, partner = one(Category, form.category_id.data), one(Partner, form.partner_id.data)
    Route.set_up(place, category, partner, form.days.data, by=g.person)
    said = {"place": place.name, "category": category.label, "partner": partner.name}
    say(_("定好了：%(place)s的“%(category)s”转给“%(partner)s”。", **said))


@permit("need-route:end", of=Route, back=lambda id: table_of())
def end(route):
    """It does not hold any more."""
    route.end(by=g.person)
    say(_("这一行去掉了，按上一级的来。"))

"""小区通知: the list of a compound with the form for those who tell, one notice, its text for a group."""

from flask import abort, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel import clock, cursor
from kernel.db import db, seen
from kernel.fields import Clock, Day, Form, Line, Pick, row_id
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.permits import may
from kernel.request import Page, form_for, permit, say

from ..announcement import Announcement, compound_id
from ..announcement_text import group_text
from ..announcement_words import MOST, Kind
from ..kind import Kind as PartnerKind
from ..member import active_managed_by
from ..permits import staffs


class ChangeForm(Form):
    """Where, from when until when, and a line."""

    place_id = Pick(_("哪里"), coerce=row_id)
    day = Day(_("从哪天"))
    begins = Clock(_("几点起"))
    last_day = Day(_("到哪天"))
    ends = Clock(_("几点止"))
    words = Line(
        _("说明"), needed=False, most=MOST, description=_("一句话，比如“请提前接好水”。人人看得到，别写人名和电话。")
    )

    def facts(self) -> dict:
        """What is typed, as the columns of a notice."""
        starts_at = clock.at(self.day.data, self.begins.data)
        until = clock.at(self.last_day.data, self.ends.data)
        return {"words": self.words.data or "", "starts_at": starts_at, "until": until}


class NewForm(ChangeForm):
    """The same, and what it is about."""

    kind = Pick(_("什么事"), choices=Kind.pairs())


def here(place: Place) -> Place:
    """The place, if it is a compound; 404 for others."""
    return place if place.kind is PlaceKind.COMPOUND else abort(404)


def spots(compound: int) -> list[Place]:
    """The compound and its buildings, in their order; one query."""
    own, buildings = Place.id == compound, (Place.parent_id == compound) & (Place.kind == PlaceKind.BUILDING)
    rows = select(Place).where(own | buildings).options(joinedload(Place.parent))
    return list(db.session.scalars(rows.order_by(Place.id != compound, Place.position, Place.id)))


def choose(form, compound: int) -> None:
    """The list of places of the form."""
    form.place_id.choices = [
        (one.id, str(_("整个%(place)s", place=one.name)) if one.id == compound else one.name) for one in spots(compound)
    ]


def chosen(form, compound: int) -> Place:
    """The place that the form names, if it is the compound or stands in it; else 404."""
    return next((one for one in spots(compound) if one.id == form.place_id.data), None) or abort(404)


@permit("announcement:see", of=Place, by="code")
def index(place):
    """What is to come and what was, latest first; the form for those who tell. A building has its compound's list."""
    if place.kind is PlaceKind.BUILDING:
        return redirect(url_for("announcements.index", code=place.parent.code))
    rows, more = listed(here(place))
    tells = may("announcement:make", place)
    today = clock.today()
    form = form_for(NewForm, place_id=place.id, day=today, last_day=today)
    if tells:
        choose(form, place.id)
    names = {"place": place, "rows": rows, "next_url": more, "tells": tells, "form": form}
    return Page("partners/announcements.html", **names)


def listed(place: Place) -> tuple[list[Announcement], str | None]:
    """25 of them, and the address of the next ones."""
    found = Announcement.whole().where(Announcement.around(place))
    if after := cursor.unpack(request.args.get("page"), int):
        found = found.where(Announcement.id < after[0])
    found = found.order_by(None).order_by(Announcement.id.desc()).limit(cursor.PAGE + 1)
    rows = list(db.session.scalars(found))
    shown = rows[: cursor.PAGE]
    if len(rows) == len(shown):
        return shown, None
    return shown, url_for("announcements.index", code=place.code, page=cursor.pack(shown[-1].id))


@permit("announcement:make", of=Place, by="code", form=NewForm, back=("announcements.index", "announcements"))
def make(place, form):
    """Tell everybody: in the name of the property manager, or of the community for its staff."""
    spot = chosen(form, here(place).id)
    facts = form.facts() | {
        "kind": Kind(form.kind.data),
        "partner": None if staffs(g.person, place) else manager(place),
    }
    Announcement.announce(spot, by=g.person, **facts)
    say(_("通知发出去了：小区和楼栋的页面、日历里都有。要发到群里，点那一条。"))


def manager(place: Place):
    """The property manager of a compound for which the one who asks speaks."""
    mine = (partner for partner in active_managed_by(g.person) if partner.kind is PartnerKind.PROPERTY_MANAGER)
    return next((partner for partner in mine if place.id in {compound.id for compound in partner.compounds}), None)


@permit("announcement:see", of=Announcement)
def show(announcement) -> Page:
    """One of them; for those who may, what can be changed."""
    one = db.session.scalar(seen(Announcement.whole().where(Announcement.id == announcement.id)))
    keeps = may("announcement:change", one) and not (one.is_called_off or one.is_over)
    form = form_for(ChangeForm, **now_as_typed(one))
    compound = compound_id(one.place)
    if keeps:
        choose(form, compound)
    top = one.place.parent if compound != one.place_id else one.place
    return Page("partners/announcement.html", one=one, form=form, plain=form_for(Form), keeps=keeps, compound=top)


def now_as_typed(one: Announcement) -> dict:
    """What it says now, as the fields of the form."""
    start, end = clock.local(one.starts_at), clock.local(one.until)
    days = {"day": start.date(), "begins": start.time(), "last_day": end.date(), "ends": end.time()}
    return days | {"place_id": one.place_id, "words": one.words}


BACK = ("announcements.show", "announcement")


@permit("announcement:change", of=Announcement, form=ChangeForm, back=BACK)
def change(announcement, form):
    """Another time, place or other words."""
    announcement.change(chosen(form, compound_id(announcement.place)), by=g.person, **form.facts())
    say(_("改好了，订了日历的会看到新的。请再发到群里一次。"))


@permit("announcement:change", of=Announcement, form=Form, back=BACK)
def call_off(announcement, _form):
    """It does not come to it."""
    announcement.call_off(by=g.person)
    say(_("取消了，日历里会划掉。请再发到群里一次。"))


@permit("announcement:see", of=Announcement)
def share(announcement) -> Page:
    """The text for a group, the address and its code."""
    one = db.session.scalar(seen(Announcement.whole().where(Announcement.id == announcement.id)))
    address = whole_url("announcements.show", id=one.id)
    crumbs = [(one.place.whole_name, url_for("places.show", code=one.place.code))]
    crumbs.append((str(one.title), url_for("announcements.show", id=one.id)))
    text = group_text(one, address)
    return Page("partners/announcement_share.html", text=text, address=address, code=qr(address), crumbs=crumbs)

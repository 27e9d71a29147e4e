"""今天在我小区: what takes place there within a week, for its 楼栋长, its property manager and staff."""

from datetime import timedelta

from flask import abort, g, redirect, url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from communities.place import Kind, Place
from kernel import clock
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.fields import Form
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say
from partners.announcement import Announcement

from ...assignments.around import looks_after
from ...duty import Duty
from ...shift import Shift

WEEK = timedelta(days=8)


@permit("compound:today", of=Place, by="code")
def show(place):
    """Shifts with their meeting point, how many come and whom to ring; the notices. A building shows its compound."""
    if place.kind is Kind.BUILDING:
        return redirect(url_for("compounds.today", code=place.parent.code))
    if place.kind is not Kind.COMPOUND:
        abort(404)
    rows = list(db.session.scalars(seen(coming(place))))
    tomorrow = clock.at(clock.today() + timedelta(days=1))
    return Page(
        "assignments/today.html",
        place=place,
        today=[shift for shift in rows[:PAGE] if shift.starts_at < tomorrow],
        later=[shift for shift in rows[:PAGE] if shift.starts_at >= tomorrow],
        more=len(rows) > PAGE,
        announcements=list(db.session.scalars(Announcement.coming(place))),
        mine=looks_after(g.person, place),
        on=clock.today(),
        form=form_for(Form),
    )


def coming(place: Place) -> Select:
    """What is not over and begins within a week, with its lead; the first page of it."""
    duty = joinedload(Shift.duty, innerjoin=True)
    near = Shift.starts_at < clock.at(clock.today() + WEEK)
    here = select(Place.id).where(Place.within(place))
    rows = select(Shift).where(Shift.place_id.in_(here), Shift.ends_at > clock.now(), near)
    rows = rows.options(duty.joinedload(Duty.lead), joinedload(Shift.place, innerjoin=True).joinedload(Place.parent))
    return rows.order_by(Shift.starts_at, Shift.id).limit(PAGE + 1)


def its_compound(id: int) -> Back:
    """The page of the compound in which a shift is."""
    place = db.session.scalar(select(Place).join(Shift, Shift.place_id == Place.id).where(Shift.id == id)) or abort(404)
    compound = place.parent if place.kind is Kind.BUILDING else place
    return Back("compounds.today", "today", code=compound.code if compound else abort(404))


@permit("shift:reveal-lead", of=Shift, form=Form, back=its_compound)
def reveal(shift, _form):
    """The whole number of the lead, once; the journal says who looked."""
    lead = shift.reveal_lead(by=g.person)
    say(_("“%(shift)s”的负责人%(lead)s：%(phone)s。已记下是您看的。", shift=shift, lead=lead.called, phone=lead.phone))

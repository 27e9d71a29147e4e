"""Bookings: asking for a time, answering, keeping it or giving it up."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, g, request, url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from communities.journal import Line, tell
from communities.post import STAFF
from kernel import clock, waiting
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.i18n import _, moment, span
from kernel.permits import may
from kernel.request import Back, Page, form_for, permit, say

from ...member import managed_by
from ...resources.booking import Booking
from ...resources.booking_desk import run_by
from ...resources.booking_words import State
from ...resources.resource import Resource
from .booking_forms import BookingForm, ReasonForm, SeriesForm, chosen

RESOURCE = ("resources.show", "resource")
BOOKING = ("bookings.show", "booking")
SIDES = {"ours": _("我们约的"), "lent": _("约我们的")}


@permit("resource:book", of=Resource, form=BookingForm, back=RESOURCE)
def book(resource, form):
    """Ask for a single time."""
    booker = chosen(form) or abort(404)
    wanted = {"wait": form.wait.data, **form.facts}
    booking = resource.book(booker, *form.span, by=g.person, **wanted)
    when = span(booking.starts_at, booking.ends_at)
    if booking.state is State.GRANTED:
        said = _("约好了：%(resource)s %(when)s。", resource=resource.name, when=when)
    elif booking.state is State.ASKED:
        said = _("已申请 %(resource)s %(when)s，两个工作日内答复您。", resource=resource.name, when=when)
    else:
        said = _("排上队了：%(resource)s %(when)s 一空出来就自动约给您。", resource=resource.name, when=when)
    say(said)


@permit("resource:book", of=Resource, form=SeriesForm, back=RESOURCE)
def book_weekly(resource, form) -> Back:
    """Ask for the same time every week."""
    booker = chosen(form) or abort(404)
    series = resource.book_weekly(booker, by=g.person, **form.facts, **form.pattern)
    granted, asked, waiting = series.counts
    if asked:
        say(_("申请了 %(n)s 个日子，两个工作日内答复您；%(waiting)s 个在排队。", n=asked, waiting=waiting))
    else:
        say(_("约好了 %(n)s 个日子；%(waiting)s 个在排队，空出来自动约给您。", n=granted, waiting=waiting))
    return Back("series.show", id=series.id)


@permit("booking:see", of=Booking)
def show(booking) -> Page:
    """One booking: who, what, when, where it stands, what happened, and what the reader can do."""
    lends, booked = may("booking:answer", booking), may("booking:keep", booking)
    asked = lends and booking.state is State.ASKED
    return Page(
        "resources/booking.html",
        booking=booking,
        resource=booking.resource,
        lends=lends,
        booked=booked,
        first=booking.resource.goes_first(booking) if asked else None,
        handling=tell(list(db.session.scalars(seen(Line.about(booking))))),
        form=form_for(ReasonForm),
    )


@permit("booking:answer", of=Booking, back=BOOKING)
def grant(booking):
    """The owner says yes."""
    booking.grant(by=g.person)
    say(_("答应了，“%(booker)s”会收到消息。", booker=booking.booker_name))


@permit("booking:answer", of=Booking, form=ReasonForm, back=BOOKING)
def refuse(booking, form):
    """The owner says no, and why."""
    booking.refuse(form.reason.data or "", by=g.person)
    say(_("婉拒了，“%(booker)s”会看到原因。", booker=booking.booker_name))


@permit("booking:answer", of=Booking, form=ReasonForm, back=BOOKING)
def release(booking, form):
    """The owner takes a granted time back."""
    booking.release(form.reason.data or "", by=g.person)
    say(_("收回了，“%(booker)s”会看到原因；排队的人已经补上。", booker=booking.booker_name))


@permit("booking:keep", of=Booking, back=BOOKING)
def withdraw(booking):
    """The booker does not need it."""
    booking.withdraw(by=g.person)
    say(_("取消了，时间让给排队的人。谢谢您提前说一声。"))


@permit("booking:keep", of=Booking, back=BOOKING)
def confirm(booking):
    """The booker still needs it."""
    booking.confirm(by=g.person)
    say(_("好的，%(when)s 给您留着。", when=moment(booking.starts_at)))


@permit("booking:answer", of=Booking, back=BOOKING)
def mark_used(booking):
    """They came."""
    booking.mark_used(by=g.person)
    say(_("记下了：来了。"))


@permit("booking:answer", of=Booking, back=BOOKING)
def mark_absent(booking):
    """Nobody came."""
    booking.mark_absent(by=g.person)
    say(_("记下了：没有来，这次的时间照算。"))


@permit("booking:list")
def index() -> Page:
    """What we booked, or what others booked of ours: 25 from today on, the next ones first."""
    side = request.args.get("side") if request.args.get("side") in SIDES else "ours"
    where = lent_by(g.person) if side == "lent" else booked_by(g.person)
    after = unpack(request.args.get("page"), int, int)
    rows = list(db.session.scalars(seen(coming(where, after)))) if where is not None else []
    shown = rows[:PAGE]
    last = shown[-1] if len(rows) > PAGE else None
    more = pack(int(last.starts_at.timestamp()), last.id) if last else None
    kept: dict[str, Any] = {"side": side}
    return Page(
        "resources/bookings.html",
        side=side,
        sides=SIDES,
        bookings=shown,
        more=url_for("bookings.index", **kept, page=more) if more else None,
    )


def booked_by(person):
    """A condition: this person may say something to it as a booker."""
    offices = [post.place_id for post in person.posts if post.office in STAFF]
    return or_(Booking.partner_id.in_([partner.id for partner in managed_by(person)]), Booking.office_id.in_(offices))


def lent_by(person):
    """A condition: this person answers for the resource; None for whoever answers for none."""
    mine = run_by(waiting.asker(person))
    return None if mine is None else Booking.resource_id.in_(select(Resource.id).where(mine))


def coming(where, after: tuple[int, int] | None):
    """Up to 26 bookings that are not over, after the last one that was shown."""
    found = Booking.seen_by(g.person).where(where, Booking.ends_at > clock.now())
    if after:
        start = datetime.fromtimestamp(min(after[0], 2**33), UTC)
        found = found.where(or_(Booking.starts_at > start, (Booking.starts_at == start) & (Booking.id > after[1])))
    beside = joinedload(Booking.partner), joinedload(Booking.office)
    return found.order_by(Booking.starts_at, Booking.id).options(*beside).limit(PAGE + 1)

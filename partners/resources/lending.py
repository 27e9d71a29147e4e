"""Lending: asking for a time, answering, and passing on what becomes free; each verb holds the resource's lock."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.noted import Noted
from communities.working_day import holidays, working_days_after
from kernel import clock
from kernel.db import db
from kernel.i18n import _, day

from . import hours
from .booker import Booker
from .booking import Booking
from .booking_words import LIVING, BookedAlready, NotForYou, NotLent, NotOpen, OthersFirst, State, TooFar, TooMany, Why
from .closure import Closure
from .fair import Fair, is_rival
from .holding import Holding
from .obstacles import explain

ANSWER_IN = 2  # working days
LONGEST = timedelta(hours=24)
MOST_UNITS = 20  # of one booking
CONFIRM_AT = time(20)  # of the last day to confirm
SHORT_NOTICE = timedelta(days=2)  # whoever books so near to the last day to confirm has just said it
QUEUED_FOR = (Why.TAKEN, Why.OTHERS)  # what one may wait for with a single booking


class Lending(Fair, Holding, Noted):
    """The part of Resource that is about its bookings."""

    if TYPE_CHECKING:
        name: Any
        partner: Any
        hours: Any
        closed_on_holidays: Any
        valid_until: Any
        confirm_days: Any
        at_once: Any
        others_welcome: Any
        runners: Any
        why_not_lent: Any
        is_free_for: Any
        welcome_names: Any
        ask_line: Any
        hours_line: Any

        def lapse(self) -> None: ...

    def book(
        self, booker: Booker, start: datetime, end: datetime, *, purpose="", people=None, units=1, wait=False, by
    ) -> Booking:
        """Ask for a time: granted at once where that is the rule, else answered within 2 working days.

        With `wait` it queues for a time that is taken. Refuses what is not lent, not open, too far, taken (`TimeTaken`,
        with whom to ask and the nearest free times), beyond the quota, and what others wait for (`OthersWait`).
        """
        self.lapse()
        booking = self.draft(booker, start, end, purpose=purpose, people=people, units=units)
        self.check(booking)
        why = self.blocked(booking)
        if why is not None and not (wait and why in QUEUED_FOR):
            raise explain(self, booking, why, by)
        self.enter(booking, why)
        booking.tell_them(f"booking.{VERBS[booking.state]}", by, *self.answerers(booking))
        return booking

    def draft(self, booker: Booker, start: datetime, end: datetime, **facts) -> Booking:
        """A booking that is not stored yet."""
        is_free = booker.partner is not None and self.is_free_for(booker)
        state, now = State.ASKED, clock.now()
        facts = {"units": 1} | facts | {"is_free": is_free, "asked_at": now}
        facts |= {"partner": booker.partner, "office": booker.office}
        facts |= {"partner_id": booker.partner and booker.partner.id, "office_id": booker.office and booker.office.id}
        return Booking(resource=self, starts_at=start, ends_at=end, state=state, changed_at=now, sequence=0, **facts)

    def check(self, booking: Booking) -> None:
        """Refuse what nobody could grant, at any time."""
        start, end = booking.starts_at, booking.ends_at
        if self.why_not_lent:
            raise NotLent(resource=self.name, why=self.why_not_lent)
        if not self.is_welcome(booking.booker):
            raise NotForYou(resource=self.name, groups=self.welcome_names, ask=self.ask_line)
        if not 0 < booking.units <= min(self.quantity, MOST_UNITS):
            raise TooMany(quantity=self.quantity, most=min(self.quantity, MOST_UNITS))
        last = clock.local(end - timedelta(microseconds=1)).date()
        if start <= clock.now() or end <= start or end - start > LONGEST or last > self.valid_until:
            raise TooFar(until=day(self.valid_until))
        off = holidays(clock.local(start).date(), last) if self.closed_on_holidays else frozenset()
        if not hours.is_open(self.hours, start, end, off):
            raise NotOpen(hours=self.hours_line)
        if own := self.living_of(booking):
            raise BookedAlready(booker=booking.booker_name, state=own.state.label)

    def is_welcome(self, booker: Booker) -> bool:
        """Whether this booker may ask: those for whom it is free, offices, and others where the owner says so."""
        return self.others_welcome or booker.office is not None or self.is_free_for(booker)

    def living_of(self, booking: Booking) -> Booking | None:
        """Another living booking of the same booker that overlaps."""
        overlapping = (Booking.starts_at < booking.ends_at) & (Booking.ends_at > booking.starts_at)
        mine = (Booking.resource_id == self.id) & Booking.state.in_(LIVING) & (Booking.id != (booking.id or 0))
        owner = Booking.partner_id.is_not_distinct_from(booking.partner_id)
        owner &= Booking.office_id.is_not_distinct_from(booking.office_id)
        return db.session.scalars(select(Booking).where(mine, owner, overlapping).limit(1)).first()

    def blocked(self, booking: Booking) -> Why | None:
        """Why this time cannot be granted now; None when it can."""
        start, end = booking.starts_at, booking.ends_at
        if db.session.scalar(Closure.between(self.id, start, end).limit(1)) is not None:
            return Why.CLOSED
        if self.left(start, end) < booking.units:
            return Why.TAKEN
        if self.excess(booking):
            return Why.QUOTA
        return Why.OTHERS if self.ahead(booking) else None

    def enter(self, booking: Booking, why: Why | None) -> None:
        """Store it: in the queue, granted, or to be answered. Who lost a race that no lock decided, is refused."""
        db.session.add(booking)
        db.session.flush()
        at_once = self.decides_at_once(booking)
        if at_once:
            booking.approved_at = booking.asked_at
        if why is not None:
            booking.queue(why)
        elif not at_once:
            booking.answer_due = working_days_after(clock.today(), ANSWER_IN)
        elif not booking.take():
            raise explain(self, booking, Why.TAKEN, None)

    def decides_at_once(self, booking: Booking) -> bool:
        """Whether nobody has to say yes: for those for whom it is free, and for offices, where the owner says so."""
        return self.at_once and (booking.is_free or booking.office_id is not None)

    def answerers(self, booking: Booking) -> list:
        """Who is to answer: nobody where it is decided."""
        return self.runners if booking.state is State.ASKED else []

    def answer_in_turn(self, booking: Booking, *, by) -> None:
        """Grant what was asked for, if nobody goes first; who wanted the same time waits from now on."""
        if first := self.goes_first(booking):
            raise OthersFirst(other=first.booker_name, reason=why_first(first, booking))
        why = self.blocked(booking)
        if why in (Why.CLOSED, Why.TAKEN, Why.QUOTA):
            raise explain(self, booking, why, by)
        if not booking.take():
            raise explain(self, booking, Why.TAKEN, by)
        self.displace(booking, by=by)

    def goes_first(self, booking: Booking) -> Booking | None:
        """Whose request for the same time is to be answered before this one, by the published rule."""
        rivals = [one for one in self.rivals(booking) if not self.fit_both(one, booking)]
        first = self.in_order([booking, *rivals])[0]
        return None if first is booking else first

    def displace(self, booking: Booking, *, by) -> None:
        """Whoever asked for a time that was just granted, and does not fit beside it, waits from now on."""
        for other in self.rivals(booking):
            if self.left(other.starts_at, other.ends_at) < other.units:
                other.queue(Why.TAKEN)
                other.tell_them("booking.waits", by)

    def rivals(self, booking: Booking) -> list[Booking]:
        """Requests of others that wait for an answer and touch this time."""
        wanting = self.wanting(booking.starts_at, booking.ends_at)
        return [one for one in wanting if one.state is State.ASKED and is_rival(one, booking)]

    def fit_both(self, one: Booking, other: Booking) -> bool:
        """Whether there is room for two wishes at the same time."""
        start, end = max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at)
        return self.left(start, end) >= one.units + other.units

    def confirm_until(self, booking: Booking) -> datetime | None:
        """By when the booker says that it is still needed; None where nobody asks, or it was said just now."""
        if not self.confirm_days:
            return None
        day = clock.local(booking.starts_at).date() - timedelta(days=self.confirm_days)
        until = clock.at(day, CONFIRM_AT)
        return until if until - clock.now() > SHORT_NOTICE else None


VERBS = {State.GRANTED: "taken", State.ASKED: "asked", State.WAITING: "waits"}


def why_first(first: Booking, booking: Booking):
    """What the published rule says of the two."""
    days = [clock.local(one.asked_at).date() for one in (first, booking)]
    if days[0] != days[1]:
        return _("那一家申请得更早")
    if first.is_free != booking.is_free:
        return _("同一天申请的，免费开放的对象先")
    return _("同一天申请的，本月用得少的先")

"""Healing: what becomes free goes to whoever waits first, with one notice; what nobody confirmed becomes free."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db

from .booking import Booking
from .booking_words import State
from .fair import months
from .lending import ANSWER_IN, Lending


class Healing(Lending):
    """The part of Resource that passes time on; each verb holds the resource's lock."""

    if TYPE_CHECKING:
        id: Any
        why_not_lent: Any

    def heal(self, start: datetime, end: datetime) -> None:
        """Give what is free between two moments to those who wait for any of it, in the order of the published rule."""
        self._pass_on((Booking.starts_at < end) & (Booking.ends_at > start))

    def heal_after(self, booking: Booking) -> None:
        """The same for the time of a booking that is given up; its booker's free hours are free again as well."""
        overlapping = (Booking.starts_at < booking.ends_at) & (Booking.ends_at > booking.starts_at)
        if booking.partner_id is None:
            self._pass_on(overlapping)
            return
        first = clock.at(months(booking)[0])
        last = clock.at((months(booking)[-1] + timedelta(days=31)).replace(day=1))
        own = (Booking.partner_id == booking.partner_id) & Booking.starts_at.between(first, last)
        self._pass_on(or_(overlapping, own))

    def heal_all(self) -> None:
        """The same for every time to come: it is open again, there is more of it, or the quota is larger."""
        self._pass_on(Booking.starts_at > clock.now())

    def lapse(self) -> None:
        """Let go what nobody confirmed in time, and pass it on; may run at any time and again."""
        over = Booking.confirmed_at.is_(None) & (Booking.confirm_by <= clock.now())
        late = select(Booking).where(Booking.resource_id == self.id, Booking.state == State.GRANTED, over)
        for booking in db.session.scalars(late.order_by(Booking.starts_at, Booking.id)).all():
            booking.lapse()
            self.heal_after(booking)

    def run_out(self) -> None:
        """What was neither answered nor free when its time came is over; found by the sweep."""
        wanted = Booking.state.in_((State.ASKED, State.WAITING)) & (Booking.starts_at <= clock.now())
        late = select(Booking).where(Booking.resource_id == self.id, wanted).order_by(Booking.id)
        for booking in db.session.scalars(late).all():
            booking.run_out()

    def _pass_on(self, where) -> None:
        """One after the other, the order found anew each time: who got something has used more."""
        waiting = Booking.state == State.WAITING
        here = (Booking.resource_id == self.id) & (Booking.starts_at > clock.now())
        left = list(db.session.scalars(select(Booking).where(here, waiting, where).order_by(Booking.id)))
        while self.why_not_lent is None:
            chosen = next((booking for booking in self.in_order(left) if self._gets(booking)), None)
            if chosen is None:
                return
            left.remove(chosen)

    def _gets(self, booking: Booking) -> bool:
        """Try to give it its time: granted where the owner had said yes, else to be answered; or why it still waits."""
        why = self.blocked(booking)
        if why is not None:
            booking.why = why
            return False
        if booking.approved_at is None:
            booking.move(State.ASKED)
            booking.answer_due = working_days_after(clock.today(), ANSWER_IN)
            booking.tell_them("booking.asked_again", None, *self.runners)
            return True
        if not booking.take():
            return False
        booking.tell_them("booking.healed", None)
        return True

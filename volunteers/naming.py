"""The part of a pledged seat that changes: who is asked to sit there, his answer, and the end of the pledge."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from partners.member import Member, living

from .manning import LIVING, MOVES, Manning, NamedAlready, NoMember, PledgeOver, SeatAnswered


class Naming:
    """Every verb is called with the row of the shift locked."""

    if TYPE_CHECKING:
        id: Any
        shift_id: Any
        shift: Any
        adoption: Any
        person_id: Any
        person: Any
        by: Any
        state: Any
        changed_at: Any
        partner_id: Any
        note: Any
        is_kept: Any
        is_over: Any

    def name(self, person: Person, *, by) -> None:
        """Ask this member to come.

        Refuses whoever is no member (`NoMember`), who has a seat of a pledge here (`NamedAlready`), and 48 hours before
        the start (`PledgeOver`). What else may keep him is asked when he says yes: it is nobody's but his to know.
        """
        self._must_be(Manning.NOBODY)
        partner = self.adoption.partner
        if not db.session.scalar(seen(select(Member.id).where(Member.partner_id == partner.id, living(person.id)))):
            raise NoMember(partner=partner.name)
        seat: Any = type(self)
        his = (seat.shift_id == self.shift_id) & (seat.person_id == person.id)
        if db.session.scalar(seen(select(seat.id).where(his, seat.state.in_(LIVING)))):
            raise NamedAlready(person=person.called)
        self.person, self.by = person, by
        self.move(Manning.ASKED)
        self.note("seat.asked", by, tell=[person], shift=self.shift_id, person=person.id, partner=partner.id)

    def recall(self, *, by) -> None:
        """Whoever was asked and has not answered need not come; another one may be asked."""
        self._must_be(Manning.ASKED)
        person = self._asked()
        self.move(Manning.NOBODY)
        self.note("seat.recalled", by, tell=[person], shift=self.shift_id, person=person.id, partner=self.partner_id)

    def accept(self, *, by) -> None:
        """The member's yes: the seat is his. Refuses for the reasons for which a sign-up is refused."""
        self._must_be(Manning.ASKED)
        person = self._asked()
        self.shift.man(person, by=by)
        self.move(Manning.MANNED)
        self.note("seat.manned", by, tell=[self.by], shift=self.shift_id, person=person.id)

    def decline(self, *, by) -> None:
        """The member's no, which needs no reason; another one may be asked."""
        self._must_be(Manning.ASKED)
        person = self._asked()
        self.move(Manning.NOBODY)
        self.note("seat.declined", by, tell=[self.by], shift=self.shift_id, person=person.id)

    def give_back(self, *, by) -> None:
        """The adopter needs it no more: it goes to the queue. Whoever said yes leaves by himself."""
        person = self.person
        if not self.is_kept:
            raise SeatAnswered(state=self.state.label)
        self.move(Manning.RETURNED)
        self.shift.open_seat()
        self.note("seat.returned", by, tell=[person] if person else (), shift=self.shift_id, partner=self.partner_id)

    def open_up(self, state: Manning = Manning.OPENED) -> None:
        """The clock, or the end of the adoption: nobody keeps it from now on. Called with the shift locked."""
        person = self.person
        self.move(state)
        told = [self.by, *([person] if person else [])]
        self.note("seat.opened", None, tell=told, shift=self.shift_id, partner=self.partner_id)

    def leave(self, *, by) -> bool:
        """Whoever sat here leaves; says whether the seat stays kept for another member."""
        person = self._asked()
        if self.is_over or not self.adoption.is_running:
            self.move(Manning.OPENED)
            return False
        self.move(Manning.NOBODY)
        self.note("seat.left", by, tell=[self.by], shift=self.shift_id, person=person.id)
        return True

    def _asked(self) -> Person:
        if self.person is None:
            raise SeatAnswered(state=self.state.label)
        return self.person

    def _must_be(self, *states: Manning) -> None:
        if self.state not in states:
            raise SeatAnswered(state=self.state.label)
        if self.is_over:
            raise PledgeOver

    def move(self, state: Manning) -> None:
        """Change the state along MOVES; a seat for which nobody is named any more forgets its person."""
        if state is not self.state and state not in MOVES[self.state]:
            raise SeatAnswered(state=self.state.label)
        if state not in (Manning.ASKED, Manning.MANNED):
            self.person = None
        self.state = state
        self.changed_at = clock.now()

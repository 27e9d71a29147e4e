"""What becomes of a swap: offered, agreed to by the other side, done when the lead has not objected in time."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.work import Refusal
from partners.member import Member, memberships

from .queue import READY_BEFORE
from .signup import Signup, State
from .swap_state import (
    LIVING,
    MOVES,
    NotForYou,
    NotYours,
    SwapAnswered,
    Swapping,
    WhyNot,
)
from .volunteer import Volunteer
from .waking import waking_after

OBJECT_IN = timedelta(hours=4)  # waking hours in which the lead may object
MOST_TOLD = 200


class Trading(Noted):
    """The part of a swap that is about its moves. Every verb is called with both people and both shifts locked."""

    if TYPE_CHECKING:
        id: Any
        state: Any
        signup_id: Any
        signup: Any
        to: Any
        to_id: Any
        partner: Any
        partner_id: Any
        wanted: Any
        taker: Any
        settle_at: Any
        reason: Any

        @property
        def shift(self) -> Any: ...

        @property
        def giver(self) -> Person: ...

    def asked_people(self) -> list[Person]:
        """Who is told: the person, the team's volunteers, whoever is in the wanted shift; of a board nobody."""
        if self.to is not None:
            return [self.to]
        if self.partner is not None:
            theirs = select(Member.person_id).where(Member.partner_id == self.partner.id, Member.until.is_(None))
            wanted = select(Person).join(Volunteer, Volunteer.person_id == Person.id).where(Person.id.in_(theirs))
        elif self.wanted is not None:
            rows = self.wanted.people(State.CONFIRMED).with_only_columns(Signup.person_id).order_by(None)
            wanted = select(Person).where(Person.id.in_(rows))
        else:
            return []
        others = wanted.where(Person.id != self.giver.id).order_by(Person.id).limit(MOST_TOLD)
        return list(db.session.scalars(seen(others)))

    def accept(self, person: Person, *, by) -> None:
        """Yes of the other side: done when the lead has not objected in time, at once where there is nobody to ask."""
        self._only(Swapping.OPEN)
        if not self.is_asked(person):
            raise NotForYou
        self._judge(person)
        self.taker = person
        self.move(Swapping.AGREED)
        lead = self.shift.duty.lead
        latest = self.shift.starts_at - READY_BEFORE
        self.settle_at = min(waking_after(clock.now(), OBJECT_IN), latest)
        told = [self.giver, *([lead] if lead else [])]
        self.note("swap.agreed", by, tell=told, shift=self.shift.id, person=person.id)
        if lead is None or lead.id in (person.id, self.giver.id) or self.settle_at <= clock.now():
            self.settle(by=by)

    def decline(self, person: Person, *, by) -> None:
        """No of the person who was asked by name."""
        self._only(Swapping.OPEN)
        if self.to_id != person.id:
            raise NotForYou
        self.move(Swapping.DECLINED)
        self.note("swap.declined", by, tell=[self.giver], shift=self.shift.id, person=person.id)

    def withdraw(self, *, by) -> None:
        """The giver goes himself after all."""
        self._only(*LIVING)
        self.move(Swapping.WITHDRAWN)
        self.note("swap.withdrawn", by, tell=[self.taker] if self.taker else (), shift=self.shift.id)

    def veto(self, reason: str, *, by) -> None:
        """The lead needs just this person, and says why."""
        self._only(Swapping.AGREED)
        if not reason.strip():
            raise WhyNot
        self.move(Swapping.VETOED, reason)
        self.note("swap.vetoed", by, tell=[self.giver, self.taker], shift=self.shift.id)

    def settle(self, *, by) -> None:
        """Change hands. What has come in the way since makes it void, and everybody keeps what he had."""
        self._only(Swapping.AGREED)
        giver, taker = self.giver, self.taker
        try:
            self._judge(taker)
        except Refusal as refusal:
            self.give_up(str(refusal))
            return
        self.move(Swapping.DONE)
        self.shift.hand_seat(giver, taker, by=by)
        if self.wanted is not None:
            self.wanted.hand_seat(taker, giver, by=by)
        ids = {"shift": self.shift.id, "person": taker.id}
        self.note("swap.done", by, tell=[giver, taker], **ids)

    def give_up(self, reason: str) -> None:
        """It came to nothing."""
        self.move(Swapping.VOID, reason)
        told = [self.giver, *([self.taker] if self.taker else [])]
        self.note("swap.void", None, tell=told, shift=self.shift.id)

    def is_asked(self, person: Person) -> bool:
        """Whether this person can say yes to it."""
        if person.id == self.giver.id:
            return False
        if self.to_id is not None:
            return self.to_id == person.id
        if self.partner_id is not None:
            return self.partner_id in {member.partner_id for member in memberships(person)}
        if self.wanted is not None:
            held = self.wanted.signup_of(person)
            return held is not None and held.state is State.CONFIRMED
        return True

    def _judge(self, taker) -> None:
        """The gates of both sides; each gives away what the other one takes."""
        if self.signup.state is not State.CONFIRMED or self.shift.starts_at <= clock.now() or self.shift.is_cancelled:
            raise NotYours
        theirs = self.wanted.id if self.wanted is not None else None
        if found := self.shift.refusals_for(taker, without=theirs):
            raise found[0]
        if self.wanted is None:
            return
        held = self.wanted.signup_of(taker)
        if held is None or held.state is not State.CONFIRMED or self.wanted.is_pledged_to(taker):
            raise NotYours
        if found := self.wanted.refusals_for(self.giver, without=self.shift.id):
            raise found[0]

    def _only(self, *states: Swapping) -> None:
        if self.state not in states:
            raise SwapAnswered(state=self.state.label)

    def move(self, state: Swapping, reason: str = "") -> None:
        """Change the state along MOVES."""
        if state not in MOVES.get(self.state, set()):
            raise SwapAnswered(state=self.state.label)
        self.state, self.reason = state, reason

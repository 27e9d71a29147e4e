"""The part of a shift that is about pledged seats: kept for an adopter, manned by its members, opened in time."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal
from projects.adoption import Adoption

from . import refusals
from .manning import KEPT, LIVING, MANNED_BEFORE, Manning, PledgeOver
from .pledged_seat import PledgedSeat
from .seats import Seats
from .signup import HOLDS_SEAT, State


class NotOfThisProject(Refusal):
    """A pledge mans the shifts of its own project."""

    message = _("这一场不属于您认领的项目，请从认领页面里选。")


class NotAtWork(Refusal):
    """Only an adoption that runs keeps seats."""

    message = _("认领正在进行的时候才能留名额；这份认领现在是“%(state)s”。")


class TooFewLeft(Refusal):
    """What others took is theirs."""

    message = _("这一场只剩 %(left)s 个空名额，请少留几个。")
    field = "count"


class Pledging(Seats):
    """Every verb is called with the row of the shift locked."""

    if TYPE_CHECKING:
        pledged: Any

    def keep(self, adoption, count: int, *, by) -> list[PledgedSeat]:
        """Keep so many free seats for an adoption of this shift's project: all of them or none.

        Refuses what is cancelled or nearer than 48 hours, another project, an adoption that does not run, and more
        than is free (`TooFewLeft`).
        """
        if self.is_cancelled:
            raise refusals.ShiftCancelled
        if adoption.project_id != self.duty.project_id:
            raise NotOfThisProject
        if not adoption.is_running:
            raise NotAtWork(state=adoption.state.label)
        if self.starts_at - MANNED_BEFORE <= clock.now():
            raise PledgeOver
        if count > self.left or not all(self._take() for _number in range(count)):
            raise TooFewLeft(left=self.left)
        new = [PledgedSeat(shift=self, adoption=adoption, by=by) for _number in range(count)]
        db.session.add_all(new)
        self.note("seat.kept", by, shift=self.id, partner=adoption.partner_id, seats=count)
        return new

    def man(self, person, *, by) -> None:
        """A kept seat becomes the sign-up of whoever said yes; a seat that he had before is free again."""
        signup = self.signup_of(person)
        had = signup is not None and signup.state in HOLDS_SEAT
        if signup is None or signup.state is not State.CONFIRMED:
            found = [one for one in self.refusals_for(person) if not isinstance(one, refusals.SignedUpAlready)]
            if found:
                raise found[0]
            signup = self._enter(signup, person, State.CONFIRMED, self._line()[1], by)
        signup.note("signup.confirmed", by, tell=[person], shift=self.id, person=person.id)
        if had:
            self.open_seat()

    def open_seat(self) -> None:
        """One seat less is taken; the first in line is asked."""
        self._free()
        self.promote()

    def kept_for(self) -> list[PledgedSeat]:
        """The seats that adopters keep or have manned, with the partners and the people."""
        if self.duty.project_id is None:
            return []
        mine = select(PledgedSeat).where(PledgedSeat.shift_id == self.id, PledgedSeat.state.in_(LIVING))
        partner = joinedload(PledgedSeat.adoption, innerjoin=True).joinedload(Adoption.partner, innerjoin=True)
        mine = mine.options(partner, joinedload(PledgedSeat.person)).order_by(PledgedSeat.adoption_id, PledgedSeat.id)
        return list(db.session.scalars(seen(mine)))

    def open_pledged(self) -> None:
        """Free what nobody said yes to, 48 hours before the start or when its adoption is over; found by the sweep."""
        for seat in self._kept():
            if seat.is_over or not seat.adoption.is_running:
                seat.open_up(Manning.OPENED if seat.is_over else Manning.RETURNED)
                self._free()
        self.promote()

    def _kept(self) -> list[PledgedSeat]:
        mine = select(PledgedSeat).where(PledgedSeat.shift_id == self.id, PledgedSeat.state.in_(KEPT))
        return list(db.session.scalars(seen(mine.order_by(PledgedSeat.id))))

    def is_pledged_to(self, person) -> bool:
        """Whether this person sits on a seat that an adopter kept."""
        return self._manned_by(person) is not None

    def _manned_by(self, person) -> PledgedSeat | None:
        if self.duty.project_id is None:
            return None
        his = (PledgedSeat.person_id == person.id) & (PledgedSeat.state == Manning.MANNED)
        return db.session.scalar(seen(select(PledgedSeat).where(PledgedSeat.shift_id == self.id, his)))

    def _stays_kept(self, person, *, by) -> bool:
        """Whoever leaves a pledged seat in time leaves it to his partner, which asks another member."""
        seat = self._manned_by(person)
        return seat is not None and seat.leave(by=by)

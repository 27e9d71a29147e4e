"""Pledged seats: an adopter keeps a seat of a shift of its project, and asks one of its members to take it.

A pledge mans seats until 48 hours before the start; what nobody said yes to by then is open to everybody.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, false, or_, select, text
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Moment, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal
from partners.member import Member, living, managed_by
from projects.adoption import Adoption

if TYPE_CHECKING:
    from .shift import Shift

MANNED_BEFORE = timedelta(hours=48)
PERSON_NAMED = text("state IN ('asked', 'manned')")


class Manning(Choice):
    """Who is to sit on a pledged seat."""

    NOBODY = "nobody", _("还没定谁去")
    ASKED = "asked", _("等本人答复")
    MANNED = "manned", _("已答应")
    OPENED = "opened", _("已开放给大家报名")
    RETURNED = "returned", _("不留了")


KEPT = (Manning.NOBODY, Manning.ASKED)  # the seat is counted, and nobody sits on it
LIVING = (*KEPT, Manning.MANNED)
MOVES = {
    Manning.NOBODY: {Manning.ASKED, Manning.OPENED, Manning.RETURNED},
    Manning.ASKED: {Manning.NOBODY, Manning.MANNED, Manning.OPENED, Manning.RETURNED},
    Manning.MANNED: {Manning.NOBODY, Manning.OPENED, Manning.RETURNED},
    Manning.OPENED: set(),
    Manning.RETURNED: set(),
}


class SeatAnswered(Refusal):
    """The move does not start from here."""

    message = _("这个名额现在是“%(state)s”，这一步做不了。请刷新后再看。")


class PledgeOver(Refusal):
    """Too near to the start: the seats are everybody's."""

    message = _("离开始不到 48 小时，没人答应的名额已经开放给大家。还想去的，请在这一场的页面上自己报名。")


class NoMember(Refusal):
    """A partner speaks for its own people."""

    message = _("只能请“%(partner)s”的成员；请先在合伙人页面把他加进来。")
    field = "person_id"


class NamedAlready(Refusal):
    """One person, one seat."""

    message = _("这一场已经请过%(person)s了，请换一位成员。")
    field = "person_id"


class PledgedSeat(Noted, Model):
    """One seat of a shift that an adoption keeps. Its person is asked by name, and sits there by his own yes only."""

    __tablename__ = "pledged_seat"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_pledged_seat_person",
            "shift_id",
            "person_id",
            unique=True,
            sqlite_where=PERSON_NAMED,
            postgresql_where=PERSON_NAMED,
        ),
        Index("ix_pledged_seat_adoption", "adoption_id"),
        Index("ix_pledged_seat_person", "person_id"),
        Index("ix_pledged_seat_state", "state"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("which seat it is"))
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"), info=kept("whose pledge it is"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who is asked to come"))
    state: Mapped[Manning] = mapped_column(stored(Manning), default=Manning.NOBODY, info=kept("whether he comes"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("whom to tell of the answer"))
    changed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("since when it is so"))

    shift: Mapped["Shift"] = relationship(back_populates="pledged")
    adoption: Mapped[Adoption] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    by: Mapped[Person] = relationship(foreign_keys=by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever is asked; who speaks for the adopter; who leads the duty or serves where it is."""
        if person.id is None:
            return seen(select(cls).where(false()))
        ours = select(Adoption.id).where(Adoption.partner_id.in_([partner.id for partner in managed_by(person)]))
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        shift = cls.shift.property.entity.class_
        here = or_(shift.place_id.in_(near), shift.duty.has(lead_id=person.id))
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.adoption_id.in_(ours), cls.shift.has(here))))

    @classmethod
    def asking(cls, person) -> Select:
        """The seats for which this person is asked and can still say yes, soonest first, with their partners."""
        shift = cls.shift.property.entity.class_
        mine = select(cls).join(cls.shift).where(cls.person_id == person.id, cls.state == Manning.ASKED)
        mine = mine.where(shift.starts_at > clock.now() + MANNED_BEFORE).order_by(shift.starts_at, cls.id)
        partner = joinedload(cls.adoption, innerjoin=True).joinedload(Adoption.partner, innerjoin=True)
        duty = contains_eager(cls.shift).joinedload(shift.duty, innerjoin=True)
        return seen(mine.options(partner, duty))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the shift before one of its seats: every verb here may change how many are taken."""
        shift = cls.shift.property.entity.class_
        of_this = shift.id == select(cls.shift_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(seen(select(shift).where(of_this).with_for_update(key_share=True)))

    @property
    def closes_at(self) -> datetime:
        """Until when somebody can be named and say yes."""
        return self.shift.starts_at - MANNED_BEFORE

    @property
    def is_over(self) -> bool:
        """Whether it is too late for that, swept already or not."""
        return self.closes_at <= clock.now()

    @property
    def is_kept(self) -> bool:
        """Whether it is counted without anybody on it."""
        return self.state in KEPT

    def name(self, person: Person, *, by) -> None:
        """Ask this member to come.

        Refuses whoever is no member (`NoMember`), who has a seat of a pledge here (`NamedAlready`), and 48 hours before
        the start (`PledgeOver`). What else may keep him is asked when he says yes: it is nobody's but his to know.
        """
        self._must_be(Manning.NOBODY)
        partner = self.adoption.partner
        if not db.session.scalar(seen(select(Member.id).where(Member.partner_id == partner.id, living(person.id)))):
            raise NoMember(partner=partner.name)
        his = (PledgedSeat.shift_id == self.shift_id) & (PledgedSeat.person_id == person.id)
        if db.session.scalar(seen(select(PledgedSeat.id).where(his, PledgedSeat.state.in_(LIVING)))):
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

    @property
    def partner_id(self) -> int:
        """The adopter."""
        return self.adoption.partner_id

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

    def journal_place_id(self) -> int:
        """Where its shift is."""
        return self.shift.place_id

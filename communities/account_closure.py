"""注销: somebody asks to be forgotten; seven days to think better of it, then the clock erases.

PIPL art. 47 (erasure), art. 15 and 50 (as easy as joining, answered in time).
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock, personal
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, db, seen
from kernel.erasing import erase
from kernel.i18n import _
from kernel.leaving import stops
from kernel.privacy import kept
from kernel.work import Refusal

from .journal import Audience
from .noted import Noted
from .person import Person
from .place import Place, in_ranges
from .post import CARERS
from .purpose import Way

GRACE = timedelta(days=7)
DAYS = personal.TERM.days  # as long as the certificates of the same person: then the clock lets all of it go


class State(Choice):
    """Where the wish stands."""

    ASKED = "asked", _("等生效")
    TAKEN_BACK = "taken_back", _("不注销了")
    DONE = "done", _("已注销")


MOVES: dict[State, set[State]] = {
    State.ASKED: {State.TAKEN_BACK, State.DONE},
    State.TAKEN_BACK: set(),
    State.DONE: set(),
}


class AskedAlready(Refusal):
    """One living wish."""

    message = _("已经申请过注销了，%(day)s生效；改主意了可以在那以前收回。")


class Held(Refusal):
    """Something of his has to be ended first; the first of them is named."""

    message = _("还不能注销：%(what)s")


class NotNow(Refusal):
    """It was taken back or done before."""

    message = _("这份注销申请现在是“%(state)s”，不用再办了。请刷新后再看。")


class GuardianAsks(Refusal):
    """Under 18 the guardian asks, with a signature at the desk."""

    message = _("未满 18 周岁的，请监护人到社区前台签字办理。")


class OnPaper(Refusal):
    """For somebody else there is his signature."""

    message = _("替别人办，要有本人（未满 18 周岁的要有监护人）签了字的申请。")
    field = "signed"


class AccountClosure(Noted, Model):
    """One wish to be forgotten: who asked in which way, when it takes effect, what became of it."""

    __tablename__ = "account_closure"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_account_closure_living",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_account_closure_due", "state", "due_at"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who is forgotten", DAYS))
    state: Mapped[State] = mapped_column(stored(State), default=State.ASKED, info=kept("what became of it", DAYS))
    way: Mapped[Way] = mapped_column(stored(Way), info=kept("to prove that it was wanted", DAYS))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who noted it", DAYS))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was asked", DAYS))
    due_at: Mapped[Moment] = mapped_column(info=kept("when it takes effect", DAYS))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was done or taken back", DAYS))

    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of people whose desk one is."""
        paths = [post.place.path for post in person.posts if post.office in CARERS]
        near = select(Place.id).where(in_ranges(Place.path, paths))
        theirs = cls.person_id.in_(select(Person.id).where(Person.home_id.in_(near)))
        return seen(select(cls).where(or_(cls.person_id == person.id, theirs)))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the person before his wish."""
        owner = select(cls.person_id).where(cls.id == id).scalar_subquery()
        db.session.execute(seen(select(Person.id).where(Person.id == owner).with_for_update(key_share=True)))

    @classmethod
    def living(cls, person) -> "AccountClosure | None":
        """The wish of this person that waits."""
        return db.session.scalar(seen(select(cls).where(cls.person_id == person.id, cls.state == State.ASKED)))

    @classmethod
    def ask(cls, person: Person, *, by, signed: bool = False) -> "AccountClosure":
        """Forget this person in seven days. `signed`: the desk has his signature, for a minor the guardian's.

        Refuses a second wish (`AskedAlready`), minors by themselves (`GuardianAsks`), the desk without a signature
        (`OnPaper`), and whoever still holds something (`Held`).
        """
        person.lock()
        own = by.id == person.id
        if old := cls.living(person):
            raise AskedAlready(day=clock.local(old.due_at).date())
        if own and is_minor(person):
            raise GuardianAsks
        if not own and not signed:
            raise OnPaper
        if found := stops(person.id):
            raise Held(what=found[0].sentence)
        facts = {"way": Way.SCREEN if own else Way.SIGNED, "asked_by_id": by.id, "due_at": clock.now() + GRACE}
        closure = cls(person=person, person_id=person.id, **facts)
        db.session.add(closure)
        closure._tell("asked", by)
        return closure

    def take_back(self, *, by) -> None:
        """He stays. Refuses when it was taken back or done (`NotNow`)."""
        self._end(State.TAKEN_BACK)
        self._tell("taken_back", by)

    def carry_out(self) -> bool:
        """The clock, with the person locked: erase, unless he has taken on something since that he must end first."""
        if stops(self.person_id):
            return False
        person = self.person_id
        self._end(State.DONE)
        self._tell("done", None)
        erase(person)
        return True

    def _end(self, state: State) -> None:
        if state not in MOVES[self.state]:
            raise NotNow(state=self.state.label)
        self.state, self.ended_at = state, clock.now()

    def _tell(self, verb: str, by) -> None:
        self.note(f"account_closure.{verb}", by, tell=[self.person], audience=Audience.PLACE, person=self.person_id)

    def journal_place_id(self) -> int | None:
        """Where the person lives."""
        return self.person.home_id


MINORS: list[Any] = []  # what later packages know of somebody's age: a person → whether a guardian is needed


def is_minor(person) -> bool:
    """Whether a guardian asks for this person."""
    return any(under_age(person) for under_age in MINORS)

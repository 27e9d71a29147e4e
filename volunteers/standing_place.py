"""Standing places: a volunteer comes every Tuesday; each new date of the series signs him up, as far as he can."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, String, false, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from communities.sign_in import ask_along
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, db, seen
from kernel.privacy import kept

from .coming_regularly import ComingRegularly, hours
from .refusals import JoinFirst
from .standing_state import LIVING, HasPlace, State
from .volunteer import Volunteer

if TYPE_CHECKING:
    from .series import DutySeries


IS_LIVING = text("state IN ('asked', 'offered', 'held')")


class StandingPlace(ComingRegularly, Noted, Model):
    """A person who comes on every date of a series, by his own yes and until he ends it.

    `said_to`: the days and hours that he said yes to. `reached`: the last date that was looked at for him.
    """

    __tablename__ = "standing_place"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_standing_place_person",
            "series_id",
            "person_id",
            unique=True,
            sqlite_where=IS_LIVING,
            postgresql_where=IS_LIVING,
        ),
        Index("ix_standing_place_person", "person_id", "state"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    series_id: Mapped[int] = mapped_column(ForeignKey("duty_series.id"), info=kept("what it is for"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who comes"))
    state: Mapped[State] = mapped_column(stored(State), info=kept("whether he comes"))
    since: Mapped[date] = mapped_column(default=clock.today, info=kept("from when on"))
    until: Mapped[date | None] = mapped_column(info=kept("until when he came"))
    said_to: Mapped[str] = mapped_column(String(40), default="", info=kept("which days he said yes to"))
    reached: Mapped[date | None] = mapped_column(info=kept("not to tell of one date twice"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("whom to tell of the answer"))
    changed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("since when it is so"))

    series: Mapped["DutySeries"] = relationship(back_populates="places")
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    by: Mapped[Person] = relationship(foreign_keys=by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own; those of duties that one leads, or where one serves."""
        if person.id is None:
            return seen(select(cls).where(false()))
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        series = cls.series.property.entity.class_
        duty = series.duty.property.entity.class_
        here = series.duty.has(or_(duty.place_id.in_(near), duty.lead_id == person.id))
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.series.has(here))))

    @classmethod
    def of(cls, series) -> Select:
        """The living ones of a series with their people, in the order in which they came."""
        mine = select(cls).where(cls.series_id == series.id, cls.state.in_(LIVING))
        return seen(mine.options(joinedload(cls.person, innerjoin=True)).order_by(cls.id))

    @classmethod
    def of_person(cls, person) -> Select:
        """The living ones of a person with their rules and duties."""
        series = cls.series.property.entity.class_
        mine = select(cls).where(cls.person_id == person.id, cls.state.in_(LIVING))
        rule = joinedload(cls.series, innerjoin=True).joinedload(series.duty, innerjoin=True)
        return seen(mine.options(rule).order_by(cls.id))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold person and series before the place: the order in which everybody locks."""
        of_person = select(cls.person_id).where(cls.id == id).scalar_subquery()
        of_series = select(cls.series_id).where(cls.id == id).scalar_subquery()
        series = cls.series.property.entity.class_
        db.session.execute(seen(select(Person.id).where(Person.id == of_person).with_for_update(key_share=True)))
        db.session.execute(seen(select(series.id).where(series.id == of_series).with_for_update(key_share=True)))

    @classmethod
    def ask(cls, series, person, *, by) -> "StandingPlace":
        """The volunteer wants to come every week; the one in charge answers. Refuses whoever has not joined."""
        place = cls._new(series, person, State.ASKED, by)
        lead = [series.duty.lead] if series.duty.lead else []
        place.note("regular.asked", by, tell=lead, rule=series.id, person=person.id)
        return place

    @classmethod
    def offer(cls, series, person, *, by) -> "StandingPlace":
        """The one in charge asks somebody to come every week; it counts with his own yes."""
        place = cls._new(series, person, State.OFFERED, by)
        place.note("regular.offered", by, tell=[person], rule=series.id, person=person.id)
        return place

    @classmethod
    def _new(cls, series, person, state: State, by) -> "StandingPlace":
        series.must_live()
        if Volunteer.of(person) is None:
            raise JoinFirst
        mine = (cls.series_id == series.id) & (cls.person_id == person.id) & cls.state.in_(LIVING)
        if db.session.scalar(seen(select(cls.id).where(mine))):
            raise HasPlace(person=person.called)
        place = cls(series=series, person=person, state=state, by=by, said_to=hours(series))
        db.session.add(place)
        return place

    def journal_place_id(self) -> int:
        """Where its duty is."""
        return self.series.duty.place_id


ask_along(
    "comes_regularly",
    select(StandingPlace.id).where(StandingPlace.person_id == Person.id, StandingPlace.state.in_(LIVING)).exists(),
)


def comes_regularly(person) -> bool:
    """Whether this person has some standing place; most have none, and their pages are spared a statement."""
    return person.remember("comes_regularly", lambda _somebody: True)

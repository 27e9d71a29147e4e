"""小区通知 (requirement 15): water or power is cut, something is serviced, from when until when.

At a compound or a building, told by its property manager or by staff of the community; what is called off stays so.
"""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Title, db
from kernel.i18n import _

from .announcement_words import (
    ALONE,
    LONGEST,
    MOVES,
    EndsBeforeItBegins,
    Kind,
    NotHere,
    NothingChanged,
    NotInThisState,
    OverAlready,
    SaidAlready,
    SayWhat,
    State,
    TooLong,
)
from .partner import Partner

HERE = (PlaceKind.COMPOUND, PlaceKind.BUILDING)


class Announcement(Noted, Model):
    """One notice of a compound or a building; never deleted. Everybody may read it, nobody is named in it."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("until > starts_at", name="until_after_from"),
        Index("ix_announcement_place", "place_id", "until"),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    kind: Mapped[Kind] = mapped_column(stored(Kind))
    words: Mapped[Title] = mapped_column(default="")
    starts_at: Mapped[Moment]
    until: Mapped[Moment]
    state: Mapped[State] = mapped_column(stored(State), default=State.ANNOUNCED)
    sequence: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[Moment] = mapped_column(default=clock.now)
    changed_at: Mapped[Moment] = mapped_column(default=clock.now)

    place: Mapped[Place] = relationship()
    partner: Mapped[Partner | None] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: that there will be no water is for everybody to know."""
        return select(cls)

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the compound before the notice: what is told twice is judged among all that is told there."""
        place = db.session.scalar(select(Place).join(cls, cls.place_id == Place.id).where(cls.id == id))
        if place is not None:
            db.session.execute(select(Place.id).where(Place.id == compound_id(place)).with_for_update(key_share=True))

    @classmethod
    def whole(cls) -> Select:
        """All of them with their places and who told them, soonest first."""
        rows = select(cls).join(cls.place).options(contains_eager(cls.place).joinedload(Place.parent))
        return rows.options(joinedload(cls.partner)).order_by(cls.starts_at, cls.id)

    @classmethod
    def around(cls, place: Place) -> Any:
        """A condition on them and their places: of a building and its compound, else of a place and all in it."""
        if place.kind is PlaceKind.BUILDING:
            return cls.place_id.in_([place.id, place.parent_id])
        return Place.within(place)

    @classmethod
    def coming(cls, place: Place) -> Select:
        """What is not over there, the called off too."""
        return cls.whole().where(cls.around(place), cls.until > clock.now())

    @classmethod
    def announce(cls, place: Place, *, by, partner: Partner | None = None, **facts: Any) -> "Announcement":
        """Tell everybody. Called with the compound locked.

        Refuses other places (`NotHere`), hours that cross, are over or are too long, what says nothing (`SayWhat`), and
        the same a second time (`SaidAlready`).
        """
        if place.kind not in HERE:
            raise NotHere
        one = cls(place=place, partner=partner, **facts)
        one.judge()
        db.session.add(one)
        one.tell("announcement.made", by)
        return one

    def change(self, place: Place, *, by, **facts: Any) -> None:
        """Another time, place or other words; calendars see another time or place as a change of the event.

        Refuses as `announce` does, what was called off (`NotInThisState`) and what is the same (`NothingChanged`).
        """
        if place.kind not in HERE:
            raise NotHere
        self.must_be_open()
        moved = (place.id, facts["starts_at"], facts["until"]) != (self.place_id, self.starts_at, self.until)
        if not moved and facts["words"] == self.words:
            raise NothingChanged
        with db.session.no_autoflush:
            self.place, self.place_id = place, place.id
            self.words, self.starts_at, self.until = facts["words"], facts["starts_at"], facts["until"]
            self.judge()
        if moved:
            self.move(State.CHANGED)
        self.changed_at = clock.now()
        self.tell("announcement.changed", by)

    def call_off(self, *, by) -> None:
        """It does not come to it. Refuses what was called off already, and what is over (`OverAlready`)."""
        self.must_be_open()
        self.move(State.CALLED_OFF)
        self.tell("announcement.called_off", by)

    def must_be_open(self) -> None:
        """Raises `NotInThisState` or `OverAlready` where nothing can be changed any more."""
        if not MOVES[self.state]:
            raise NotInThisState
        if self.is_over:
            raise OverAlready

    def move(self, state: State) -> None:
        """Along MOVES; each is a change that calendars see."""
        if state not in MOVES[self.state]:
            raise NotInThisState
        self.state = state
        self.sequence += 1
        self.changed_at = clock.now()

    def judge(self) -> None:
        """Raises what is wrong with its hours and words, or `SaidAlready`."""
        if self.until <= self.starts_at:
            raise EndsBeforeItBegins
        if self.until <= clock.now():
            raise OverAlready
        if self.until - self.starts_at > LONGEST:
            raise TooLong
        if self.kind is Kind.OTHER and not self.words:
            raise SayWhat
        with db.session.no_autoflush:
            if db.session.scalar(self.same()):
                raise SaidAlready(place=self.place.whole_name, kind=self.kind.label)

    def same(self) -> Select:
        """Another one that says the same: its kind at its place in its hours, where that may be twice in its words."""
        cls = type(self)
        rows = select(cls.id).where(cls.place_id == self.place.id, cls.kind == self.kind, cls.id != (self.id or 0))
        rows = rows.where(cls.state != State.CALLED_OFF, cls.starts_at < self.until, cls.until > self.starts_at)
        return rows if self.kind in ALONE else rows.where(cls.words == self.words)

    def tell(self, verb: str, by) -> None:
        """The line of the journal, which everybody may read: what and where, no person."""
        self.note(verb, by, audience=Audience.PUBLIC, spot=self.place.id, announced=self.kind.value)

    @property
    def is_called_off(self) -> bool:
        """Whether it does not come to it."""
        return self.state is State.CALLED_OFF

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        return self.until <= clock.now()

    @property
    def title(self) -> str:
        """“停水”; of what has no word of its own, what was written."""
        return self.words if self.kind is Kind.OTHER else str(self.kind.label)

    @property
    def by_whom(self) -> str:
        """Who told it: the property manager, or the community."""
        return self.partner.name if self.partner else str(_("社区"))

    def __str__(self):
        return str(_("%(what)s · %(where)s", what=self.title, where=self.place.whole_name))


def compound_id(place: Place) -> int:
    """The id of the compound in which a building stands; any other place is itself."""
    return place.parent_id if place.kind is PlaceKind.BUILDING and place.parent_id else place.id

"""Posts: who serves in which office at which place, from when until when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Date, ForeignKey, Index, Select, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock, waiting
from kernel.choice import stored
from kernel.db import Id, Model, Note, db
from kernel.i18n import _
from kernel.work import Refusal

from .noted import Noted
from .office import AT, CARERS, DECIDERS, RANK, STAFF, Office
from .place import Place, in_ranges

if TYPE_CHECKING:
    from .person import Person

__all__ = ["CARERS", "CARRIED", "DECIDERS", "STAFF", "Office", "Post", "outranks"]


class WrongPlace(Refusal):
    """Each office belongs to a level of the tree."""

    message = _("“%(office)s”不设在%(kind)s这一级，请选对应的地方。")
    field = "place"


class HigherOffice(Refusal):
    """Nobody gives or takes an office of his own rank; the district's are given by the district."""

    message = _("“%(office)s”要由上一级来安排，请联系上级。")
    field = "office"


class AlreadyServes(Refusal):
    """The same office at the same place twice."""

    message = _("%(name)s已经在这个岗位上了，不用再安排。")
    field = "person"


class PostEnded(Refusal):
    """A post that has ended cannot be handed over again."""

    message = _("这个岗位最后一天是 %(day)s，已经结束了。请刷新后看看现在由谁负责。")


class SamePerson(Refusal):
    """A hand-over needs two people."""

    message = _("交接要交给另一位同事，请重新选人。")
    field = "person"


class Post(Noted, Model):
    """One person in one office at one place; never deleted, it ends."""

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "uq_post_living",
            "person_id",
            "office",
            "place_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    office: Mapped[Office] = mapped_column(stored(Office))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    since: Mapped[date] = mapped_column(default=clock.today)
    until: Mapped[date | None]
    handed_over: Mapped[Note] = mapped_column(default="")

    person: Mapped["Person"] = relationship(foreign_keys=person_id)
    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def is_now(cls, on: date | None = None):
        """A condition: in office on this day (Asia/Shanghai), else on the day on which it is asked."""
        day = on or bindparam("today", callable_=clock.today, type_=Date, unique=True)
        return (cls.since <= day) & or_(cls.until.is_(None), cls.until >= day)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Posts of the places where one serves, and one's own."""
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        return select(cls).where(or_(cls.person_id == person.id, cls.place_id.in_(near)))

    @classmethod
    def give(cls, person, office: Office, place: Place, *, by, since: date | None = None) -> "Post":
        """Put a person in office; `by` None is the installation itself.

        Refuses an office that does not belong to this level of the tree (`WrongPlace`), that `by` may not give
        (`HigherOffice`), or that this person holds there already (`AlreadyServes`).
        """
        if place.kind not in AT[office]:
            raise WrongPlace(office=office.label, kind=place.kind.label)
        if by is not None and not outranks(by, office, place):
            raise HigherOffice(office=office.label)
        person.lock()
        if cls.held(person, office, place):
            raise AlreadyServes(name=person.called)
        return cls._begin(person, office, place, by=by, since=since)

    @classmethod
    def _begin(cls, person, office: Office, place: Place, *, by, since: date | None = None) -> "Post":
        post = cls(person=person, office=office, place=place, since=since or clock.today())
        db.session.add(post)
        db.session.flush()
        post.note("post.given", by, tell=[person], **post._named(person))
        return post

    @classmethod
    def held(cls, person, office: Office, place: Place) -> "Post | None":
        """This person's living post in this office at this place."""
        mine = (cls.person_id == person.id) & (cls.office == office) & (cls.place_id == place.id)
        return db.session.scalar(select(cls).where(mine, or_(cls.until.is_(None), cls.until >= clock.today())))

    @property
    def is_living(self) -> bool:
        """Whether it has not ended."""
        return self.until is None or self.until >= clock.today()

    def end(self, *, by, until: date | None = None) -> None:
        """Let it end: on the day `until`, else at once, and then yesterday was its last day. Raises `PostEnded`."""
        self._close(until or clock.today() - timedelta(days=1))
        self.note("post.ended", by, tell=[self.person], **self._named(self.person))

    def _close(self, until: date) -> None:
        if not self.is_living:
            raise PostEnded(day=self.until)
        self.until = until

    def _named(self, person) -> dict:
        return {"person": person.id, "place": self.place_id, "office": self.office.value}

    def hand_over(self, successor, *, remark: str, by) -> "Post":
        """交接: another person takes this post and all that waits on it, in one step.

        What waits for an office follows the office; what names the person is carried by the packages in `CARRIED`.
        """
        if successor.id == self.person_id:
            raise SamePerson
        successor.lock()
        self._close(clock.today() - timedelta(days=1))
        self.handed_over = remark
        kept = Post.held(successor, self.office, self.place)
        post = kept or Post._begin(successor, self.office, self.place, by=by)
        for carry in CARRIED:
            carry(self.person, successor, self.place, by)
        self.note("post.handed_over", by, tell=[self.person], **self._named(successor))
        return post


def outranks(person, office: Office, place: Place) -> bool:
    """Whether this person decides about this office at this place: from an office above it; the district about all."""
    mine = (post.office for post in person.posts if post.office in DECIDERS and post.place.covers(place))
    return any(own is Office.DISTRICT_OFFICE or RANK[own] > RANK.get(office, 0) for own in mine)


CARRIED: list = []


class Spot(NamedTuple):
    """Where somebody serves."""

    id: int
    path: str


class Seat(NamedTuple):
    """A post, as far as lines of 今天要办 depend on it."""

    office: Office
    place_id: int
    place: Spot


def seats(person) -> tuple[Seat, ...]:
    """The posts of a person, as values."""
    return tuple(Seat(post.office, post.place_id, Spot(post.place_id, post.place.path)) for post in person.posts)


waiting.knows("posts", seats)

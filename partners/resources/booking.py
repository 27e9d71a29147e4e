"""Bookings: somebody has, wants or had a resource for a time; rows are never deleted, they change state."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.place import Place, in_ranges
from communities.post import STAFF
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, Moment, Note, Title, db

from ..member import memberships
from .booker import Booked
from .booking_moves import BookingMoves
from .booking_words import HOLDING, LIVING, OPEN, State, Why

if TYPE_CHECKING:
    from .resource import Resource
    from .series import Series

UNCONFIRMED = text("confirmed_at IS NULL")


class Booking(BookingMoves, Booked, Model):
    """One booker, one resource, one time; while it is granted it owns its quarter hours.

    `approved_at` is when the owner said yes, at once where that is the rule: a date that waits and was approved is
    granted by itself when its time becomes free. `sequence` and `changed_at` are for calendars.
    """

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("units > 0", name="units_positive"),
        CheckConstraint("(partner_id IS NULL) <> (office_id IS NULL)", name="one_booker"),
        Index("ix_booking_resource_starts", "resource_id", "starts_at"),
        Index("ix_booking_state_starts", "state", "starts_at"),
        Index("ix_booking_unconfirmed", "confirm_by", sqlite_where=UNCONFIRMED, postgresql_where=UNCONFIRMED),
    )

    id: Mapped[Id]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    purpose: Mapped[Title] = mapped_column(default="")
    people: Mapped[int | None]
    units: Mapped[int] = mapped_column(default=1)
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    is_free: Mapped[bool]
    state: Mapped[State] = mapped_column(stored(State))
    why: Mapped[Why | None] = mapped_column(stored(Why))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date | None]
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    confirm_by: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Moment] = mapped_column(default=clock.now)
    reason: Mapped[Note] = mapped_column(default="")

    resource: Mapped["Resource"] = relationship(lazy="joined", innerjoin=True)
    series: Mapped["Series | None"] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever booked, whoever lends, and the staff of the place; everybody else sees a time that is taken."""
        return select(cls).where(concerns(cls, person))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the resource before the booking: every verb here changes what is free of it."""
        resource = cls.resource.property.entity.class_
        owner = select(cls.resource_id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(resource.id).where(resource.id == owner).with_for_update(key_share=True))

    @property
    def is_living(self) -> bool:
        """Asked for, waiting or granted, and not over."""
        return self.state in LIVING and not self.is_over

    @property
    def is_holding(self) -> bool:
        """Whether the time is its own."""
        return self.state in HOLDING

    @property
    def is_open(self) -> bool:
        """Whether it wants a time that it does not own."""
        return self.state in OPEN

    @property
    def has_begun(self) -> bool:
        """Whether the time has come."""
        return self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        """Whether the time has passed."""
        return self.ends_at <= clock.now()

    @property
    def has_lapsed(self) -> bool:
        """Whether nobody confirmed it in time, moved already or not."""
        unconfirmed = self.state is State.GRANTED and self.confirmed_at is None
        return unconfirmed and self.confirm_by is not None and self.confirm_by <= clock.now()

    @property
    def asks_to_confirm(self) -> bool:
        """Whether somebody is asked now: is it still needed?"""
        waits = self.state is State.GRANTED and self.confirmed_at is None and self.reminded_at is not None
        return waits and not self.has_lapsed and not self.has_begun

    def journal_place_id(self) -> int:
        """Where the resource is."""
        return self.resource.place_id


def concerns(cls, person):
    """A condition on bookings or series: this person booked, lends, or serves where it is."""
    resource = cls.resource.property.entity.class_
    mine = [member.partner_id for member in memberships(person)] if person.id else []
    offices = [post.place_id for post in person.posts if post.office in STAFF]
    near = select(Place.id).where(in_ranges(Place.path, [post.place.path for post in person.posts]))
    lent = select(resource.id).where(or_(resource.partner_id.in_(mine), resource.place_id.in_(near)))
    return or_(cls.partner_id.in_(mine), cls.office_id.in_(offices), cls.resource_id.in_(lent))

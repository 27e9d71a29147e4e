"""Bookers: in whose name something is booked; a partner that is active, or an office of a community."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from communities.person import Person
from communities.place import Place
from communities.post import STAFF, Post
from kernel.db import db, seen
from kernel.i18n import _

from ..kind import Kind
from ..member import active_managed_by
from ..partner import Partner


@dataclass(frozen=True)
class Booker:
    """A partner, or the office of a place."""

    partner: Partner | None = None
    office: Place | None = None

    @property
    def key(self) -> str:
        """How a form names it: `p12`, `o5`."""
        return f"p{self.partner.id}" if self.partner else f"o{self.office.id}" if self.office else ""

    @property
    def name(self) -> object:
        """Its name; an office is known by its place."""
        return self.partner.name if self.partner else office_name(self.office.name if self.office else "")


def office_name(place: str) -> object:
    """How one speaks of the office of a place of this name."""
    return _("%(place)s（社区自用）", place=place)


def bookers_of(person) -> list[Booker]:
    """In whose names this person may book: the active partners that he manages, the offices that he holds."""
    places = {post.place_id: post.place for post in person.posts if post.office in STAFF}
    return [Booker(partner) for partner in active_managed_by(person)] + [
        Booker(office=place) for place in places.values()
    ]


def staff_of(place) -> list[Person]:
    """Who holds the office of a place."""
    holders = select(Post.person_id).where(Post.place_id == place.id, Post.office.in_(STAFF), Post.is_now())
    return list(db.session.scalars(seen(select(Person).where(Person.id.in_(holders)).order_by(Person.id))))


class Booked:
    """What a booking and a series know of their booker."""

    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)

    @declared_attr
    def partner(cls) -> Mapped[Partner | None]:
        """The partner that booked."""
        return relationship(foreign_keys=[cls.partner_id])  # type: ignore[list-item]

    @declared_attr
    def office(cls) -> Mapped[Place | None]:
        """The place whose office booked."""
        return relationship(foreign_keys=[cls.office_id])  # type: ignore[list-item]

    @property
    def booker(self) -> Booker:
        """Who booked."""
        return Booker(self.partner, self.office)

    @property
    def booker_id(self) -> tuple[int | None, int | None]:
        """What tells bookers apart."""
        return self.partner_id, self.office_id

    @property
    def booker_name(self) -> object:
        """Its name for those who are concerned."""
        return self.booker.name

    @property
    def public_name(self) -> object:
        """Its name for everybody: when a single resident is where, is nobody's business."""
        if self.partner and self.partner.kind is Kind.RESIDENT:
            return _("一位居民")
        return self.booker.name

    @property
    def speakers(self) -> list[Person]:
        """Who is told: the managers of the partner, or whoever holds the office."""
        return self.partner.managers if self.partner else staff_of(self.office)

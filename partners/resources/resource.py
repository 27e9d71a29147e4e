"""Resources: venues, rooms, parking, equipment and expertise that a partner or the office of a community lends."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Capability
from communities.person import Person
from communities.place import Place
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Name, Note, Title, Word
from kernel.i18n import _, joined

from ..kind import Kind
from ..partner import Partner
from . import hours
from .booker import Booker, staff_of
from .healing import Healing
from .offering import Offering
from .resource_words import UNITS, Sort, Status
from .series import Series


class Resource(Offering, Healing, Model):
    """One offer: what, where, how much of it, when, for whom, on what conditions, until which day.

    Without a partner it belongs to the office of its place. `hours` are windows of the seven weekdays, `free_for` kinds
    of partners, `free_hours` a month for each of them; `at_once` grants what is free without an answer.
    """

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_resource_status_sort", "status", "sort"),
    )

    id: Mapped[Id]
    sort: Mapped[Sort] = mapped_column(stored(Sort))
    name: Mapped[Name]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    spot: Mapped[Title] = mapped_column(default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    quantity: Mapped[int] = mapped_column(default=1)
    capacity: Mapped[int | None]
    capability_id: Mapped[int | None] = mapped_column(ForeignKey("capability.id"))
    equipment: Mapped[Note] = mapped_column(default="")
    step_free: Mapped[bool] = mapped_column(default=False)
    conditions: Mapped[Note] = mapped_column(default="")
    hours: Mapped[list[Any]] = mapped_column(JSON)
    closed_on_holidays: Mapped[bool] = mapped_column(default=False)
    free_for: Mapped[list[str]] = mapped_column(JSON, default=list)
    free_hours: Mapped[int | None]
    others_welcome: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[Title] = mapped_column(default="")
    at_once: Mapped[bool] = mapped_column(default=True)
    office_answers: Mapped[bool] = mapped_column(default=False)
    confirm_days: Mapped[int] = mapped_column(default=0)
    contact_name: Mapped[Name] = mapped_column(default="")
    contact_phone: Mapped[Word] = mapped_column(default="")
    valid_until: Mapped[date]
    reminded_on: Mapped[date | None]
    status: Mapped[Status] = mapped_column(stored(Status), default=Status.OFFERED)
    reason: Mapped[Note] = mapped_column(default="")
    offered_at: Mapped[Moment] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    partner: Mapped[Partner | None] = relationship(lazy="joined")
    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    capability: Mapped[Capability | None] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: who offers something wants it to be found."""
        return select(cls)

    def book_weekly(self, booker: Booker, *, by, **facts) -> Series:
        """Ask for the same time every week; see `Series.book`."""
        return Series.book(self, booker, by=by, **facts)

    @property
    def is_expired(self) -> bool:
        """Whether the offer has not been confirmed for today."""
        return self.valid_until < clock.today()

    @property
    def why_not_lent(self):
        """Why it cannot be booked now; None when it can."""
        if self.status is not Status.OFFERED:
            return self.status.label
        if self.is_expired:
            return _("提供的期限已过，等提供方再确认")
        if self.partner is not None and not self.partner.is_active:
            return _("提供方现在不是核实过的合伙人")
        return None

    @property
    def owner_name(self) -> str:
        """Who lends it."""
        return self.partner.name if self.partner else self.place.name

    @property
    def runners(self) -> list[Person]:
        """Who answers: the managers of the partner, the office of the place, or both."""
        people = list(self.partner.managers) if self.partner else []
        return people + (staff_of(self.place) if self.is_run_by_office else [])

    @property
    def is_run_by_office(self) -> bool:
        """Whether the office of the place answers."""
        return self.partner_id is None or self.office_answers

    @property
    def ask_line(self) -> str:
        """Whom to ask, in words."""
        return " ".join(filter(None, (self.owner_name, self.contact_name, self.contact_phone)))

    @property
    def unit(self):
        """What it is counted in."""
        return UNITS[self.sort]

    @property
    def free_kinds(self) -> list[Kind]:
        """The kinds of partners for which it is free."""
        return [kind for kind in Kind if kind.value in self.free_for]

    @property
    def welcome_names(self) -> str:
        """The same in words."""
        return joined(kind.label for kind in self.free_kinds)

    def is_free_for(self, booker: Booker) -> bool:
        """Whether it costs this partner nothing and counts on its free hours."""
        return booker.partner is not None and booker.partner.kind.value in self.free_for

    @property
    def hours_words(self) -> list[tuple[object, str]]:
        """The opening hours as (days, windows)."""
        return [(days_of(first, last), hours.shown(windows)) for first, last, windows in hours.alike(self.hours)]

    @property
    def hours_line(self) -> str:
        """The same in one line."""
        return joined((f"{days} {windows}" for days, windows in self.hours_words), "；")

    @property
    def where(self) -> str:
        """The place in words, with the spot."""
        return f"{self.place.name} {self.spot}".strip()

    @property
    def point(self):
        """Where it is on the map: its own point, else that of its place."""
        return self if self.lat is not None and self.lon is not None else self.place

    def __str__(self):
        return self.name


def days_of(first: int, last: int) -> object:
    """周一至周五, or one day."""
    if (first, last) == (0, 6):
        return _("每天")
    names = hours.WEEKDAYS[first], hours.WEEKDAYS[last]
    return names[0] if first == last else _("%(first)s至%(last)s", first=names[0], last=names[1])

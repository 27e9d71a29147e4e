"""What came of an offer: the hours of a month by who used them, counted from the quarter hours that are owned."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from communities.place import Place
from kernel.db import db
from kernel.i18n import _

from ..kind import Kind
from ..partner import Partner
from .booker import office_name
from .booking import Booking
from .quarter import MINUTES, Quarter, of_month


@dataclass(frozen=True)
class Share:
    """One user's part of the month: its name for everybody, minutes, whether it is an office."""

    name: object
    minutes: int
    is_free: bool
    is_office: bool

    @property
    def hours(self) -> float:
        """As people say it: 90 minutes are 1.5."""
        return hours(self.minutes)


@dataclass(frozen=True)
class Usage:
    """The month of one resource, the largest user first."""

    month: date
    shares: list[Share]

    @property
    def free(self) -> list[Share]:
        """Those for whom it is free: groups, teams, neighbours."""
        return [share for share in self.shares if share.is_free]

    @property
    def others(self) -> list[Share]:
        """Offices, and those who settle it with the owner."""
        return [share for share in self.shares if not share.is_free]

    @property
    def free_hours(self) -> float:
        """The free hours of the month in all."""
        return hours(sum(share.minutes for share in self.free))

    @property
    def most(self) -> float:
        """The hours of the largest user."""
        return max((share.hours for share in self.shares), default=0)


def hours(minutes: int) -> float:
    """A whole number where it is one."""
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 2)


def usage(resource_id: int, day: date) -> Usage:
    """The hours of the month of this day, what is still to come included; one statement."""
    month = of_month(day)
    rows = (
        select(Partner.name, Partner.kind, Place.name, Booking.is_free, func.count())
        .select_from(Quarter)
        .join(Booking, Booking.id == Quarter.booking_id)
        .outerjoin(Partner, Partner.id == Booking.partner_id)
        .outerjoin(Place, Place.id == Booking.office_id)
        .where(Quarter.resource_id == resource_id, Quarter.quarter.between(month.start, month.stop - 1))
        .group_by(Partner.id, Partner.name, Partner.kind, Place.id, Place.name, Booking.is_free)
    )
    residents, shares = 0, []
    for partner, kind, place, is_free, count in db.session.execute(rows):
        if kind is Kind.RESIDENT and is_free:
            residents += count * MINUTES
        else:
            shares.append(Share(partner or office_name(place), count * MINUTES, is_free, partner is None))
    if residents:
        shares.append(Share(_("居民个人"), residents, True, False))
    return Usage(day.replace(day=1), sorted(shares, key=lambda share: (-share.minutes, str(share.name))))

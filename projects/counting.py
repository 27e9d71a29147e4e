"""What a partner has done in a place and a time, counted once: what was delivered and confirmed, no more."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import Place
from kernel.db import db, seen

from .adoption import Adoption
from .in_kind import InKind
from .project import Project
from .stage import Stage
from .standing import State

STEP = 6  # minutes: a tenth of an hour, so that the hours of the lines add up to those of the sum


@dataclass(frozen=True)
class Item:
    """One part that was done: of which project, how much, when, and the minutes it took (None: nobody said)."""

    project: str
    part: str
    quantity: int
    unit: str
    delivered_on: str
    minutes: int | None

    @property
    def day(self) -> date | None:
        """The day on which it was handed over."""
        return date.fromisoformat(self.delivered_on) if self.delivered_on else None

    @property
    def hours(self) -> str:
        """The same in hours, "" for nothing said."""
        return hours(self.minutes) if self.minutes is not None else ""


@dataclass(frozen=True)
class Given:
    """One thing given in kind: what, about how many yuan, and on what basis."""

    what: str
    yuan: int
    basis: str


@dataclass(frozen=True)
class Counted:
    """What was counted: lines and their sums. `stored` and `restored` are each other's inverse."""

    items: tuple[Item, ...]
    given: tuple[Given, ...]

    @property
    def minutes(self) -> int:
        """Person-minutes in all."""
        return sum(item.minutes or 0 for item in self.items)

    @property
    def hours(self) -> str:
        """The same in hours: “48”, “11.2”."""
        return hours(self.minutes)

    @property
    def yuan(self) -> int:
        """The estimated value in kind."""
        return sum(given.yuan for given in self.given)

    @property
    def stored(self) -> dict[str, Any]:
        """As it is kept, for good."""
        return {"items": [vars(item) for item in self.items], "given": [vars(given) for given in self.given]}

    @classmethod
    def restored(cls, kept: dict[str, Any]) -> "Counted":
        """From what was kept."""
        return cls(tuple(Item(**row) for row in kept["items"]), tuple(Given(**row) for row in kept["given"]))

    def __bool__(self):
        return bool(self.items)


def count(partner, place: Place, since: date, until: date) -> Counted:
    """What this partner delivered from one day to another (both count) in projects here that are closed by now."""
    mine = (Adoption.partner_id == partner.id) & (Adoption.state == State.DELIVERED)
    here = Project.place_id.in_(select(Place.id).where(Place.within(place)))
    found = select(Adoption).join(Adoption.project).where(mine, here, Project.stage == Stage.CLOSED)
    found = found.where(Adoption.delivered_on.between(since, until)).order_by(Adoption.delivered_on, Adoption.id)
    beside = joinedload(Adoption.project), joinedload(Adoption.part)
    adoptions = list(db.session.scalars(seen(found.options(*beside))))
    given = db.session.scalars(seen(InKind.of(*(adoption.id for adoption in adoptions))))
    return Counted(tuple(map(item, adoptions)), tuple(Given(row.what, row.yuan, row.basis) for row in given))


def item(adoption: Adoption) -> Item:
    """One adoption as a line."""
    return Item(
        project=adoption.project.title,
        part=adoption.part.title,
        quantity=adoption.quantity,
        unit=adoption.part.unit,
        delivered_on=adoption.delivered_on.isoformat() if adoption.delivered_on else "",
        minutes=minutes(adoption),
    )


def hours(count: int) -> str:
    """Minutes as hours with one decimal, none for whole ones."""
    return f"{count / 60:.1f}".removesuffix(".0")


def minutes(adoption: Adoption) -> int | None:
    """Person-minutes by what was agreed: people × times × hours of the part, its share of the quantity."""
    hours = adoption.part.person_hours
    if hours is None:
        return None
    tenths = Decimal(hours * 10 * adoption.quantity) / adoption.part.quantity
    return int(tenths.to_integral_value(ROUND_HALF_UP)) * STEP

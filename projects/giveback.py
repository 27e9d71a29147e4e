"""反哺: what the partners that an incubator raised have done since: adoptions, person-hours, value in kind."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from kernel.db import db, seen
from partners.partner import Partner

from .adoption import Adoption
from .counting import STEP, hours
from .in_kind import InKind
from .part import Part
from .standing import GONE, LIVING, State

TENTHS = 60 // STEP  # of an hour: in these a share of a part is counted


@dataclass(frozen=True)
class Sums:
    """How many adoptions stand where, the person-minutes of what was delivered, the yuan of what was given in kind."""

    finished: int
    running: int
    left: int
    minutes: int
    yuan: int

    @property
    def adoptions(self) -> int:
        """All that was taken on in earnest, also what was left again."""
        return self.finished + self.running + self.left

    @property
    def hours(self) -> str:
        """The person-hours: “118”, “11.2”."""
        return hours(self.minutes)


@dataclass(frozen=True)
class Entry:
    """One adoption of the ledger: its person-minutes (None: nobody said), yuan in kind, who took it over."""

    adoption: Adoption
    minutes: int | None
    yuan: int
    successor: str | None

    @property
    def hours(self) -> str:
        """The same in hours, "" for nothing said."""
        return "" if self.minutes is None else hours(self.minutes)


def sums(partner_ids: Select | list[int]) -> Sums:
    """Of these partners together; one statement."""
    states = ({State.DELIVERED}, {State.RUNNING}, GONE)
    counts: list[Any] = [func.count().filter(Adoption.state.in_(some)) for some in states]
    done = func.coalesce(func.sum(minutes()).filter(Adoption.state == State.DELIVERED), 0)
    theirs = Adoption.partner_id.in_(partner_ids)
    given = select(func.coalesce(func.sum(InKind.yuan), 0)).join(InKind.adoption)
    given = given.where(theirs, InKind.struck_at.is_(None), Adoption.state.in_(LIVING))
    found = select(*counts, done, given.scalar_subquery()).select_from(Adoption).join(Adoption.part).where(theirs)
    return Sums(*map(int, db.session.execute(seen(found)).one()))


def ledger(person, partner_id: int, most: int) -> list[Entry]:
    """What this partner has taken on, newest first, as far as this person may know; one statement."""
    other, owner = aliased(Adoption), aliased(Partner)
    later = (other.part_id == Adoption.part_id) & (other.id > Adoption.id) & other.state.in_(LIVING)
    successor = select(owner.name).join(other, other.partner_id == owner.id).where(later, Adoption.state.in_(GONE))
    took_over = successor.order_by(other.id).limit(1).correlate(Adoption).scalar_subquery()
    counts = (InKind.adoption_id == Adoption.id) & InKind.struck_at.is_(None)
    yuan = select(func.coalesce(func.sum(InKind.yuan), 0)).where(counts).correlate(Adoption).scalar_subquery()
    rows = Adoption.seen_by(person).join(Adoption.part).add_columns(minutes(), yuan, took_over)
    rows = rows.where(Adoption.partner_id == partner_id, Adoption.state.in_((*LIVING, *GONE)))
    rows = rows.order_by(Adoption.id.desc()).limit(most)
    rows = rows.options(joinedload(Adoption.project, innerjoin=True), joinedload(Adoption.part, innerjoin=True))
    return [Entry(*row) for row in db.session.execute(seen(rows))]


def minutes():
    """The person-minutes of an adoption as `counting.minutes` has them: a share to the tenth of an hour, half up."""
    tenths = Part.people * Part.times * Part.hours * TENTHS * Adoption.quantity
    return (2 * tenths + Part.quantity) // (2 * Part.quantity) * STEP

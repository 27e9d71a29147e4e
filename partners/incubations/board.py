"""The board of an incubator: columns, table and counts; a firm that is still raised is never a missing one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from communities.place import Place
from kernel.bigrams import escape_like
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.text import clean_line

from ..member import managed_by
from ..partner import Partner
from ..standing import PAST
from .branch import Branch
from .incubating import Stage
from .incubation import Incubation
from .support import Help, Support, Unit

LONGEST = 64  # characters of a query
COUNTED = 1000  # a count stops here


@dataclass(frozen=True)
class Counts:
    """How many firms of some places stand where; who graduated counts as a graduate for good."""

    applied: int
    incubating: int
    graduated: int
    partners: int
    left: int
    refused: int
    branches: int
    members: int

    @property
    def all(self) -> int:
        """Everybody who ever asked."""
        return self.applied + self.incubating + self.graduated + self.left + self.refused


@dataclass(frozen=True)
class Board:
    """The incubations of a place and below, in one stage or all, with `text` in the name."""

    place: Place | None = None
    stage: Stage | None = None
    text: str = ""

    @classmethod
    def asked_for(cls, words: Mapping[str, str], places: Sequence[Place] = ()) -> "Board":
        """What an address asks for; what cannot be read is not asked for. `places` are at hand, the first is usual."""
        code = clean_line(words.get("place", ""))[:40]
        at_hand = next((place for place in places if place.code == code), None)
        usual = places[0] if places and not code else None
        return cls(
            place=at_hand or usual or (Place.at(code) if code else None),
            stage=next((stage for stage in Stage if stage.value == words.get("stage")), None),
            text=clean_line(words.get("q", ""))[:LONGEST],
        )

    def here(self, person) -> Select:
        """Those of the place that this person may know, in no order."""
        found = Incubation.seen_by(person)
        if self.place is not None:
            found = found.where(Incubation.place_id.in_(select(Place.id).where(Place.within(self.place))))
        return found

    def listed(self, person) -> Select:
        """What is asked for of them."""
        found = self.here(person)
        if self.stage is not None:
            found = found.where(Incubation.stage == self.stage)
        if self.text:
            found = found.where(Incubation.name.ilike(f"%{escape_like(self.text)}%", escape="\\"))
        return found

    def columns(self, person) -> dict[Stage, list[Incubation]]:
        """The newest of each stage, at most 26 of each."""
        nth = func.row_number().over(partition_by=Incubation.stage, order_by=Incubation.id.desc())
        ranked = self.here(person).with_only_columns(Incubation.id, nth.label("nth")).subquery()
        newest = select(ranked.c.id).where(ranked.c.nth <= PAGE + 1)
        rows = select(Incubation).where(Incubation.id.in_(newest)).order_by(Incubation.id.desc()).options(*beside())
        found: dict[Stage, list[Incubation]] = {stage: [] for stage in Stage}
        for incubation in db.session.scalars(seen(rows)):
            found[incubation.stage].append(incubation)
        return found

    def page(self, person, before: int | None = None) -> tuple[list[Incubation], int]:
        """Up to 26 that came before the one with this id, newest first, and how many there are, at most 1,001."""
        counted = self.listed(person).with_only_columns(Incubation.id).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        rows = self.rows(person).add_columns(total).limit(PAGE + 1)
        if before is not None:
            rows = rows.where(Incubation.id < before)
        found = db.session.execute(seen(rows)).all()
        return [incubation for incubation, _total in found], found[0][1] if found else 0

    def rows(self, person) -> Select:
        """Newest first, each with its place and partner."""
        return self.listed(person).order_by(Incubation.id.desc()).options(*beside())

    def counts(self, person) -> Counts:
        """One statement for all of them."""
        ids = self.here(person).with_only_columns(Incubation.id)
        stage = {one: func.count().filter(Incubation.stage == one) for one in Stage}
        graduated = Incubation.graduated_on.is_not(None)
        left = func.count().filter(Incubation.stage == Stage.LEFT, ~graduated)
        became = func.count().filter(graduated, is_partner())
        sums = [stage[Stage.APPLIED], stage[Stage.INCUBATING], func.count().filter(graduated), became, left]
        living = (Branch.incubation_id == Incubation.id) & Branch.ended_at.is_(None)
        found = select(*sums, stage[Stage.REFUSED], func.count(Branch.id), func.coalesce(func.sum(Branch.members), 0))
        found = found.select_from(Incubation).outerjoin(Incubation.partner).outerjoin(Branch, living)
        return Counts(*map(int, db.session.execute(seen(found.where(Incubation.id.in_(ids)))).one()))

    def partner_ids(self, person) -> Select:
        """The partners that came of them."""
        return self.here(person).with_only_columns(Incubation.partner_id).where(Incubation.partner_id.is_not(None))

    def support(self, person) -> list[tuple[Help, Unit, int]]:
        """What was given to them, added up by kind and unit."""
        ids = self.here(person).with_only_columns(Incubation.id)
        given = select(Support.help, Support.unit, func.sum(Support.quantity))
        given = given.where(Support.struck_at.is_(None), Support.incubation_id.in_(ids))
        rows = db.session.execute(seen(given.group_by(Support.help, Support.unit)))
        return sorted(((help, unit, int(n)) for help, unit, n in rows), key=lambda row: list(Help).index(row[0]))


def beside():
    """What a card and a row show beside the incubation itself."""
    return joinedload(Incubation.place, innerjoin=True), joinedload(Incubation.partner)


def is_partner():
    """A condition: has become a partner, and is one still."""
    return Partner.active_since.is_not(None) & Partner.stage.not_in(PAST)


def totals(rows) -> list[tuple[Help, Unit, int]]:
    """The same for entries that are at hand."""
    sums: dict[tuple[Help, Unit], int] = {}
    for row in rows:
        sums[row.help, row.unit] = sums.get((row.help, row.unit), 0) + row.quantity
    return sorted(((*key, n) for key, n in sums.items()), key=lambda row: list(Help).index(row[0]))


def alumni(place: Place | None, before: int | None = None) -> tuple[list, int, int]:
    """For everybody: up to 26 graduates that are partners, newest first; how many graduated, how many are partners."""
    here = Incubation.place_id.in_(select(Place.id).where(Place.within(place))) if place else true()
    graduated = and_(Incubation.graduated_on.is_not(None), here)
    sums = select(func.count(), func.count().filter(is_partner())).select_from(Incubation)
    all_, became = db.session.execute(seen(sums.outerjoin(Incubation.partner).where(graduated))).one()
    rows = select(Incubation).join(Incubation.partner).where(graduated, is_partner())
    if before is not None:
        rows = rows.where(Incubation.id < before)
    rows = rows.order_by(Incubation.id.desc()).limit(PAGE + 1).options(*beside())
    return list(db.session.scalars(seen(rows))), all_, became


def mine(person) -> list[Incubation]:
    """Those of which this person is one of the people, for the page that everybody reads."""
    own = or_(Incubation.founder_id == person.id, Incubation.partner_id.in_([one.id for one in managed_by(person)]))
    rows = select(Incubation).where(own).order_by(Incubation.id.desc()).limit(PAGE).options(*beside())
    return list(db.session.scalars(seen(rows))) if person.id else []

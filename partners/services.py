"""服务清单: what can be had, from whom, how well and how much at the same time."""

from dataclasses import dataclass

from sqlalchemy import Select, Subquery, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from communities.catalogue import Capability
from communities.place import Place
from kernel import search
from kernel.cursor import PAGE, after
from kernel.db import db, seen

from .ability import Ability, Level
from .partner import Partner

COUNTED = 1000  # a count stops here


@dataclass(frozen=True)
class Services:
    """What active partners can do for a place, at least so well; a heading of the catalogue holds what is below it."""

    capability_id: int | None = None
    place: Place | None = None
    level: Level | None = None
    text: str = ""

    def listed(self) -> Select:
        """All of it, in no order."""
        found = select(Ability).join(Ability.partner).join(Ability.capability)
        found = found.where(Ability.until.is_(None), Partner.active())
        if self.capability_id is not None:
            found = found.where(or_(Capability.id == self.capability_id, Capability.parent_id == self.capability_id))
        if self.place is not None:
            found = found.where(Partner.serving(self.place))
        if self.level is not None:
            better = list(Level)[list(Level).index(self.level) :]
            found = found.where(Ability.level.in_(better))
        if self.text:
            hits = search.matching(self.text).where(search.Entry.kind == "partner")
            found = found.where(Partner.id.in_(hits.with_only_columns(search.Entry.ref)))
        return found

    def page(self, behind: tuple | None = None) -> tuple[list[Ability], int]:
        """Up to 26 rows behind these sort values, and how many there are in all, at most 1,001."""
        ids = self.listed().with_only_columns(Ability.id)
        total = select(func.count()).select_from(ids.limit(COUNTED + 1).subquery()).scalar_subquery()
        if behind is not None:
            ids = ids.where(after(self.order(), behind))
        wanted = ids.order_by(*self.order()).limit(PAGE + 1).subquery()
        found = db.session.execute(seen(self.rows(wanted).add_columns(total))).all()
        return [ability for ability, _total in found], found[0][1] if found else 0

    def all(self, most: int) -> list[Ability]:
        """The same without pages."""
        wanted = self.listed().with_only_columns(Ability.id).order_by(*self.order()).limit(most).subquery()
        return list(db.session.scalars(seen(self.rows(wanted))))

    def rows(self, wanted: Subquery) -> Select:
        """By the catalogue, the best first, each with its partner, where that is and where it serves.

        Which they are is found among ids, so that no more than a page of wide rows is sorted.
        """
        partner = contains_eager(Ability.partner)
        beside = partner.joinedload(Partner.place, innerjoin=True), partner.selectinload(Partner.areas)
        eager = contains_eager(Ability.capability), joinedload(Ability.certified_at), *beside
        found = select(Ability).join(wanted, wanted.c.id == Ability.id).join(Ability.partner).join(Ability.capability)
        return found.order_by(*self.order()).options(*eager)

    @staticmethod
    def order() -> tuple:
        """The columns that a cursor remembers."""
        return Capability.position, Capability.id, Ability.rank(), Ability.id

    @staticmethod
    def place_in_order(ability: Ability) -> tuple[int, int, int, int]:
        """The values of these columns for one row."""
        return ability.capability.position, ability.capability_id, -list(Level).index(ability.level), ability.id

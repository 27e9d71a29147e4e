"""The register: which partners are listed for whom, newest first."""

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from communities.catalogue import Capability
from communities.place import Place
from kernel import search
from kernel.cursor import PAGE
from kernel.db import db, seen

from .ability import Ability
from .kind import Kind
from .partner import Partner
from .standing import PAST

COUNTED = 1000  # a count stops here


@dataclass(frozen=True)
class Register:
    """The partners that serve a place, that can do something, with all words of `text`; one kind of them or all.

    `near` leaves out those who serve the whole subdistrict or district.
    """

    kind: Kind | None = None
    place: Place | None = None
    near: bool = False
    capability_id: int | None = None
    text: str = ""

    def listed(self, person) -> Select:
        """What this person may know of it, in no order; refused and ended ones are history."""
        found = Partner.seen_by(person).where(Partner.stage.not_in(PAST))
        if self.kind is not None:
            found = found.where(Partner.kind == self.kind)
        if self.place is not None:
            found = found.where(Partner.serving(self.place, near=self.near))
        if self.capability_id is not None:
            below = select(Capability.id).where(Capability.parent_id == self.capability_id)
            this = or_(Ability.capability_id == self.capability_id, Ability.capability_id.in_(below))
            found = found.where(Partner.id.in_(select(Ability.partner_id).where(this, Ability.until.is_(None))))
        if self.text:
            hits = search.matching(self.text).where(search.Entry.kind == "partner")
            found = found.where(Partner.id.in_(hits.with_only_columns(search.Entry.ref)))
        return found

    def page(self, person, before: int | None = None) -> tuple[list[Partner], int]:
        """Up to 26 partners that came before the one with this id, and how many there are in all, at most 1,001."""
        counted = self.listed(person).with_only_columns(Partner.id).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        rows = self.rows(person, before).add_columns(total).limit(PAGE + 1)
        found = db.session.execute(seen(rows)).all()
        return [partner for partner, _total in found], found[0][1] if found else 0

    def all(self, person, most: int) -> list[Partner]:
        """The same without pages, with what a sheet says beside."""
        rows = self.rows(person).limit(most).options(selectinload(Partner.areas))
        return list(db.session.scalars(seen(rows)))

    def rows(self, person, before: int | None = None) -> Select:
        """Newest first, each with its place and capabilities."""
        found = self.listed(person)
        if before is not None:
            found = found.where(Partner.id < before)
        beside = joinedload(Partner.place, innerjoin=True), selectinload(Partner.capabilities)
        return found.order_by(Partner.id.desc()).options(*beside)

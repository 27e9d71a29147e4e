"""资源清单: which resources are listed for whom, newest first."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from communities.place import Place
from kernel import search
from kernel.cursor import PAGE
from kernel.db import db, seen

from .resource import Resource
from .resource_words import Sort, Status

COUNTED = 1000  # a count stops here


@dataclass(frozen=True)
class ResourceList:
    """The resources in a place and below it, with all words of `text`; one sort of them or all."""

    sort: Sort | None = None
    place: Place | None = None
    text: str = ""
    partner_id: int | None = None

    def listed(self, person) -> Select:
        """What this person may know of it, in no order; what is not offered any more is history."""
        found = Resource.seen_by(person).where(Resource.status != Status.ENDED)
        if self.sort is not None:
            found = found.where(Resource.sort == self.sort)
        if self.place is not None:
            found = found.where(Resource.place_id.in_(select(Place.id).where(Place.within(self.place))))
        if self.partner_id is not None:
            found = found.where(Resource.partner_id == self.partner_id)
        if self.text:
            hits = search.matching(self.text).where(search.Entry.kind == "resource")
            found = found.where(Resource.id.in_(hits.with_only_columns(search.Entry.ref)))
        return found

    def page(self, person, before: int | None = None) -> tuple[list[Resource], int, int]:
        """Up to 26 resources that came before the one with this id, how many there are, and how many units in all."""
        counted = self.listed(person).with_only_columns(Resource.id, Resource.quantity).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        units = select(func.coalesce(func.sum(counted.c.quantity), 0)).scalar_subquery()
        rows = self.rows(person, before).add_columns(total, units).limit(PAGE + 1)
        found = db.session.execute(seen(rows)).all()
        return [row[0] for row in found], found[0][1] if found else 0, int(found[0][2]) if found else 0

    def all(self, person, most: int) -> list[Resource]:
        """The same without pages, for a sheet."""
        return list(db.session.scalars(seen(self.rows(person).limit(most))))

    def rows(self, person, before: int | None = None) -> Select:
        """Newest first, each with its place, owner and capability."""
        found = self.listed(person)
        if before is not None:
            found = found.where(Resource.id < before)
        return found.order_by(Resource.id.desc()).options(joinedload(Resource.capability))

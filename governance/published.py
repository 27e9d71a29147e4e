"""公开事由: of what was said, the part that everybody may read: the matter, the category, the community, the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select

from communities.catalogue import Category
from communities.journal import Line
from communities.place import Kind, Place, in_ranges
from kernel import clock
from kernel.cursor import PAGE
from kernel.db import db, seen

from .need import Need
from .need_state import Privacy, State

COUNTED = 1000  # a count stops here
SHOWN = (State.VERIFIED, State.ROUTED, State.TAKEN, State.SOLVED, State.CONFIRMED, State.REOPENED)
NAMED = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.COMPOUND)  # nobody is told the building
SAID = (Kind.COMMUNITY, Kind.COMPOUND)


class Row(NamedTuple):
    """One matter as everybody reads it: not the need itself, so that nothing else of it can be shown."""

    id: int
    matter: str
    category: Category
    state: State
    said_on: date
    where: str

    @property
    def standing(self):
        """How far it is, in words for whoever reads it."""
        return self.state.for_staff


@dataclass(frozen=True)
class Published:
    """The public matters of a place and below, of one category, all of them or those that are or are not solved."""

    place: Place | None = None
    category_id: int | None = None
    solved: bool | None = None

    def listed(self) -> Select:
        """Those that were verified, are told with their matter, and neither declined nor merged; in no order."""
        verified = select(Line.id).where(
            Line.subject == "need", Line.subject_id == Need.id, Line.verb == "need.verified"
        )
        public = Need.privacy == Privacy.MATTER, Need.matter != "", Need.state.in_(SHOWN), verified.exists()
        found = select(Need.id, Need.matter, Category, Need.state, Need.said_at, Place)
        found = found.join(Category, Need.category_id == Category.id).join(Place, Need.place_id == Place.id)
        found = found.where(*public)
        if self.place is not None:
            found = found.where(in_ranges(Place.path, [self.place.path]))
        if self.category_id is not None:
            found = found.where(Need.category_id == self.category_id)
        if self.solved is not None:
            is_solved = Need.state == State.CONFIRMED
            found = found.where(is_solved if self.solved else ~is_solved)
        return found

    def page(self, behind: int | None = None) -> tuple[list[Row], int]:
        """Up to 26 that came before this one, the newest first, and how many there are in all, at most 1,001."""
        counted = self.listed().with_only_columns(Need.id).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        wanted = self.listed() if behind is None else self.listed().where(Need.id < behind)
        found = db.session.execute(seen(wanted.add_columns(total).order_by(Need.id.desc()).limit(PAGE + 1))).all()
        return rows(found), found[0][-1] if found else 0

    def latest(self, most: int) -> list[Row]:
        """The newest few."""
        return rows(db.session.execute(seen(self.listed().order_by(Need.id.desc()).limit(most))).all())


def rows(found) -> list[Row]:
    """What was selected, with the compound and the community by name; one query."""
    names = known([place for *_facts, place in (row[:6] for row in found)]) if found else {}
    return [
        Row(id, matter, category, state, clock.local(said_at).date(), where(place, names))
        for id, matter, category, state, said_at, place in (row[:6] for row in found)
    ]


def known(places: Iterable[Place]) -> dict[int, tuple[str, Kind]]:
    """Name and kind of what these places lie in, by id."""
    ids = {id for place in places for id in place.ancestor_ids}
    wanted = select(Place.id, Place.name, Place.kind).where(Place.id.in_(ids), Place.kind.in_(NAMED))
    return {id: (name, kind) for id, name, kind in db.session.execute(seen(wanted))}


def where(place: Place, names: dict[int, tuple[str, Kind]]) -> str:
    """“东方社区 31小区”; of what is wider than a community its own name."""
    line = [names[id] for id in place.ancestor_ids if id in names]
    small = [name for name, kind in line if kind in SAID]
    return " ".join(small) or (line[-1][0] if line else "")


def widened(place: Place) -> Place:
    """The place itself or the smallest around it that may be named: nobody narrows the list to a building."""
    while place.kind not in NAMED and place.parent is not None:  # which a page of the place has read already
        place = place.parent
    return place

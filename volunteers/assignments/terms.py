"""What a community sets for its buildings, and how many helpers a building wants."""

from datetime import date
from functools import cache

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Select, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.place import Kind, Place
from communities.place_names import community_of
from kernel.db import Model, db

from .reasons import NoBuilding

MOST_HELPERS = 3  # of one building
COMFORT = 2  # buildings that one person looks after without being marked as overloaded
MOST = 3  # buildings of one person where the community sets nothing else
ANSWER_DAYS = 5  # working days in which an offer is answered
OVERLAP_DAYS = 7  # in which old and new serve together
MONTHS = 12


class Terms(Noted, Model):
    """The rules of one community; without a row the defaults count."""

    __tablename__ = "assignment_terms"
    __table_args__ = (
        CheckConstraint("most BETWEEN 1 AND 20", "some_buildings"),
        CheckConstraint("months IS NULL OR months BETWEEN 1 AND 60", "some_months"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    residents_at_once: Mapped[bool] = mapped_column(default=False)
    most: Mapped[int] = mapped_column(default=MOST)
    months: Mapped[int | None]

    place: Mapped[Place] = relationship()

    @property
    def id(self) -> int:
        """The community: what the journal refers to."""
        return self.place_id

    @classmethod
    def of(cls, place: Place) -> "Terms":
        """The rules where a place lies; the defaults where nobody has set any."""
        found = db.session.scalar(of_place(), {"place": community_of(place)})
        return found or cls.usual(place)

    @classmethod
    def usual(cls, place: Place) -> "Terms":
        """The defaults, not stored."""
        return cls(place_id=community_of(place), residents_at_once=False, most=MOST, months=None)

    @classmethod
    def settle(cls, place: Place, *, residents_at_once: bool, most: int, months: int | None, by) -> "Terms":
        """Set the rules of a community; what runs already keeps its term."""
        terms = db.session.scalar(of_place(), {"place": place.id}) or cls(place=place)
        db.session.add(terms)
        terms.residents_at_once, terms.most, terms.months = residents_at_once, most, months
        terms.note("assignment_terms.settled", by, place=place.id)
        return terms

    def end_of(self, start: date) -> date | None:
        """The last day of a term that begins on this day; None where there is no end."""
        return months_after(start, self.months) if self.months else None


class Wish(Model):
    """How many helpers one building wants; without a row it is one."""

    __tablename__ = "building_wish"
    __table_args__ = (CheckConstraint(f"helpers BETWEEN 1 AND {MOST_HELPERS}", "one_to_three"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    helpers: Mapped[int] = mapped_column(default=1)

    @classmethod
    def of(cls, building: Place) -> int:
        """How many helpers are wanted."""
        return db.session.scalar(select(cls.helpers).where(cls.place_id == building.id)) or 1

    @classmethod
    def settle(cls, building: Place, helpers: int) -> None:
        """Want so many from now on; whoever serves already stays. Refuses other places (`NoBuilding`)."""
        if building.kind is not Kind.BUILDING:
            raise NoBuilding
        db.session.merge(cls(place_id=building.id, helpers=helpers))


@cache
def of_place() -> Select:
    """The statement for the rules of a `place`, built once."""
    return select(Terms).where(Terms.place_id == bindparam("place", type_=Integer))


def months_after(start: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for last in range(start.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, start.day)

"""What owners of a compound pay for: the services of its property contract (product.md rule 15, requirement 14).

Volunteers do not replace them: later packages ask what a category of work in a compound falls under.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, false, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.catalogue import Category
from communities.journal import Audience
from communities.noted import Noted
from communities.place import Kind, Place
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Moment, Title, db
from kernel.i18n import _, day, joined
from kernel.work import Refusal

from .agreements.agreement import Agreement
from .partner import Partner


class Service(Choice):
    """What property contracts name."""

    CLEANING = "cleaning", _("保洁")
    ORDER = "order", _("秩序维护")
    GREENING = "greening", _("绿化养护")
    REPAIR = "repair", _("维修养护")


class NoCompound(Refusal):
    """Only a compound has a property contract."""

    message = _("物业合同是小区的，请到小区的页面上记。")


class EndsBeforeItBegins(Refusal):
    """No day lies in it."""

    message = _("到期在开始之前了，请改成开始当天或之后的日期。")
    field = "until"


class ListedAlready(Refusal):
    """One line for one thing at a time."""

    message = _("“%(service)s”在这段时间里已经记过了，请看上面的清单；变了就先结束原来那一项，再记新的。")
    field = "service"


class EndedAlready(Refusal):
    """Once is enough."""

    message = _("这一项已经结束过了。")


class ContractService(Noted, Model):
    """One service of the contract of a compound, from a day until a day; never deleted, it ends.

    `category`: which work falls under it. `scope`: what exactly is paid for, in public words.
    """

    __tablename__ = "contract_service"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        Index("ix_contract_service_place", "place_id", "category_id"),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    service: Mapped[Service] = mapped_column(stored(Service))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    scope: Mapped[Title] = mapped_column(default="")
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    ended_on: Mapped[date | None]
    written_at: Mapped[Moment] = mapped_column(default=clock.now)

    place: Mapped[Place] = relationship()
    category: Mapped[Category] = relationship()
    partner: Mapped[Partner | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: who pays for what is for everybody to know."""
        return select(cls)

    @classmethod
    def of(cls, place: Place) -> Select:
        """The whole list of a compound, what goes on first."""
        mine = select(cls).where(cls.place_id == place.id).options(joinedload(cls.category), joinedload(cls.partner))
        return mine.order_by(cls.ended_on.is_not(None), cls.service, cls.since.desc(), cls.id)

    @classmethod
    def holds(cls):
        """As SQL: holds today."""
        today = clock.today()
        running = (cls.since <= today) & or_(cls.until.is_(None), cls.until >= today)
        return running & cls.ended_on.is_(None)

    @classmethod
    def holding(cls, place: Place) -> "list[ContractService]":
        """What holds today in the compound in which a place lies; it asks only for compounds and buildings."""
        if place.kind not in (Kind.COMPOUND, Kind.BUILDING):
            return []
        found = select(cls).where(cls.place_id.in_(place.ancestor_ids), cls.holds()).order_by(cls.service, cls.id)
        return list(db.session.scalars(found.options(joinedload(cls.category), joinedload(cls.partner))))

    @classmethod
    def covering(cls, place: Place, category_id: int) -> "ContractService | None":
        """What work of this category falls under today."""
        return next((one for one in cls.holding(place) if one.category_id == category_id), None)

    @classmethod
    def around(cls, place, category):
        """As SQL: one that holds today and under which falls work of a category at a place; two sets of columns."""
        compound = select(Place.id, Place.path).where(Place.kind == Kind.COMPOUND).subquery()
        end = func.substr(compound.c.path, 1, func.length(compound.c.path) - 1).concat("0")
        inside = (place.path >= compound.c.path) & (place.path < end)
        listed = select(cls.id).join(compound, compound.c.id == cls.place_id)
        return listed.where(cls.category_id == category, inside, cls.holds()).exists()

    @classmethod
    def enter(cls, place: Place, *, by, **facts) -> "ContractService":
        """A new line of the list. Called with the place locked.

        Refuses what is no compound, days that cross, and what is listed for these days already.
        """
        if place.kind is not Kind.COMPOUND:
            raise NoCompound
        entry = cls(place=place, **facts)
        if entry.until is not None and entry.until < entry.since:
            raise EndsBeforeItBegins
        same = (cls.place_id == place.id) & (cls.service == entry.service) & (cls.category_id == entry.category.id)
        early = cls.since <= entry.until if entry.until else ~false()
        with db.session.no_autoflush:
            if db.session.scalar(select(cls.id).where(same, cls.ended_on.is_(None), early, cls.not_over(entry.since))):
                raise ListedAlready(service=entry.service.label)
        db.session.add(entry)
        entry.note("contract.listed", by, audience=Audience.PUBLIC, place=place.id, contracted=entry.service.value)
        return entry

    @classmethod
    def not_over(cls, on: date):
        """As SQL: its last day is not before this one."""
        return or_(cls.until.is_(None), cls.until >= on)

    def end(self, *, by) -> None:
        """The contract contains it no more. Refuses the second time."""
        if self.ended_on is not None:
            raise EndedAlready
        self.ended_on = clock.today()
        self.note("contract.ended", by, audience=Audience.PUBLIC, place=self.place_id, contracted=self.service.value)

    @property
    def is_over(self) -> bool:
        """Whether it ended or ran out."""
        return self.ended_on is not None or (self.until is not None and self.until < clock.today())

    @property
    def words(self) -> str:
        """保洁、幸福物业、到 2027年12月31日."""
        until = str(_("到 %(day)s", day=day(self.until, year=True))) if self.until else ""
        return joined(filter(None, (str(self.service.label), self.partner.name if self.partner else "", until)))

    def __str__(self):
        return str(self.service.label)

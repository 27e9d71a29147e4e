"""The routing table: what category goes to whom in which area, and within how many working days."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.catalogue import Category
from communities.noted import Noted
from communities.place import Kind, Place
from kernel import clock
from kernel.db import Id, Model, db, seen
from kernel.i18n import _
from kernel.work import Refusal
from partners.partner import Partner

LIVING = text("until IS NULL")
AREAS = {Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.GRID, Kind.DEDICATED_GRID, Kind.COMPOUND}
MOST_DAYS = 60


class TooSmall(Refusal):
    """A table for each building would be kept by nobody."""

    message = _("转办表定到小区、院落为止，请选楼栋所在的小区。")
    field = "place"


class NotVerified(Refusal):
    """What needs are routed to is a partner that was verified."""

    message = _("“%(partner)s”现在不是核实过的合伙人，不能写进转办表。")
    field = "partner_id"


class WrongDays(Refusal):
    """At least a day, at most a quarter."""

    message = _("期限请填 1 到 %(most)s 个工作日。")
    field = "days"


class GoneAlready(Refusal):
    """Two colleagues had the same table open."""

    message = _("这一行已经改过或去掉了，请刷新后再看。")


class Route(Noted, Model):
    """One line: here, this category goes to this partner; the nearest place upwards counts, and a category before its
    heading. Lines are not deleted, they end."""

    __tablename__ = "need_route"
    __table_args__ = (
        Index(
            "uq_need_route_living",
            "place_id",
            "category_id",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    days: Mapped[int]
    since: Mapped[date] = mapped_column(default=clock.today)
    until: Mapped[date | None]

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    category: Mapped[Category] = relationship(lazy="joined", innerjoin=True)
    partner: Mapped[Partner] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everybody may know who is responsible for what."""
        return select(cls)

    @classmethod
    def above(cls, place: Place) -> Select:
        """The living lines of this place and of those it lies in, whose partner is active, the nearest first."""
        here = cls.place_id.in_(place.ancestor_ids)
        rows = select(cls).join(cls.place).join(cls.partner).where(here, cls.until.is_(None), Partner.active())
        return seen(rows.order_by(Place.path.desc(), cls.id).options(joinedload(cls.place)))

    @classmethod
    def table(cls, place: Place) -> dict[int, "Route"]:
        """What applies here, by category: the nearest place counts."""
        found: dict[int, Route] = {}
        for line in db.session.scalars(cls.above(place)):
            found.setdefault(line.category_id, line)
        return found

    @classmethod
    def of(cls, place: Place, category: Category | None) -> "Route | None":
        """Whom this category goes to here: by the nearest place, there by the category itself before its heading."""
        if category is None:
            return None
        wanted = [category.id, *([category.parent_id] if category.parent_id else [])]
        lines = list(db.session.scalars(cls.above(place).where(cls.category_id.in_(wanted))))
        order = sorted(lines, key=lambda line: (-len(line.place.path), wanted.index(line.category_id)))
        return order[0] if order else None

    @classmethod
    def set_up(cls, place: Place, category: Category, partner: Partner, days: int, *, by) -> "Route":
        """From now on this category goes there; the line that stood for it here ends.

        Refuses a building (`TooSmall`), a partner that is not active, and days that are none (`WrongDays`).
        """
        if place.kind not in AREAS:
            raise TooSmall
        if not partner.is_active:
            raise NotVerified(partner=partner.name)
        if not 1 <= days <= MOST_DAYS:
            raise WrongDays(most=MOST_DAYS)
        old = select(cls).where(cls.place_id == place.id, cls.category_id == category.id, cls.until.is_(None))
        for line in db.session.scalars(old):
            line.until = clock.today()
        db.session.flush()
        route = cls(place=place, category=category, partner=partner, days=days)
        db.session.add(route)
        db.session.flush()
        route.note("need_route.set", by, place=place.id, category=category.id, partner=partner.id, days=days)
        return route

    def end(self, *, by) -> None:
        """It does not hold any more; what a wider place says counts again. Refuses a second time (`GoneAlready`)."""
        if self.until is not None:
            raise GoneAlready
        self.until = clock.today()
        self.note("need_route.ended", by, place=self.place_id, category=self.category_id, partner=self.partner_id)

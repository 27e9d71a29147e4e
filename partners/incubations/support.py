"""Support: what a community, an office above it or a partner gave to a firm that it raises."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.office import Office, office_label
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, Note, Title
from kernel.i18n import _

from ..partner import Partner

if TYPE_CHECKING:
    from .incubation import Incubation


class Help(Choice):
    """What kind of support."""

    MENTORING = "mentoring", _("导师辅导")
    DESK = "desk", _("工位")
    INTRODUCTION = "introduction", _("引荐")
    POLICY = "policy", _("政策")
    OTHER = "other", _("其他支持")


class Unit(Choice):
    """In what it is counted."""

    HOUR = "hour", _("小时")
    TIME = "time", _("次")
    MONTH = "month", _("个月")
    PIECE = "piece", _("项")
    PERSON = "person", _("人次")


USUAL = {Help.MENTORING: Unit.HOUR, Help.DESK: Unit.MONTH, Help.INTRODUCTION: Unit.TIME, Help.POLICY: Unit.PIECE}
OFFICES = {
    PlaceKind.DISTRICT: Office.DISTRICT_OFFICE,
    PlaceKind.SUBDISTRICT: Office.SUBDISTRICT_OFFICE,
    PlaceKind.COMMUNITY: Office.COMMITTEE,
}


class Support(Model):
    """One entry of the ledger; what is wrong is struck, with a reason, and stays."""

    __tablename__ = "incubation_support"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(partner_id IS NULL) <> (place_id IS NULL)", name="one_giver"),
    )

    id: Mapped[Id]
    incubation_id: Mapped[int] = mapped_column(ForeignKey("incubation.id"), index=True)
    help: Mapped[Help] = mapped_column(stored(Help))
    day: Mapped[date]
    what: Mapped[Title]
    quantity: Mapped[int]
    unit: Mapped[Unit] = mapped_column(stored(Unit))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    noted_at: Mapped[Moment] = mapped_column(default=clock.now)
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[Note] = mapped_column(default="")

    incubation: Mapped["Incubation"] = relationship(back_populates="supports")
    partner: Mapped[Partner | None] = relationship()
    place: Mapped[Place | None] = relationship()

    @property
    def giver(self) -> str:
        """Who gave it: a partner by its name, a place by its office."""
        if self.partner is not None:
            return self.partner.name
        return office_label(OFFICES[self.place.kind], self.place) if self.place else ""

    @property
    def amount(self):
        """How much: “3 次”."""
        return _("%(n)s %(unit)s", n=self.quantity, unit=self.unit.label)
